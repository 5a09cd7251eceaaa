"""The new names that this server has met: for curators, who may want to add them.

Memory is bounded: at most so many groups, and of each so many spellings. When there are too many,
what was met least often, and of those what was met longest ago, is forgotten. Nothing of a text is
kept but the names in it, and nothing is written anywhere.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from nisba_service.gazetteer.model import Entity
from nisba_service.linking.model import LinkedDocument, Outcome
from nisba_service.linking.new_names import new_name_key
from nisba_service.names.types import EntityType
from nisba_service.server import limits

_FORGOTTEN_SHARE: Final = 0.1
"""Of the groups that are forgotten together, so that it is not sought at every new name."""

_KEPT_SPELLINGS: Final = 2 * limits.SPELLINGS
"""Of a group: more than are shown, so that one that becomes frequent is noticed."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class NewName:
    """Spellings that share a key, and how often they were met."""

    key: str
    type: EntityType
    first_seen: datetime
    last_seen: datetime
    mentions: int = 0
    documents: int = 0
    spellings: Counter[str] = field(default_factory=Counter)

    @property
    def rank(self) -> tuple[int, str]:
        """What orders names: the most often met first, equal ones by key."""
        return -self.mentions, self.key

    def note(self, spelling: str, type: EntityType, now: datetime) -> None:
        """Take in one mention."""
        self.mentions += 1
        self.type = type
        self.last_seen = now
        if spelling not in self.spellings and len(self.spellings) >= _KEPT_SPELLINGS:
            rarest, _ = min(self.spellings.items(), key=lambda item: item[1])
            del self.spellings[rarest]
        self.spellings[spelling] += 1


class NewNames:
    """Counts new names. The event loop alone uses it.

    Args:
        capacity: most groups that are kept; 0: none.
        clock: tells the time.
    """

    def __init__(self, capacity: int, clock: Callable[[], datetime] = _now) -> None:
        self._capacity = capacity
        self._clock = clock
        self._groups: dict[str, NewName] = {}

    def __len__(self) -> int:
        return len(self._groups)

    def note(self, document: LinkedDocument) -> None:
        """Take in the new names of a document that was linked."""
        if not self._capacity:
            return
        now = self._clock()
        seen: set[str] = set()
        for link in document.links:
            if link.decision.outcome is Outcome.NIL and link.new_name_key:
                group = self._group(link.new_name_key, link.type, now)
                group.note(link.mention.name, link.type, now)
                seen.add(link.new_name_key)
        for key in seen & self._groups.keys():
            self._groups[key].documents += 1

    def forget(self, entities: Iterable[Entity]) -> None:
        """Drop the names that the gazetteer has now."""
        if not self._groups:
            return
        for entity in entities:
            for name in entity.names:
                for type in (entity.type, None):
                    self._groups.pop(new_name_key(name.name, type), None)

    def page(
        self, type: EntityType | None, after: tuple[int, str] | None, size: int
    ) -> list[NewName]:
        """Return at most `size` names after the one of this rank, most often met first."""
        chosen = (
            group
            for group in self._groups.values()
            if type in (None, group.type) and (after is None or group.rank > after)
        )
        return heapq.nsmallest(size, chosen, key=lambda group: group.rank)

    def _group(self, key: str, type: EntityType, now: datetime) -> NewName:
        if key not in self._groups:
            if len(self._groups) >= self._capacity:
                self._make_room()
            self._groups[key] = NewName(key, type, now, now)
        return self._groups[key]

    def _make_room(self) -> None:
        count = max(1, int(self._capacity * _FORGOTTEN_SHARE))
        rarest = heapq.nsmallest(
            count, self._groups.values(), key=lambda group: (group.mentions, group.last_seen)
        )
        for group in rarest:
            del self._groups[group.key]
