"""Who names whom: the entities that a record refers to, and what is wrong if they are none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nisba_service.errors import Problem
from nisba_service.gazetteer.schema import Record, RedirectRecord
from nisba_service.gazetteer.source import Location, Place, SourceRecord, field_path


@dataclass(frozen=True, slots=True)
class Reference:
    """An entity that a record names, and where."""

    entity_id: str
    location: Location
    target: str
    place: Place

    def dangling(self) -> Problem:
        """Return the problem that no entity has the target's ID."""
        return self._problem(f'no entity has the ID "{self.target}"')

    def merged(self, into: str) -> Problem:
        """Return the problem that the target is no entity any more."""
        return self._problem(f'"{self.target}" was merged: write "{into}"')

    def _problem(self, message: str) -> Problem:
        subject = f"{self.entity_id}: {field_path(self.location)}"
        return Problem(self.place.path, self.place.line, f"{subject}: {message}")


def references_of(record: Record | RedirectRecord, source: SourceRecord) -> Iterator[Reference]:
    """Yield the references of a record that was read from `source`."""
    if isinstance(record, RedirectRecord):
        yield _reference(record.id, ("merged_into",), record.merged_into, source)
        return
    for index, relation in enumerate(record.relations or ()):
        yield _reference(record.id, ("relations", index, "target"), relation.target, source)


def _reference(entity_id: str, location: Location, target: str, source: SourceRecord) -> Reference:
    place = Place(source.place.path, source.line_of(location))
    return Reference(entity_id, location, target, place)
