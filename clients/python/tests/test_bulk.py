"""`link_many`, `stream`, `stream_tags`: every document comes out once, whatever happens."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import grpc
import pytest

import nisba
from nisba import (
    ClientConfig,
    Document,
    ErrorReason,
    LinkedDocument,
    RetryConfig,
    TaggedDocument,
)
from nisba.testing import FakeNisba
from nisba.v1 import linking_service_pb2 as pb

Serve = Callable[..., str]
Connect = Callable[..., Any]
Requests = Iterator[pb.StreamLinkTextsRequest]
Responses = Iterator[pb.StreamLinkTextsResponse]

RETRY = RetryConfig(initial_backoff=0.01, max_backoff=0.02)
QUICK = ClientConfig(retry=RETRY)
BOUNDS = {"link_many": "concurrency", "stream": "max_in_flight", "stream_tags": "max_in_flight"}
EACH = pytest.mark.parametrize("method", BOUNDS)


def _documents(count: int) -> list[Document]:
    texts = ("Hamas spoke.", "تحدثت حماس.")
    return [Document(texts[i % 2], id=f"d{i}") for i in range(count)]


def _found(document: Document, answer: LinkedDocument | TaggedDocument) -> tuple[str, ...]:
    spans = answer.spans if isinstance(answer, TaggedDocument) else answer.mentions
    return tuple(document.text[span.start : span.end] for span in spans)


def _answered(request: pb.StreamLinkTextsRequest) -> pb.StreamLinkTextsResponse:
    document = pb.LinkedDocument(id=request.document.id)
    return pb.StreamLinkTextsResponse(key=request.key, result=pb.LinkResult(document=document))


class TestEach:
    @EACH
    def test_every_document_comes_out_with_what_was_found_in_it(
        self, client: Any, method: str
    ) -> None:
        documents = _documents(50)
        answers = dict(getattr(client, method)(documents))
        assert answers.keys() == set(documents)
        assert {a.id for a in answers.values()} == {d.id for d in documents}
        found = {_found(d, a) for d, a in answers.items()}
        assert found == {("Hamas",), ("حماس",)}

    @EACH
    def test_equal_texts_come_out_as_often_as_they_went_in(self, client: Any, method: str) -> None:
        answers = list(getattr(client, method)(["حماس", "حماس", "حماس"]))
        assert len(answers) == 3
        assert {document for document, _ in answers} == {Document("حماس")}

    @EACH
    def test_a_bad_document_comes_out_with_its_error(self, client: Any, method: str) -> None:
        texts = ["Hamas", "", "bad \ud83d", "ع" * 5_000_000, "حماس"]
        errors = {d.text: o for d, o in getattr(client, method)(texts)}
        assert _found(Document("Hamas"), errors["Hamas"]) == ("Hamas",)
        assert errors[""].reason == ErrorReason.FIELD_REQUIRED
        assert errors["bad \ud83d"].reason == ErrorReason.MALFORMED_REQUEST
        assert errors["ع" * 5_000_000].reason == ErrorReason.MESSAGE_TOO_LARGE
        assert _found(Document("حماس"), errors["حماس"]) == ("حماس",)

    @EACH
    def test_nothing_in_nothing_out(self, client: Any, fake: FakeNisba, method: str) -> None:
        assert list(getattr(client, method)([])) == []
        assert fake.calls == ()

    @EACH
    def test_documents_are_read_only_as_fast_as_answers_are_taken(
        self, client: Any, method: str
    ) -> None:
        read = []

        def source() -> Iterator[Document]:
            for document in _documents(100):
                read.append(document)
                yield document

        answers = getattr(client, method)(source(), **{BOUNDS[method]: 4})
        for taken in range(1, 21):
            next(answers)
            assert len(read) < taken + 4
        answers.close()

    @EACH
    def test_the_documents_are_read_in_the_callers_thread(self, client: Any, method: str) -> None:
        threads = set()

        def source() -> Iterator[str]:
            threads.add(threading.current_thread())
            yield "Hamas"

        list(getattr(client, method)(source()))
        assert threads == {threading.current_thread()}

    @EACH
    def test_an_error_of_the_source_is_the_callers_own(self, client: Any, method: str) -> None:
        def source() -> Iterator[str]:
            yield "Hamas"
            raise OSError("the disk is gone")

        with pytest.raises(OSError, match="the disk is gone"):
            list(getattr(client, method)(source()))

    @EACH
    def test_leaving_early_leaves_no_thread(self, fake: FakeNisba, method: str) -> None:
        before = set(threading.enumerate())
        with nisba.Client(fake.target) as client:
            left, forgotten = (
                getattr(client, method)(_documents(9), **{BOUNDS[method]: 2}) for _ in "ab"
            )
            next(left)
            next(forgotten)
            left.close()
        begun = [t for t in set(threading.enumerate()) - before if "fake-nisba" not in t.name]
        for thread in begun:
            thread.join(30)
        assert [t.name for t in begun if t.is_alive()] == []
        forgotten.close()

    @EACH
    def test_a_service_that_stays_away(self, connect: Connect, method: str) -> None:
        client = connect("localhost:1", config=QUICK)
        answers = list(getattr(client, method)(["Hamas", "حماس"]))
        assert [type(outcome) for _, outcome in answers] == [nisba.Unavailable] * 2

    @EACH
    def test_a_service_without_the_call(self, serve: Serve, connect: Connect, method: str) -> None:
        answers = list(getattr(connect(serve(), config=QUICK), method)(["Hamas", "حماس"]))
        assert [type(outcome) for _, outcome in answers] == [nisba.Unsupported] * 2

    @EACH
    def test_a_client_closed_on_the_way(self, client: Any, method: str) -> None:
        answers = getattr(client, method)(_documents(10), **{BOUNDS[method]: 1})
        next(answers)
        client.close()
        with pytest.raises(nisba.ClientClosed):
            list(answers)

    @EACH
    def test_a_bound_of_nothing_is_refused(self, client: Any, method: str) -> None:
        with pytest.raises(ValueError, match=f"{BOUNDS[method]} must be at least 1"):
            getattr(client, method)(["Hamas"], **{BOUNDS[method]: 0})


class TestLinkMany:
    def test_answers_come_in_order_though_the_first_is_the_slowest(
        self, serve: Serve, connect: Connect
    ) -> None:
        others = threading.Semaphore(0)

        def link(request: pb.LinkTextRequest, context: grpc.ServicerContext) -> pb.LinkTextResponse:
            if request.document.id == "d0":
                for _ in range(3):
                    others.acquire(timeout=30)
            else:
                others.release()
            return pb.LinkTextResponse(document=pb.LinkedDocument(id=request.document.id))

        documents = _documents(4)
        answers = list(connect(serve(LinkText=link)).link_many(documents, concurrency=4))
        assert [outcome.id for _, outcome in answers] == ["d0", "d1", "d2", "d3"]

    def test_no_more_calls_are_open_than_asked_for(self, serve: Serve, connect: Connect) -> None:
        lock, open_now, most = threading.Lock(), 0, 0
        together = threading.Barrier(3)

        def link(request: pb.LinkTextRequest, context: grpc.ServicerContext) -> pb.LinkTextResponse:
            nonlocal open_now, most
            with lock:
                open_now += 1
                most = max(most, open_now)
            together.wait(30)  # only three at once get past
            with lock:
                open_now -= 1
            return pb.LinkTextResponse()

        client = connect(serve(LinkText=link))
        assert len(list(client.link_many(_documents(9), concurrency=3))) == 9
        assert most == 3

    def test_leaving_early_cancels_the_calls_under_way(
        self, serve: Serve, connect: Connect
    ) -> None:
        begun, ended, finished = threading.Event(), threading.Event(), threading.Event()
        cancelled = []

        def link(request: pb.LinkTextRequest, context: grpc.ServicerContext) -> pb.LinkTextResponse:
            if request.document.id == "d1":
                context.add_callback(ended.set)
                begun.set()
                cancelled.append(ended.wait(10))
                finished.set()
            else:
                begun.wait(30)
            return pb.LinkTextResponse()

        answers = connect(serve(LinkText=link), timeout=60).link_many(_documents(2), concurrency=2)
        next(answers)
        answers.close()
        assert finished.wait(30)
        assert cancelled == [True]

    async def test_an_asynchronous_source(self, fake: FakeNisba) -> None:
        async def source() -> Any:
            yield "Hamas"
            yield Document("حماس", id="b")

        async with nisba.AsyncClient(fake.target) as client:
            answers = [outcome async for _, outcome in client.link_many(source())]
        assert [a.id for a in answers if isinstance(a, LinkedDocument)] == ["", "b"]


class TestStream:
    def test_answers_come_in_any_order_under_their_document(
        self, serve: Serve, connect: Connect
    ) -> None:
        def stream(requests: Requests, context: grpc.ServicerContext) -> Responses:
            yield from map(_answered, reversed([next(requests) for _ in range(3)]))

        documents = _documents(3)
        answers = list(connect(serve(StreamLinkTexts=stream)).stream(documents))
        assert [document for document, _ in answers] == documents[::-1]
        assert all(document.id == outcome.id for document, outcome in answers)

    def test_a_stream_cut_in_the_middle_goes_on(self, serve: Serve, connect: Connect) -> None:
        received: list[list[str]] = []

        def stream(requests: Requests, context: grpc.ServicerContext) -> Responses:
            received.append([])
            for request in requests:
                received[-1].append(request.document.id)
                if len(received) == 1 and len(received[0]) == 4:
                    context.abort(grpc.StatusCode.UNAVAILABLE, "restarting")
                yield _answered(request)

        documents = _documents(10)
        client = connect(serve(StreamLinkTexts=stream), config=QUICK)
        answers = dict(client.stream(documents, max_in_flight=4))
        assert {d.id: o.id for d, o in answers.items()} == {d.id: d.id for d in documents}
        assert len(received) == 2
        assert "d3" in received[1]  # what was cut off is sent again
        assert "d0" not in received[1]  # what was answered is not

    def test_a_stream_of_tags_cut_in_the_middle_goes_on(
        self, serve: Serve, connect: Connect
    ) -> None:
        received: list[list[str]] = []

        def stream(
            requests: Iterator[pb.StreamTagTextsRequest], context: grpc.ServicerContext
        ) -> Iterator[pb.StreamTagTextsResponse]:
            received.append([])
            for request in requests:
                received[-1].append(request.document.id)
                if len(received) == 1 and len(received[0]) == 4:
                    context.abort(grpc.StatusCode.UNAVAILABLE, "restarting")
                document = pb.TaggedDocument(id=request.document.id)
                result = pb.TagResult(document=document)
                yield pb.StreamTagTextsResponse(key=request.key, result=result)

        documents = _documents(10)
        client = connect(serve(StreamTagTexts=stream), config=QUICK)
        answers = dict(client.stream_tags(documents, max_in_flight=4))
        assert {d.id: o.id for d, o in answers.items()} == {d.id: d.id for d in documents}
        assert len(received) == 2
        assert "d3" in received[1]
        assert "d0" not in received[1]

    def test_a_stream_that_ends_too_early_goes_on(self, serve: Serve, connect: Connect) -> None:
        def stream(requests: Requests, context: grpc.ServicerContext) -> Responses:
            yield _answered(next(requests))

        client = connect(serve(StreamLinkTexts=stream), config=QUICK)
        answers = list(client.stream(_documents(5)))
        assert [outcome.id for _, outcome in answers] == ["d0", "d1", "d2", "d3", "d4"]

    def test_an_answer_that_comes_twice_counts_once(self, serve: Serve, connect: Connect) -> None:
        def stream(requests: Requests, context: grpc.ServicerContext) -> Responses:
            for request in requests:
                yield _answered(request)
                yield _answered(request)

        answers = list(connect(serve(StreamLinkTexts=stream)).stream(_documents(5)))
        assert len(answers) == 5

    def test_it_is_renewed_so_that_the_load_can_move(self, serve: Serve, connect: Connect) -> None:
        lengths: list[int] = []

        def stream(requests: Requests, context: grpc.ServicerContext) -> Responses:
            lengths.append(0)
            for request in requests:
                lengths[-1] += 1
                yield _answered(request)

        config = ClientConfig(documents_per_stream=10)
        client = connect(serve(StreamLinkTexts=stream), config=config)
        assert len(list(client.stream(_documents(25), max_in_flight=4))) == 25
        assert lengths == [10, 10, 5]

    def test_the_service_sees_a_stream_end_not_break(self, serve: Serve, connect: Connect) -> None:
        ended = []

        def stream(requests: Requests, context: grpc.ServicerContext) -> Responses:
            for request in requests:
                yield _answered(request)
            ended.append(True)

        list(connect(serve(StreamLinkTexts=stream)).stream(_documents(3)))
        assert ended == [True]

    def test_no_more_is_in_flight_than_asked_for(self, serve: Serve, connect: Connect) -> None:
        most = 0

        def stream(requests: Requests, context: grpc.ServicerContext) -> Responses:
            nonlocal most
            while held := [r for r in (next(requests, None) for _ in range(3)) if r is not None]:
                most = max(most, len(held))
                yield from map(_answered, held)

        client = connect(serve(StreamLinkTexts=stream))
        assert len(list(client.stream(_documents(9), max_in_flight=3))) == 9
        assert most == 3

    def test_a_silent_service_costs_its_documents_not_the_rest(
        self, serve: Serve, connect: Connect
    ) -> None:
        def stream(requests: Requests, context: grpc.ServicerContext) -> Responses:
            for request in requests:
                if request.document.id != "d0":
                    yield _answered(request)

        client = connect(serve(StreamLinkTexts=stream), timeout=0.2)
        answers = list(client.stream(_documents(3), max_in_flight=1))
        assert [type(outcome) for _, outcome in answers] == [
            nisba.DeadlineExceeded,
            LinkedDocument,
            LinkedDocument,
        ]

    def test_a_document_that_breaks_every_stream_is_given_up_alone(
        self, serve: Serve, connect: Connect
    ) -> None:
        attempts = 0

        def stream(requests: Requests, context: grpc.ServicerContext) -> Responses:
            nonlocal attempts
            for request in requests:
                if request.document.id == "d1":
                    attempts += 1
                    context.abort(grpc.StatusCode.UNAVAILABLE, "out of memory")
                yield _answered(request)

        client = connect(serve(StreamLinkTexts=stream), config=QUICK)
        answers = {d.id: type(o) for d, o in client.stream(_documents(3), max_in_flight=1)}
        assert answers == {"d0": LinkedDocument, "d1": nisba.Unavailable, "d2": LinkedDocument}
        assert attempts == RETRY.max_attempts

    def test_what_will_not_pass_is_not_repeated(self, connect: Connect, fake: FakeNisba) -> None:
        fake.fail(nisba.Unauthenticated("the token has expired"), times=1)
        client = connect(fake.target)
        answers = list(client.stream(["حماس", "Hamas"], max_in_flight=1))
        assert [type(o) for _, o in answers] == [nisba.Unauthenticated, LinkedDocument]

    def test_a_cancelled_stream_goes_on(self, connect: Connect, fake: FakeNisba) -> None:
        fake.fail(nisba.Cancelled("the proxy was restarted"), times=1)
        client = connect(fake.target, config=QUICK)
        answers = list(client.stream(["حماس", "Hamas"], max_in_flight=1))
        assert [type(o) for _, o in answers] == [LinkedDocument] * 2

    async def test_an_asynchronous_source(self, fake: FakeNisba) -> None:
        async def source() -> Any:
            yield "Hamas"
            yield Document("حماس", id="b")

        async with nisba.AsyncClient(fake.target) as client:
            answers = [outcome async for _, outcome in client.stream(source())]
        assert {a.id for a in answers if isinstance(a, LinkedDocument)} == {"", "b"}

    def test_a_service_that_restarts_on_its_port(self, connect: Connect) -> None:
        """The connection itself is lost, not only the stream."""
        first = FakeNisba()
        second: list[FakeNisba] = []

        def source() -> Iterator[str]:
            yield "one"
            first.close()
            second.append(FakeNisba(port=int(first.target.rpartition(":")[2])))
            yield "اثنان"

        retry = RetryConfig(max_attempts=5, initial_backoff=0.2, max_backoff=1.0)
        client = connect(first.target, config=ClientConfig(retry=retry))
        answers = list(client.stream(source(), max_in_flight=1))
        second[0].close()
        assert [type(outcome) for _, outcome in answers] == [LinkedDocument] * 2
