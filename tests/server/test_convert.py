"""Between the contract and the domain: nothing is lost, nothing is invented."""

from __future__ import annotations

import pytest

from nisba.v1 import entity_pb2, linking_service_pb2
from nisba_service.linking.model import (
    Candidate,
    Decision,
    Feature,
    Link,
    LinkedDocument,
    Outcome,
    Provenance,
)
from nisba_service.names.types import EntityType, Language
from nisba_service.server import convert, convert_requests
from nisba_service.tagging.model import Mention, Source

MADE_BY = Provenance("g1", "m1", "p1")


def candidate(entity_id: str) -> Candidate:
    feature = Feature("name", 0.97, 1.0)
    return Candidate(entity_id, "صالح", EntityType.PERSON, 0.9, "العاروري", (feature,))


def link(
    type: EntityType | None = EntityType.PERSON,
    outcome: Outcome = Outcome.LINKED,
    source: Source = Source.BOTH,
    antecedent: int | None = None,
) -> Link:
    mention = Mention(1, 9, "العاروري", "العاروري", "و", type, Language.AR, source)
    entity_id = "per:a" if outcome is Outcome.LINKED else ""
    decision = Decision(outcome, entity_id, 0.93, (candidate("per:a"), candidate("per:b")))
    return Link(mention, decision, antecedent)


def converted(link: Link, max_candidates: int = 5) -> linking_service_pb2.Mention:
    document = LinkedDocument("مقال", "ar", (link,), MADE_BY)
    response = convert.link_text_response(document, max_candidates)
    assert (response.document.id, response.document.language) == ("مقال", "ar")
    [mention] = response.document.mentions
    return mention


def test_a_mention_keeps_every_field() -> None:
    mention = converted(link())
    assert (mention.start, mention.end, mention.text) == (1, 9, "العاروري")
    assert (mention.name, mention.prefix) == ("العاروري", "و")
    assert (mention.entity_id, mention.confidence) == ("per:a", 0.93)
    first = mention.candidates[0]
    assert (first.entity_id, first.name, first.score) == ("per:a", "صالح", 0.9)
    assert first.matched_name == "العاروري"
    assert [(f.name, f.value) for f in first.features] == [("name", 0.97)]


@pytest.mark.parametrize("type", list(EntityType))
def test_every_type_is_the_contracts_type_of_the_same_name(type: EntityType) -> None:
    number = converted(link(type, Outcome.NIL)).type
    assert entity_pb2.EntityType.Name(number) == f"ENTITY_TYPE_{type.name}"
    assert convert_requests.read_type(number, "type") is type


def test_a_mention_of_no_one_type_takes_that_of_its_best_candidate() -> None:
    assert converted(link(type=None)).type == entity_pb2.ENTITY_TYPE_PERSON


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_its_name(outcome: Outcome) -> None:
    number = converted(link(outcome=outcome)).outcome
    assert linking_service_pb2.Outcome.Name(number) == f"OUTCOME_{outcome.name}"


@pytest.mark.parametrize("source", list(Source))
def test_every_source_has_its_name(source: Source) -> None:
    number = converted(link(source=source)).source
    assert linking_service_pb2.MentionSource.Name(number) == f"MENTION_SOURCE_{source.name}"


def test_the_first_mention_as_antecedent_is_not_no_antecedent() -> None:
    assert converted(link(antecedent=0)).HasField("antecedent")
    assert not converted(link(antecedent=None)).HasField("antecedent")


@pytest.mark.parametrize(("asked", "given"), [(0, []), (1, ["per:a"]), (5, ["per:a", "per:b"])])
def test_the_best_candidates_come_first_and_no_more_than_asked_for(
    asked: int, given: list[str]
) -> None:
    assert [c.entity_id for c in converted(link(), asked).candidates] == given


def test_what_was_resolved_without_a_tagger_names_no_tagging_model() -> None:
    made_by = convert.resolve_names_response([], 5, MADE_BY).provenance
    assert (made_by.gazetteer_version, made_by.model_version) == ("g1", "")
    assert made_by.policy_version == "p1"
