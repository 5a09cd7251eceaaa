"""The immutable name index: a spelling in, the entities that may bear it out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nisba_service.gazetteer.model import Entity, Name
from nisba_service.names.types import EntityType


@dataclass(frozen=True, slots=True)
class NameMatch:
    """An entity whose best agreeing name is `name`, with the probability that both are one name."""

    entity_id: str
    name: Name
    probability: float


class NameIndex:
    """Retrieves cheaply, scores few. Immutable: threads may share it."""

    @classmethod
    def build(cls, entities: Iterable[Entity]) -> NameIndex:
        """Index every name of every entity."""
        raise NotImplementedError

    def match(
        self, name: str, *, type: EntityType | None = None, limit: int = 10
    ) -> tuple[NameMatch, ...]:
        """Return at most `limit` entities, one match each, best first."""
        raise NotImplementedError
