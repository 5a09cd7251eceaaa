"""What turns one revision of a gazetteer into another, for those who hold one in memory."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from types import MappingProxyType
from typing import TypeVar

from nisba_service.gazetteer.model import Entity, Gazetteer

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class GazetteerChanges:
    """What turns one revision of a gazetteer into another.

    Attributes:
        changed: entities that are new or not as they were, in order of ID.
        removed: the IDs of entities that are none any more: deleted or merged.
        redirects: IDs that lead to an entity now, and did not, or to another.
        dropped_redirects: IDs that led to an entity, and do not any longer.
        version: the content hash of the later revision.
        revision: its number.
    """

    changed: tuple[Entity, ...]
    removed: tuple[str, ...]
    redirects: Mapping[str, str]
    dropped_redirects: tuple[str, ...]
    version: str
    revision: int


def updated(gazetteer: Gazetteer, changes: GazetteerChanges) -> Gazetteer:
    """Return the later revision of a gazetteer, equal to it read anew. The earlier one stays.

    What did not change is copied as a whole: 0.1 s of the processor for a million entities, 0.6 s
    where an entity is new and must stand in its place.
    """
    return Gazetteer(
        MappingProxyType(_updated_entities(gazetteer.entities, changes)),
        changes.version,
        MappingProxyType(_updated_redirects(gazetteer.redirects, changes)),
        changes.revision,
    )


def replaced(gazetteer: Gazetteer, changes: GazetteerChanges) -> list[Entity]:
    """Return the entities that changes take away or put others in the place of, as they were."""
    gone = (*changes.removed, *(entity.id for entity in changes.changed))
    known = gazetteer.entities
    return [known[entity_id] for entity_id in gone if entity_id in known]


def changes_between(before: Gazetteer, after: Gazetteer) -> GazetteerChanges:
    """Return what turns one gazetteer into another, whose entities are all looked at."""
    changed = (e for id, e in after.entities.items() if before.entities.get(id) != e)
    redirects = {
        id: target for id, target in after.redirects.items() if before.redirects.get(id) != target
    }
    return GazetteerChanges(
        changed=tuple(sorted(changed, key=attrgetter("id"))),
        removed=tuple(sorted(before.entities.keys() - after.entities.keys())),
        redirects=MappingProxyType(redirects),
        dropped_redirects=tuple(sorted(before.redirects.keys() - after.redirects.keys())),
        version=after.version,
        revision=after.revision,
    )


def _updated_entities(
    entities: Mapping[str, Entity], changes: GazetteerChanges
) -> dict[str, Entity]:
    changed = {entity.id: entity for entity in changes.changed}
    new = _copied(entities)
    new.update(changed)
    for entity_id in changes.removed:
        new.pop(entity_id, None)
    return new if changed.keys() <= entities.keys() else _in_order(new, changed)


def _in_order(entities: dict[str, Entity], changed: Iterable[str]) -> dict[str, Entity]:
    """Return the entities in order of ID; all but the changed ones are so already."""
    ids = [entity_id for entity_id in entities if entity_id not in changed]
    for entity_id in changed:
        insort(ids, entity_id)
    return dict(zip(ids, map(entities.__getitem__, ids), strict=True))


def _updated_redirects(redirects: Mapping[str, str], changes: GazetteerChanges) -> dict[str, str]:
    if not changes.redirects and not changes.dropped_redirects:
        return _copied(redirects)
    new = {**redirects, **changes.redirects}
    for entity_id in changes.dropped_redirects:
        # A preview's changes are held against the revision served, which may lack the redirect.
        new.pop(entity_id, None)
    return dict(sorted(new.items()))


def _copied(mapping: Mapping[str, T]) -> dict[str, T]:
    # The dict behind a proxy copies itself in a twentieth of the time that walking it takes.
    return mapping.copy() if isinstance(mapping, dict | MappingProxyType) else dict(mapping)
