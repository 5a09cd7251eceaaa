"""The gazetteer in order of ID, by type: what listing and counting need, made once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nisba_service.gazetteer.model import Entity, Gazetteer
from nisba_service.names.types import EntityType


@dataclass(frozen=True, slots=True)
class Page:
    """Entities in order of ID, the ID of the last, and whether more follow it."""

    entities: list[Entity]
    last_id: str
    more: bool


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Entity IDs in order: of every type under the type, and of all under None."""

    gazetteer: Gazetteer
    ids: Mapping[EntityType | None, tuple[str, ...]]
    name_count: int

    @classmethod
    def of(cls, gazetteer: Gazetteer) -> Catalogue:
        """Make the catalogue of a gazetteer."""
        ids: defaultdict[EntityType | None, list[str]] = defaultdict(list)
        for entity_id in sorted(gazetteer.entities):
            ids[None].append(entity_id)
            ids[gazetteer.entities[entity_id].type].append(entity_id)
        return cls(gazetteer, {key: tuple(of) for key, of in ids.items()}, gazetteer.name_count)

    def updated(
        self, gazetteer: Gazetteer, removed: Sequence[Entity], added: Sequence[Entity]
    ) -> Catalogue:
        """Return the catalogue of a later gazetteer, equal to one made anew.

        Args:
            gazetteer: the later gazetteer.
            removed: the entities that are gone or were edited, as they were.
            added: those that are new or were edited, as they are now.
        """
        before = {(entity.id, entity.type) for entity in removed}
        after = {(entity.id, entity.type) for entity in added}
        ids = dict(self.ids)
        for entity_id, type in before - after:
            for key in (None, type):
                ids[key] = _without(ids[key], entity_id)
        for entity_id, type in after - before:
            for key in (None, type):
                ids[key] = _with(ids.get(key, ()), entity_id)
        more = sum(len(entity.names) for entity in added)
        fewer = sum(len(entity.names) for entity in removed)
        kept = {key: of for key, of in ids.items() if of}
        return Catalogue(gazetteer, kept, self.name_count + more - fewer)

    def count(self, type: EntityType | None = None) -> int:
        """Return the number of entities of a type, or of all."""
        return len(self.ids.get(type, ()))

    def page(self, type: EntityType | None, after: str, size: int) -> Page:
        """Return at most `size` (at least 1) entities after the ID `after`; "": from the first."""
        ids = self.ids.get(type, ())
        start = bisect_right(ids, after)
        chosen = ids[start : start + size]
        return Page(
            entities=[self.gazetteer.entities[entity_id] for entity_id in chosen],
            last_id=chosen[-1] if chosen else after,
            more=start + size < len(ids),
        )


def _with(ids: tuple[str, ...], entity_id: str) -> tuple[str, ...]:
    place = bisect_left(ids, entity_id)
    return (*ids[:place], entity_id, *ids[place:])


def _without(ids: tuple[str, ...], entity_id: str) -> tuple[str, ...]:
    place = bisect_left(ids, entity_id)
    return ids[:place] + ids[place + 1 :]
