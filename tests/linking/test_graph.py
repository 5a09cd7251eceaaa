"""Relations of the gazetteer, and how closely an entity is related to a document's others."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from nisba_service.gazetteer.model import Entity, Gazetteer, Name, Relation
from nisba_service.linking.graph import RelationGraph, Surroundings
from nisba_service.names.types import EntityType, Language


def entity(id: str, *targets: str) -> Entity:
    relations = tuple(Relation("member_of", target) for target in targets)
    names = (Name(id, Language.EN),)
    return Entity(id, EntityType.ORGANIZATION, names, relations=relations)


@pytest.fixture
def graph() -> RelationGraph:
    entities = (
        entity("org:hamas"),
        entity("org:fatah"),
        entity("per:haniyeh", "org:hamas"),
        entity("per:sinwar", "org:hamas"),
        entity("per:abbas", "org:fatah"),
    )
    return RelationGraph(Gazetteer(MappingProxyType({e.id: e for e in entities}), "test"))


def test_relations_count_in_both_directions(graph: RelationGraph) -> None:
    assert graph.neighbours("org:hamas") == {"per:haniyeh", "per:sinwar"}
    assert graph.neighbours("per:haniyeh") == {"org:hamas"}
    assert graph.degree("org:hamas") == 2
    assert graph.degree("per:nobody") == 0


def test_a_member_is_related_to_a_movement_in_the_text(graph: RelationGraph) -> None:
    around = Surroundings(graph, {"org:hamas"})
    assert around.relatedness("per:haniyeh") == 1.0
    assert around.relatedness("per:abbas") == 0.0


def test_two_members_of_one_movement_are_half_related(graph: RelationGraph) -> None:
    around = Surroundings(graph, {"per:sinwar"})
    assert around.relatedness("per:haniyeh") == 0.5
    assert around.relatedness("per:abbas") == 0.0


def test_an_entity_does_not_count_for_itself(graph: RelationGraph) -> None:
    assert Surroundings(graph, {"per:haniyeh"}).relatedness("per:haniyeh") == 0.0
    both = Surroundings(graph, {"per:haniyeh", "org:hamas"})
    assert both.relatedness("per:haniyeh") == 1.0


def test_what_a_name_itself_brought_can_be_left_out(graph: RelationGraph) -> None:
    around = Surroundings(graph, {"org:hamas", "per:sinwar"})
    assert around.relatedness("per:haniyeh") == 1.5
    assert around.relatedness("per:haniyeh", without="org:hamas") == 0.5
    assert around.relatedness("per:haniyeh", without="per:sinwar") == 1.0
