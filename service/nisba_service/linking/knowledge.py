"""What linking asks of a gazetteer: these questions and no others.

The links of a document follow from its text, its mentions and the answers. So whoever keeps the
questions of a document knows which changes of the gazetteer may change its links: those that give
one of them another answer (see `archive`). The spotter has such questions of its own: NameBook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from nisba_service.gazetteer.index import NameIndex, NameMatch
from nisba_service.gazetteer.model import Entity, Name
from nisba_service.linking.barred import is_not_name
from nisba_service.linking.card import Card
from nisba_service.linking.graph import RelationGraph
from nisba_service.linking.lexicon import PART_RELATIONS, Profile, Profiles
from nisba_service.linking.parts import Parts
from nisba_service.linking.policy import Policy
from nisba_service.linking.vocabulary import Concepts
from nisba_service.names.types import EntityType

# Names whose matches are kept: some 60 MB where all are of several candidates. An article has 25
# names, most of them in the news for days.
_KEPT_NAMES = 16_384


class Knowledge(Protocol):
    """The questions."""

    def matches(self, name: str, type: EntityType | None) -> tuple[NameMatch, ...]:
        """Return the entities whose names agree best with a name, best first.

        Entities of another type only if `type` is None; none of which the name is said not to be.
        """
        ...

    def card(self, entity_id: str) -> Card:
        """Return how an entity is shown."""
        ...

    def profile(self, entity_id: str) -> Profile:
        """Return what the gazetteer says of an entity beside its names."""
        ...

    def neighbours(self, entity_id: str) -> frozenset[str]:
        """Return the IDs that a relation joins to this one, in either direction."""
        ...

    def holders(self, entity_id: str) -> frozenset[str]:
        """Return what an entity is a part of."""
        ...

    def fame(self, entity_id: str) -> int:
        """Return how much the gazetteer says of an entity: its names and its relations."""
        ...

    def concepts(self, first: str) -> Concepts:
        """Return which countries and offices are spoken of by words that begin with this one."""
        ...


class GazetteerKnowledge:
    """The answers of one gazetteer. Immutable but for what it keeps: threads may share it."""

    def __init__(self, parts: Parts, policy: Policy) -> None:
        self._entities = parts.gazetteer.entities
        self._graph = parts.graph
        self._profiles = Profiles(self._entities, parts.vocabulary)
        self._cards: dict[str, Card] = {}
        self.concepts: Callable[[str], Concepts] = parts.vocabulary.beginning
        self.matches = _remembered(parts.index, self._entities, policy)

    def card(self, entity_id: str) -> Card:
        """Return how an entity is shown."""
        card = self._cards.get(entity_id)
        if card is None:
            card = self._cards[entity_id] = Card.of(self._entities[entity_id])
        return card

    def profile(self, entity_id: str) -> Profile:
        """Return what the gazetteer says of an entity beside its names."""
        return self._profiles.of(entity_id)

    def neighbours(self, entity_id: str) -> frozenset[str]:
        """Return the IDs that a relation joins to this one, in either direction."""
        return self._graph.neighbours(entity_id)

    def holders(self, entity_id: str) -> frozenset[str]:
        """Return what an entity is a part of."""
        return holders(self._entities[entity_id])

    def fame(self, entity_id: str) -> int:
        """Return how much the gazetteer says of an entity: its names and its relations."""
        return fame(self._entities[entity_id], self._graph)


def holders(entity: Entity) -> frozenset[str]:
    """Return what an entity is a part of."""
    return frozenset(r.target_id for r in entity.relations if r.rel in PART_RELATIONS)


def fame(entity: Entity, graph: RelationGraph) -> int:
    """Return how much the gazetteer says of an entity: its names and its relations."""
    return len(entity.names) + graph.degree(entity.id)


def _remembered(
    index: NameIndex, entities: Mapping[str, Entity], policy: Policy
) -> Callable[[str, EntityType | None], tuple[NameMatch, ...]]:
    """Return what answers `matches` and keeps the answers.

    A closure: a method kept by its own object would make a circle, which only the collector opens,
    and an engine that is replaced holds hundreds of megabytes.
    """

    @lru_cache(maxsize=_KEPT_NAMES)
    def matches(name: str, type: EntityType | None) -> tuple[NameMatch, ...]:
        found = index.match(name, type=type, limit=policy.retrieved)
        likely = (match for match in found if match.probability >= policy.retrieved_at)
        return tuple(_admitted(likely, name, type, entities))

    return matches


def _admitted(
    matches: Iterator[NameMatch],
    name: str,
    type: EntityType | None,
    entities: Mapping[str, Entity],
) -> Iterator[NameMatch]:
    for match in matches:
        entity = entities[match.entity_id]
        if type in (None, entity.type) and not is_not_name(entity, name):
            others = tuple(_others(entity, match.name))
            yield replace(match, others=others) if others else match


def _others(entity: Entity, name: Name) -> Iterator[Name]:
    """Yield an entity's names that are spelt like one of them: a second term of office."""
    return (other for other in entity.names if other.name == name.name and other != name)
