"""What turns one revision of a gazetteer into another, for those who hold one in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nisba_service.gazetteer.model import Entity


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
