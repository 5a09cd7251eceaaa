"""What becomes of each document of a shard, by what a service answers."""

from __future__ import annotations

import grpc
import pytest

import nisba
from nisba_service.archive.remote_outcomes import Answer, Outcomes
from nisba_service.errors import ArchiveError, ModelsError
from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.model import Document, TaggedSpan

DOCUMENTS = [
    Document("Nada Ferhat spoke.", "a1", Language.EN),
    Document("تحدثت ندى فرحات.", "مقال-2"),
]


@pytest.fixture
def outcomes() -> Outcomes:
    return Outcomes(DOCUMENTS, "m1")


def tagged(*spans: nisba.TaggedSpan, model: str = "m1") -> nisba.TaggedDocument:
    return nisba.TaggedDocument("", "ar", spans, nisba.Provenance(model_version=model))


def settle(outcomes: Outcomes, place: int, answer: Answer) -> nisba.NisbaError | None:
    [document] = [d for d in outcomes.missing if d.id == str(place)]
    return outcomes.settle("tagger:50051", document, answer)


def test_documents_are_sent_with_their_language_under_their_place(outcomes: Outcomes) -> None:
    english, arabic = outcomes.missing
    assert english == nisba.Document("Nada Ferhat spoke.", "0", "en")
    assert arabic == nisba.Document("تحدثت ندى فرحات.", "1")


def test_spans_stand_in_the_order_of_the_documents(outcomes: Outcomes) -> None:
    person = nisba.TaggedSpan(6, 15, nisba.EntityType.PERSON)
    settle(outcomes, 1, tagged(person))
    settle(outcomes, 0, tagged())
    assert outcomes.missing == []
    assert outcomes.in_order() == [(), (TaggedSpan(6, 15, EntityType.PERSON),)]


@pytest.mark.parametrize(
    "error",
    [
        nisba.Unavailable("restarting"),
        nisba.Overloaded("busy"),
        nisba.DeadlineExceeded("silent"),
        nisba.Cancelled("the proxy was restarted"),
        nisba.InternalError("502 from somewhere"),
    ],
)
def test_what_may_pass_leaves_a_document_to_be_asked_for_again(
    outcomes: Outcomes, error: nisba.NisbaError
) -> None:
    for _ in range(5):
        assert settle(outcomes, 0, error) is error
    assert len(outcomes.missing) == 2


def test_a_document_that_breaks_a_rule_is_given_up_at_once(outcomes: Outcomes) -> None:
    error = nisba.InvalidRequest("script", reason=nisba.ErrorReason.SCRIPT_UNSUPPORTED)
    assert settle(outcomes, 0, error) is None
    settle(outcomes, 1, tagged())
    assert outcomes.in_order() == [None, ()]


def test_a_fault_of_the_service_is_the_documents_own_when_it_comes_twice(
    outcomes: Outcomes,
) -> None:
    fault = nisba.InternalError("a fault", reason=nisba.ErrorReason.INTERNAL)
    assert settle(outcomes, 0, fault) is None
    assert settle(outcomes, 1, fault) is None
    assert len(outcomes.missing) == 2
    settle(outcomes, 0, tagged())
    settle(outcomes, 1, fault)
    assert outcomes.in_order() == [(), None]


def test_a_fault_of_a_stream_says_nothing_of_its_documents(outcomes: Outcomes) -> None:
    fault = nisba.InternalError("a fault", reason=nisba.ErrorReason.INTERNAL)
    fault.__cause__ = grpc.RpcError()
    for _ in range(5):
        assert settle(outcomes, 0, fault) is fault


def test_spans_of_other_models_end_the_run(outcomes: Outcomes) -> None:
    with pytest.raises(ModelsError, match="tagger:50051 tags with the models m2, this run with m1"):
        settle(outcomes, 0, tagged(model="m2"))


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (nisba.Unauthenticated("no valid token"), "tagger:50051 does not tag: no valid token"),
        (nisba.Unsupported("unimplemented"), "tagger:50051 cannot tag alone: it is older"),
    ],
)
def test_a_service_that_will_not_tag_ends_the_run(
    outcomes: Outcomes, error: nisba.NisbaError, told: str
) -> None:
    with pytest.raises(ArchiveError, match=told):
        settle(outcomes, 0, error)


def test_a_type_that_is_unknown_here_ends_the_run(outcomes: Outcomes) -> None:
    span = nisba.TaggedSpan(0, 4, nisba.EntityType.UNKNOWN)
    with pytest.raises(ArchiveError, match="a type of entities that is unknown here"):
        settle(outcomes, 0, tagged(span))
