"""Answers from this process, with the service's own parts.

`LocalBackend` has those methods of `nisba.Client` that the commands call, with the same meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

import nisba
from nisba_service.cli import present
from nisba_service.errors import EntityNotFound
from nisba_service.gazetteer.load import load
from nisba_service.gazetteer.location import parse_location
from nisba_service.gazetteer.model import Gazetteer
from nisba_service.linking.linker import Linker, NameLinker
from nisba_service.linking.parts import Parts
from nisba_service.names.types import EntityType
from nisba_service.server import limits, validate
from nisba_service.tagging.model import Document


class LocalBackend:
    """The service's own parts in this process, each loaded when it is first needed."""

    def __init__(self, gazetteer: str, models: Path) -> None:
        self._location = gazetteer
        self._models = models

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return load(parse_location(self._location))

    @cached_property
    def _parts(self) -> Parts:
        return Parts.of(self._gazetteer)

    @cached_property
    def _names(self) -> NameLinker:
        return NameLinker(self._parts)

    @cached_property
    def _linker(self) -> Linker:
        # Only this needs the tagger and torch, which take seconds.
        from nisba_service.server.engine import load_linker  # noqa: PLC0415

        return load_linker(self._parts, self._models)

    def link(
        self, document: nisba.Document, *, max_candidates: int | None = None
    ) -> nisba.LinkedDocument:
        """Return the document's links. Raises InvalidInput."""
        checked = Document(
            text=validate.text(document.text, "text"),
            id=validate.optional_text(document.id, "id", limits.CALLER_ID),
            language=validate.language(document.language, "language"),
            date=validate.date(document.date, "date"),
        )
        return present.linked_document(self._linker.link(checked), _shown(max_candidates))

    def resolve(
        self,
        names: Sequence[str],
        *,
        type: nisba.EntityType | None = None,
        max_candidates: int | None = None,
    ) -> list[nisba.ResolvedName]:
        """Return the decision for each name. Raises InvalidInput."""
        shown = _shown(max_candidates)
        asked = None if type is None else EntityType(type)
        for index, name in enumerate(names):
            validate.text(name, f"names[{index}].name", limits.NAME)
        return [
            present.resolved_name(
                name, self._names.resolve(name, asked), self._names.provenance, shown
            )
            for name in names
        ]

    def get_entities(self, ids: Iterable[str]) -> list[nisba.Entity]:
        """Return entities, all or none. Raises EntityNotFound."""
        wanted = [validate.entity_id(id, f"ids[{index}]") for index, id in enumerate(ids)]
        found = [self._gazetteer.find(id) for id in wanted]
        missing = tuple(id for id, entity in zip(wanted, found, strict=True) if entity is None)
        if missing:
            raise EntityNotFound("ids", missing)
        made_by = self._names.provenance
        return [present.entity(entity, made_by) for entity in found if entity is not None]


def _shown(max_candidates: int | None) -> int:
    """Return how many candidates to show: the contract's 0 is the default, the SDK's 0 is none."""
    wanted = 0 if max_candidates is None else max_candidates or -1
    return validate.max_candidates(wanted, "max_candidates")
