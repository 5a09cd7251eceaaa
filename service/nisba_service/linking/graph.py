"""Who is related to whom in the gazetteer, and to the entities of one document."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from copy import copy
from functools import cached_property
from typing import Protocol

from nisba_service.gazetteer.model import Entity, Gazetteer

# Two members of one movement share a neighbour without being joined themselves: half a relation.
SHARED_NEIGHBOUR = 0.5


class RelationGraph:
    """The relations of a gazetteer as an undirected graph over entity IDs. Immutable."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        neighbours: dict[str, set[str]] = defaultdict(set)
        for entity in gazetteer.entities.values():
            for relation in entity.relations:
                neighbours[entity.id].add(relation.target_id)
                neighbours[relation.target_id].add(entity.id)
        self._neighbours = {id: frozenset(others) for id, others in neighbours.items()}

    def updated(
        self, gazetteer: Gazetteer, removed: Iterable[Entity], added: Iterable[Entity]
    ) -> RelationGraph:
        """Return the graph of a later gazetteer, equal to one made anew. This one stays as it is.

        Args:
            gazetteer: the later gazetteer.
            removed: the entities that are gone or were edited, as they were.
            added: those that are new or were edited, as they are now.
        """
        pairs = {(e.id, r.target_id) for e in (*removed, *added) for r in e.relations}
        neighbours: dict[str, set[str]] = {}
        for pair in pairs:
            joined = _is_related(gazetteer, *pair) or _is_related(gazetteer, *reversed(pair))
            for one, other in (pair, pair[::-1]):
                others = neighbours.setdefault(one, set(self.neighbours(one)))
                others.add(other) if joined else others.discard(other)
        graph = copy(self)
        graph._neighbours = self._neighbours | {
            id: frozenset(others) for id, others in neighbours.items()
        }
        return graph

    def neighbours(self, entity_id: str) -> frozenset[str]:
        """Return the IDs that a relation joins to this one."""
        return self._neighbours.get(entity_id, frozenset())

    def degree(self, entity_id: str) -> int:
        """Return the number of neighbours: a rough measure of how much is said of an entity."""
        return len(self.neighbours(entity_id))


def _is_related(gazetteer: Gazetteer, entity_id: str, target_id: str) -> bool:
    entity = gazetteer.entities.get(entity_id)
    return entity is not None and any(r.target_id == target_id for r in entity.relations)


class Related(Protocol):
    """What knows whom relations join."""

    def neighbours(self, entity_id: str) -> frozenset[str]:
        """Return the IDs that a relation joins to this one."""
        ...


class Surroundings:
    """How closely any entity is related to those of one document.

    Counted once for the document, so that asking about each of its names stays cheap; and only if
    somebody else is there, so that a document of one entity asks nothing.
    """

    def __init__(self, graph: Related, entity_ids: AbstractSet[str]) -> None:
        self._graph = graph
        self._present = entity_ids

    @cached_property
    def _touching(self) -> Counter[str]:
        """How many of the entities present each neighbour is joined to."""
        return Counter(n for id in self._present for n in self._graph.neighbours(id))

    def relatedness(self, entity_id: str, without: str | None = None) -> float:
        """Return the number of entities present that are joined to this one.

        Shared neighbours count half. The entity does not count for itself, nor does `without`.
        """
        if not self._present - {entity_id, without}:
            return 0.0  # nobody else is there
        own = self._graph.neighbours(entity_id)
        direct = len(own & self._present)
        shared = sum(self._touching[neighbour] for neighbour in own)
        for other in {entity_id, without or entity_id} & self._present:
            direct -= other in own
            shared -= len(own & self._graph.neighbours(other))
        return direct + SHARED_NEIGHBOUR * shared
