"""Services that misbehave, over a real connection: what each fault becomes, in both clients."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import grpc
import pytest
from google.rpc import error_details_pb2
from google.rpc.status_pb2 import Status
from grpc_status import rpc_status

import nisba
from nisba import ClientConfig, ErrorReason, RetryConfig
from nisba.testing import FakeNisba
from nisba.v1.entity_pb2 import Provenance
from nisba.v1.linking_service_pb2 import LinkedDocument, LinkTextRequest, LinkTextResponse, Mention

Serve = Callable[..., str]
Connect = Callable[..., Any]

QUICK = ClientConfig(retry=RetryConfig(initial_backoff=0.01, max_backoff=0.05))
ONCE = ClientConfig(retry=RetryConfig(max_attempts=1))


class Linker:
    """Handles LinkText: fails as often as told, then answers; counts the attempts."""

    def __init__(
        self, code: grpc.StatusCode, *, failures: int, pushback_ms: int | None = None
    ) -> None:
        self.attempts = 0
        self._code = code
        self._failures = failures
        self._pushback = pushback_ms

    def __call__(self, request: LinkTextRequest, context: grpc.ServicerContext) -> LinkTextResponse:
        self.attempts += 1
        if self.attempts > self._failures:
            return LinkTextResponse(document=LinkedDocument(id=request.document.id))
        if self._pushback is not None:
            context.set_trailing_metadata((("grpc-retry-pushback-ms", str(self._pushback)),))
        context.abort(self._code, "out of order")
        raise AssertionError("abort raises")


def _rich(code: int, reason: str, domain: str = "nisba") -> grpc.Status:
    status = Status(code=code, message="out of order")
    status.details.add().Pack(error_details_pb2.ErrorInfo(reason=reason, domain=domain))
    rich: grpc.Status = rpc_status.to_status(status)
    return rich


class TestRetries:
    @pytest.mark.parametrize(
        "code", [grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.RESOURCE_EXHAUSTED]
    )
    def test_two_failures_stay_hidden(
        self, serve: Serve, connect: Connect, code: grpc.StatusCode
    ) -> None:
        linker = Linker(code, failures=2)
        client = connect(serve(LinkText=linker), config=QUICK)
        assert client.link("Hamas", id="a").id == "a"
        assert linker.attempts == 3

    def test_pushback_is_waited_for(self, serve: Serve, connect: Connect) -> None:
        linker = Linker(grpc.StatusCode.RESOURCE_EXHAUSTED, failures=1, pushback_ms=20)
        client = connect(serve(LinkText=linker))
        assert client.link("حماس", id="ب").id == "ب"
        assert linker.attempts == 2

    def test_a_service_that_stays_away(self, serve: Serve, connect: Connect) -> None:
        linker = Linker(grpc.StatusCode.UNAVAILABLE, failures=99)
        client = connect(serve(LinkText=linker), config=QUICK)
        with pytest.raises(nisba.Unavailable):
            client.link("Hamas")
        assert linker.attempts == 4

    def test_retries_can_be_turned_off(self, serve: Serve, connect: Connect) -> None:
        linker = Linker(grpc.StatusCode.UNAVAILABLE, failures=1)
        client = connect(serve(LinkText=linker), config=ONCE)
        with pytest.raises(nisba.Unavailable):
            client.link("Hamas")
        assert linker.attempts == 1

    @pytest.mark.parametrize(
        ("code", "error"),
        [
            (grpc.StatusCode.INVALID_ARGUMENT, nisba.InvalidRequest),
            (grpc.StatusCode.INTERNAL, nisba.InternalError),
            (grpc.StatusCode.UNAUTHENTICATED, nisba.Unauthenticated),
            (grpc.StatusCode.PERMISSION_DENIED, nisba.Unauthenticated),
            (grpc.StatusCode.DEADLINE_EXCEEDED, nisba.DeadlineExceeded),
            (grpc.StatusCode.CANCELLED, nisba.Cancelled),
            (grpc.StatusCode.UNKNOWN, nisba.InternalError),
        ],
    )
    def test_what_will_not_pass_is_not_repeated(
        self,
        serve: Serve,
        connect: Connect,
        code: grpc.StatusCode,
        error: type[nisba.NisbaError],
    ) -> None:
        linker = Linker(code, failures=1)
        client = connect(serve(LinkText=linker), config=QUICK)
        with pytest.raises(error):
            client.link("حماس")
        assert linker.attempts == 1

    def test_a_large_batch_is_repeated_too(self, serve: Serve, connect: Connect) -> None:
        seen: list[int] = []

        def link(request: LinkTextRequest, context: grpc.ServicerContext) -> LinkTextResponse:
            seen.append(len(request.document.text))
            if len(seen) == 1:
                context.abort(grpc.StatusCode.UNAVAILABLE, "restarting")
            return LinkTextResponse()

        options = (("grpc.max_receive_message_length", 8 * 1024 * 1024),)
        client = connect(serve(LinkText=link, options=options), config=QUICK)
        client.link("ع" * 2_000_000)
        assert seen == [2_000_000, 2_000_000]


class TestErrors:
    def test_overload_says_when_to_come_back(self, connect: Connect, fake: FakeNisba) -> None:
        fake.fail(nisba.Overloaded("the queue is full", retry_after=1.5))
        with pytest.raises(nisba.Overloaded, match="the queue is full") as caught:
            connect(fake.target, config=ONCE).link("Hamas")
        assert caught.value.retry_after == 1.5
        assert caught.value.reason == ErrorReason.OVERLOADED

    def test_more_than_ones_share_is_an_overload_with_a_reason_of_its_own(
        self, connect: Connect, fake: FakeNisba
    ) -> None:
        reason = ErrorReason.CLIENT_LIMIT_EXCEEDED
        fake.fail(nisba.Overloaded("حصتك أربع", reason=reason, retry_after=0.5))
        with pytest.raises(nisba.Overloaded, match="حصتك") as caught:
            connect(fake.target, config=ONCE).link("حماس")
        assert (caught.value.reason, caught.value.retry_after) == (reason, 0.5)

    def test_an_unknown_reason_is_kept_and_judged_by_its_code(
        self, serve: Serve, connect: Connect
    ) -> None:
        def link(request: LinkTextRequest, context: grpc.ServicerContext) -> LinkTextResponse:
            context.abort_with_status(_rich(3, "TEXT_IN_RHYME"))
            raise AssertionError

        with pytest.raises(nisba.InvalidRequest) as caught:
            connect(serve(LinkText=link)).link("Hamas")
        assert caught.value.reason == "TEXT_IN_RHYME"

    def test_another_domains_reason_is_not_ours(self, serve: Serve, connect: Connect) -> None:
        def link(request: LinkTextRequest, context: grpc.ServicerContext) -> LinkTextResponse:
            context.abort_with_status(_rich(5, "OVERLOADED", domain="proxy.example"))
            raise AssertionError

        with pytest.raises(nisba.NotFound) as caught:
            connect(serve(LinkText=link)).link("Hamas")
        assert caught.value.reason == ""

    def test_damaged_details_do_not_hide_the_error(self, serve: Serve, connect: Connect) -> None:
        def link(request: LinkTextRequest, context: grpc.ServicerContext) -> LinkTextResponse:
            context.set_trailing_metadata((("grpc-status-details-bin", b"\xff\xff"),))
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, "out of order")

        with pytest.raises(nisba.InvalidRequest, match="out of order"):
            connect(serve(LinkText=link)).link("Hamas")

    def test_an_older_service_lacks_the_call(self, serve: Serve, connect: Connect) -> None:
        client = connect(serve())
        with pytest.raises(nisba.Unsupported):
            client.link("Hamas")
        with pytest.raises(nisba.Unsupported):
            client.gazetteer()

    def test_a_service_with_a_smaller_limit(self, serve: Serve, connect: Connect) -> None:
        options = (("grpc.max_receive_message_length", 1000),)
        client = connect(serve(LinkText=Linker(grpc.StatusCode.OK, failures=0), options=options))
        with pytest.raises(nisba.InvalidRequest) as caught:
            client.link("ع" * 1000)
        assert caught.value.reason == ErrorReason.MESSAGE_TOO_LARGE
        assert caught.value.limit == "1000"

    def test_an_answer_larger_than_grpcs_default_arrives(
        self, serve: Serve, connect: Connect
    ) -> None:
        mention = Mention(text="العاروري", name="x" * 1000)

        def link(request: LinkTextRequest, context: grpc.ServicerContext) -> LinkTextResponse:
            return LinkTextResponse(document=LinkedDocument(mentions=[mention] * 5000))

        assert len(connect(serve(LinkText=link)).link("x").mentions) == 5000

    def test_an_answer_larger_than_the_clients_limit(self, serve: Serve, connect: Connect) -> None:
        def link(request: LinkTextRequest, context: grpc.ServicerContext) -> LinkTextResponse:
            return LinkTextResponse(provenance=Provenance(model_version="x" * 5000))

        client = connect(serve(LinkText=link), config=ClientConfig(max_receive_bytes=1000))
        with pytest.raises(nisba.InvalidRequest) as caught:
            client.link("Hamas")
        assert caught.value.limit == "1000"

    def test_nobody_listens(self, connect: Connect) -> None:
        client = connect("localhost:1", config=QUICK)
        with pytest.raises(nisba.Unavailable):
            client.link("حماس")


class TestDeadlines:
    def test_a_service_that_hangs(self, serve: Serve, connect: Connect) -> None:
        over = threading.Event()

        def link(request: LinkTextRequest, context: grpc.ServicerContext) -> LinkTextResponse:
            context.add_callback(over.set)
            over.wait(30)
            return LinkTextResponse()

        client = connect(serve(LinkText=link), timeout=0.2)
        with pytest.raises(nisba.DeadlineExceeded):
            client.link("Hamas")
        over.wait(30)

    @pytest.mark.parametrize(("per_call", "expected"), [(None, 20), (50, 50)])
    def test_the_service_hears_the_deadline(
        self, serve: Serve, connect: Connect, per_call: float | None, expected: float
    ) -> None:
        left: list[float] = []

        def link(request: LinkTextRequest, context: grpc.ServicerContext) -> LinkTextResponse:
            left.append(context.time_remaining())
            return LinkTextResponse()

        connect(serve(LinkText=link), timeout=20).link("Hamas", timeout=per_call)
        assert 0 < left[0] <= expected
        assert left[0] > expected / 2


async def test_closing_an_async_client_ends_its_calls_with_a_clear_error(serve: Serve) -> None:
    begun, over = threading.Event(), threading.Event()

    def link(request: LinkTextRequest, context: grpc.ServicerContext) -> LinkTextResponse:
        context.add_callback(over.set)
        begun.set()
        over.wait(30)
        return LinkTextResponse()

    client = nisba.AsyncClient(serve(LinkText=link), timeout=30)
    calling = asyncio.ensure_future(client.link("Hamas"))
    await asyncio.to_thread(begun.wait, 30)
    await client.close()
    with pytest.raises(nisba.Cancelled, match="closed"):
        await calling


async def test_cancelling_a_task_cancels_its_call(serve: Serve) -> None:
    begun, over = threading.Event(), threading.Event()

    def link(request: LinkTextRequest, context: grpc.ServicerContext) -> LinkTextResponse:
        context.add_callback(over.set)
        begun.set()
        over.wait(30)
        return LinkTextResponse()

    async with nisba.AsyncClient(serve(LinkText=link), timeout=30) as client:
        calling = asyncio.ensure_future(client.link("حماس"))
        await asyncio.to_thread(begun.wait, 30)
        calling.cancel()
        with pytest.raises(asyncio.CancelledError):
            await calling
        assert await asyncio.to_thread(over.wait, 30)
