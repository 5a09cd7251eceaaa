"""Where a command gets its answers: from this process, or from a server through the SDK."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import nisba
from nisba_service.cli.options import MODELS, connected


class Backend(Protocol):
    """What the commands need of a service."""

    def link(
        self, document: nisba.Document, *, max_candidates: int | None = None
    ) -> nisba.LinkedDocument:
        """Return the document's links."""
        ...

    def resolve(
        self,
        names: Sequence[str],
        *,
        type: nisba.EntityType | None = None,
        max_candidates: int | None = None,
    ) -> Sequence[nisba.ResolvedName]:
        """Return the decision for each name."""
        ...

    def get_entities(self, ids: Iterable[str]) -> Sequence[nisba.Entity]:
        """Return entities, all or none."""
        ...


@contextmanager
def open_backend(server: str | None, gazetteer: str, models: Path = MODELS) -> Iterator[Backend]:
    """Yield the service at an address, or its parts in this process if there is none."""
    if server is None:
        # Gazetteer and linker take a third of a second to import; who asks a server needs neither.
        from nisba_service.cli.local_backend import LocalBackend  # noqa: PLC0415

        yield LocalBackend(gazetteer, models)
    else:
        with connected(server) as client:
            yield client
