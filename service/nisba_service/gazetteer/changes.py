"""What turns one revision of a gazetteer into another, for those who hold one in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from nisba_service.gazetteer.model import Entity, Gazetteer


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

    What did not change is copied as a whole, which takes milliseconds for 100 000 entities.
    """
    return Gazetteer(
        MappingProxyType(_updated_entities(gazetteer.entities, changes)),
        changes.version,
        MappingProxyType(_updated_redirects(gazetteer.redirects, changes)),
        changes.revision,
    )


def _updated_entities(
    entities: Mapping[str, Entity], changes: GazetteerChanges
) -> dict[str, Entity]:
    new = {**entities, **{entity.id: entity for entity in changes.changed}}
    for entity_id in changes.removed:
        new.pop(entity_id, None)
    if all(entity.id in entities for entity in changes.changed):
        return new
    return dict(sorted(new.items()))  # in order of ID; all but the new ones are so already


def _updated_redirects(redirects: Mapping[str, str], changes: GazetteerChanges) -> dict[str, str]:
    new = {**redirects, **changes.redirects}
    for entity_id in changes.dropped_redirects:
        del new[entity_id]
    return dict(sorted(new.items()))
