"""The two kinds of work that leave the event loop, and what runs them.

documents   linking texts: one thread, because the tagger takes one batch at a time
lookups     names and searches: threads of their own, so that a short question does not wait
            behind long texts
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Generic, TypeVar

from nisba_service.linking.linker import Linker
from nisba_service.linking.model import LinkedDocument
from nisba_service.server.batcher import Batcher, Capacity
from nisba_service.settings import Settings
from nisba_service.tagging.model import Document

T = TypeVar("T")

DOCUMENT_OVERHEAD: Final = 200
"""Code points that a document costs besides its text, so that many tiny ones fill a queue too."""

LOOKUPS: Final = Capacity(queue=10_000, batch=1, workers=2)
"""In names: ten of the largest ResolveNames may wait. Two threads let a search pass one."""


@dataclass(frozen=True, slots=True)
class Lookup(Generic[T]):
    """A question to the index about so many names (at least 1)."""

    ask: Callable[[], T]
    names: int = 1


Documents = Batcher[Document, LinkedDocument]
Lookups = Batcher[Lookup[Any], Any]


def documents(linker: Linker, settings: Settings) -> Documents:
    """Return the batcher of texts."""
    return Batcher(
        run=lambda batch: link_each(linker, batch),
        cost=lambda document: DOCUMENT_OVERHEAD + len(document.text),
        capacity=Capacity(settings.queue_code_points, settings.batch_code_points),
        name="link",
    )


def lookups() -> Lookups:
    """Return the batcher of names and searches."""
    return Batcher(
        run=lambda batch: [_outcome(lookup.ask) for lookup in batch],
        cost=lambda lookup: lookup.names,
        capacity=LOOKUPS,
        name="lookup",
    )


def link_each(linker: Linker, batch: Sequence[Document]) -> Sequence[LinkedDocument | Exception]:
    """Link a batch together, or, where one document spoils it, each alone."""
    together = _outcome(lambda: linker.link_many(batch))
    if not isinstance(together, Exception):
        return together
    if len(batch) == 1:
        return [together]
    return [_outcome(partial(linker.link, document)) for document in batch]


def _outcome(work: Callable[[], T]) -> T | Exception:
    try:
        return work()
    except Exception as error:
        return error
