"""The books of a stream, without a stream."""

from __future__ import annotations

import pytest

import nisba
from nisba import (
    ClientConfig,
    Document,
    LinkedDocument,
    RetryConfig,
    TaggedDocument,
    _requests,
    _results,
)
from nisba._ledger import Ledger, StreamOptions, Topic
from nisba.v1 import linking_service_pb2 as pb

RETRY = RetryConfig(max_attempts=3, initial_backoff=1.0, max_backoff=8.0)
OPTIONS = StreamOptions(max_in_flight=2, silence=10.0)
LINKS = Topic(
    lambda key, document: _requests.stream_link_texts(key, document, None), _results.stream_outcome
)
TAGS = Topic(_requests.stream_tag_texts, _results.stream_tags)
Books = Ledger[pb.StreamLinkTextsRequest, pb.StreamLinkTextsResponse, LinkedDocument]
ONE, TWO = Document("Hamas", id="1"), Document("حماس", id="2")
BROKEN = nisba.Unavailable("restarting")


@pytest.fixture
def ledger() -> Books:
    return Ledger(LINKS, OPTIONS, ClientConfig(retry=RETRY, documents_per_stream=3))


def _answer(request: pb.StreamLinkTextsRequest) -> pb.StreamLinkTextsResponse:
    document = pb.LinkedDocument(id=request.document.id)
    return pb.StreamLinkTextsResponse(key=request.key, result=pb.LinkResult(document=document))


def test_it_is_full_at_its_bound_and_has_room_after_an_answer(ledger: Books) -> None:
    first = ledger.admit(ONE)
    assert not ledger.full
    ledger.admit(TWO)
    assert ledger.full
    ledger.settle(_answer(first))
    assert not ledger.full


def test_an_answer_finds_its_document_by_key(ledger: Books) -> None:
    ledger.admit(ONE)
    second = ledger.admit(TWO)
    [(document, outcome)] = ledger.settle(_answer(second))
    assert document is TWO
    assert isinstance(outcome, LinkedDocument)
    assert outcome.id == "2"


def test_the_books_of_tags_are_kept_in_the_same_way() -> None:
    ledger = Ledger(TAGS, OPTIONS, ClientConfig())
    request = ledger.admit(TWO)
    document = pb.TaggedDocument(id=request.document.id, language="ar")
    answer = pb.StreamTagTextsResponse(key=request.key, result=pb.TagResult(document=document))
    assert ledger.settle(answer) == [(TWO, TaggedDocument("2", "ar", ()))]


def test_an_answer_without_a_question_is_dropped(ledger: Books) -> None:
    request = ledger.admit(ONE)
    assert len(ledger.settle(_answer(request))) == 1
    assert ledger.settle(_answer(request)) == []
    assert ledger.settle(pb.StreamLinkTextsResponse(key="of another")) == []


def test_the_same_document_twice_is_two(ledger: Books) -> None:
    assert ledger.admit(ONE).key != ledger.admit(ONE).key
    assert ledger.unanswered == 2


def test_what_cannot_be_sent_is_not_taken_in(ledger: Books) -> None:
    with pytest.raises(nisba.InvalidRequest):
        ledger.admit(Document("\ud83d"))
    assert ledger.unanswered == 0


def test_a_new_stream_gets_what_was_not_answered_in_order(ledger: Books) -> None:
    first, second = ledger.admit(ONE), ledger.admit(TWO)
    assert ledger.renew() == [first, second]
    ledger.settle(_answer(first))
    assert ledger.renew() == [second]


def test_a_stream_is_spent_after_its_share(ledger: Books) -> None:
    for _ in range(3):
        assert not ledger.spent
        ledger.settle(_answer(ledger.admit(ONE)))
    assert ledger.spent
    ledger.renew()
    assert not ledger.spent


def test_waits_grow_until_it_gives_up(ledger: Books) -> None:
    assert [ledger.retry_delay(BROKEN) for _ in range(3)] == [1.0, 2.0, None]


def test_an_answer_in_between_is_progress(ledger: Books) -> None:
    request = ledger.admit(ONE)
    ledger.retry_delay(BROKEN)
    ledger.retry_delay(BROKEN)
    ledger.settle(_answer(request))
    assert ledger.retry_delay(BROKEN) == 1.0


@pytest.mark.parametrize(("asked", "waited"), [(None, 1.0), (0.25, 0.25), (10.0, 10.0), (11, None)])
def test_a_service_that_says_how_long_is_obeyed_within_reason(
    ledger: Books, asked: float | None, waited: float | None
) -> None:
    assert ledger.retry_delay(nisba.Overloaded("busy", retry_after=asked)) == waited


@pytest.mark.parametrize(
    "error", [nisba.InternalError("oops"), nisba.DeadlineExceeded("silent"), nisba.Unsupported("")]
)
def test_what_will_not_pass_is_not_waited_for(ledger: Books, error: nisba.NisbaError) -> None:
    assert ledger.retry_delay(error) is None


def test_what_is_given_up_has_the_error_and_the_next_starts_anew(ledger: Books) -> None:
    ledger.admit(ONE)
    ledger.admit(TWO)
    while ledger.retry_delay(BROKEN) is not None:
        pass
    assert ledger.abandon(BROKEN) == [(ONE, BROKEN), (TWO, BROKEN)]
    assert ledger.unanswered == 0
    assert ledger.retry_delay(BROKEN) == 1.0
