"""More work than fits, work nobody waits for, and callers that do not read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import grpc
import pytest
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_health.v1.health_pb2_grpc import HealthStub

from nisba.v1 import linking_service_pb2 as pb
from nisba.v1.linking_service_pb2_grpc import LinkingServiceStub
from tests.support.serving import Served, rich_error, serving

ENGLISH = "Leaders of Hamas met in Gaza. "
ARABIC = "التقى قادة حماس في غزة. "
TEXTS = pytest.mark.parametrize("text", [ENGLISH, ARABIC])


def linked(
    served: Served, text: str, timeout: float | None = None
) -> asyncio.Future[pb.LinkTextResponse]:
    request = pb.LinkTextRequest(document=pb.Document(text=text))
    return asyncio.ensure_future(served.linking.LinkText(request, timeout=timeout))


async def taken_up(served: Served, text: str) -> asyncio.Future[pb.LinkTextResponse]:
    """Send a text and return when the tagger, whose gate is shut, has taken it up."""
    served.tagger.gate.clear()
    call = linked(served, text)
    while text not in served.tagger.texts:
        await asyncio.sleep(0.005)
    return call


async def queued(served: Served, text: str) -> asyncio.Future[pb.LinkTextResponse]:
    """Send a text, again while it is refused, until it waits in the queue."""
    while True:
        call = linked(served, text)
        refused, _ = await asyncio.wait({call}, timeout=0.3)
        if not refused:
            return call
        assert isinstance(call.exception(), grpc.aio.AioRpcError)


async def serves_on(served: Served) -> None:
    served.tagger.gate.set()
    assert (await linked(served, "قادة حماس")).document.mentions


@TEXTS
async def test_a_full_queue_refuses_and_says_when_to_try_again(text: str) -> None:
    async with serving(queue_code_points=3_000) as served:
        calls = [await taken_up(served, text)]
        calls += [linked(served, text * 30) for _ in range(10)]
        done, waiting = await asyncio.wait(calls, return_when=asyncio.FIRST_COMPLETED)
        failed = done.pop().exception()
        assert isinstance(failed, grpc.aio.AioRpcError)
        error = rich_error(failed)
        assert (error.code, error.reason) == (grpc.StatusCode.RESOURCE_EXHAUSTED, "OVERLOADED")
        assert error.retry_after is not None
        trailers = dict(failed.trailing_metadata() or ())
        assert int(trailers["grpc-retry-pushback-ms"]) == round(error.retry_after * 1000)
        served.tagger.gate.set()
        outcomes = await asyncio.gather(*waiting, return_exceptions=True)
        assert any(isinstance(outcome, pb.LinkTextResponse) for outcome in outcomes)


async def test_a_refused_call_succeeds_when_its_client_retries_as_told() -> None:
    policy = """{"methodConfig": [{"name": [{}], "retryPolicy": {
        "maxAttempts": 5, "initialBackoff": "0.05s", "maxBackoff": "0.1s", "backoffMultiplier": 1,
        "retryableStatusCodes": ["RESOURCE_EXHAUSTED"]}}]}"""
    async with serving(queue_code_points=1_000) as served:
        first = await taken_up(served, ARABIC)
        waiting = await queued(served, ENGLISH * 30)
        options = [("grpc.service_config", policy)]
        async with grpc.aio.insecure_channel(served.address, options) as channel:
            call = LinkingServiceStub(channel).LinkText
            request = pb.LinkTextRequest(document=pb.Document(text=ENGLISH * 30))
            refused = asyncio.ensure_future(call(request))
            await asyncio.sleep(0.02)
            served.tagger.gate.set()
            assert (await refused).document.mentions
        await asyncio.gather(first, waiting)


@TEXTS
async def test_health_and_lookups_answer_while_texts_are_refused(text: str) -> None:
    async with serving(queue_code_points=1_000) as served:
        calls = [await taken_up(served, text)]
        calls += [linked(served, text * 30) for _ in range(5)]
        await asyncio.wait(calls, return_when=asyncio.FIRST_COMPLETED)
        response = await HealthStub(served.channel).Check(HealthCheckRequest())
        assert response.status == HealthCheckResponse.SERVING
        names = pb.ResolveNamesRequest(names=[pb.NameQuery(name="حماس")])
        assert (await served.linking.ResolveNames(names)).results[0].entity_id == "org:hamas"
        served.tagger.gate.set()
        await asyncio.gather(*calls, return_exceptions=True)


@TEXTS
async def test_a_deadline_of_one_millisecond_is_exceeded_and_harms_nobody(text: str) -> None:
    async with serving() as served:
        calls = [linked(served, text * 100, timeout=0.001) for _ in range(50)]
        outcomes = await asyncio.gather(*calls, return_exceptions=True)
        codes = {o.code() for o in outcomes if isinstance(o, grpc.aio.AioRpcError)}
        assert codes == {grpc.StatusCode.DEADLINE_EXCEEDED}
        await serves_on(served)


@TEXTS
async def test_a_cancelled_call_is_never_tagged_and_gives_its_room_back(text: str) -> None:
    async with serving(queue_code_points=1_500) as served:
        first = await taken_up(served, "حماس")
        cancelled = served.linking.LinkText(
            pb.LinkTextRequest(document=pb.Document(text="ABANDONED " + text * 30))
        )
        reached = asyncio.ensure_future(cancelled.code())
        await asyncio.sleep(0.05)
        cancelled.cancel()
        assert await reached is grpc.StatusCode.CANCELLED
        second = await queued(served, text * 30)
        served.tagger.gate.set()
        await asyncio.gather(first, second)
        assert not any("ABANDONED" in tagged for tagged in served.tagger.texts)


@TEXTS
async def test_a_deadline_that_passes_in_the_queue_is_exceeded_and_never_tagged(text: str) -> None:
    async with serving() as served:
        first = await taken_up(served, "حماس")
        with pytest.raises(grpc.aio.AioRpcError) as failed:
            await linked(served, "LATE " + text, timeout=0.05)
        assert failed.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
        await asyncio.sleep(0.05)
        await serves_on(served)
        await first
        assert not any("LATE" in tagged for tagged in served.tagger.texts)


@TEXTS
async def test_a_stream_waits_where_a_call_is_refused(text: str) -> None:
    async with serving(queue_code_points=1_000) as served:
        first = await taken_up(served, "حماس")
        stream = served.linking.StreamLinkTexts(
            pb.StreamLinkTextsRequest(key=str(i), document=pb.Document(text=text * 30))
            for i in range(20)
        )
        await asyncio.sleep(0.05)
        served.tagger.gate.set()
        answers = [answer async for answer in stream]
        assert sorted(int(answer.key) for answer in answers) == list(range(20))
        assert all(answer.result.document.mentions for answer in answers)
        await first


@TEXTS
async def test_a_caller_that_never_reads_stops_its_own_stream_and_nobody_else(text: str) -> None:
    sent = 0

    async def without_end() -> AsyncIterator[pb.StreamLinkTextsRequest]:
        nonlocal sent
        while True:
            yield pb.StreamLinkTextsRequest(key=str(sent), document=pb.Document(text=text * 500))
            sent += 1

    async with serving(stream_in_flight=4) as served:
        stream = served.linking.StreamLinkTexts(without_end())
        progress = [-1, 0]
        while progress[-1] != progress[-2] and len(progress) < 100:
            await asyncio.sleep(0.5)
            progress.append(sent)
        assert progress[-1] == progress[-2] > 0
        await serves_on(served)
        stream.cancel()
        await serves_on(served)


async def test_a_stream_that_is_cancelled_leaves_nothing_behind() -> None:
    async with serving(stream_in_flight=4) as served:
        served.tagger.gate.clear()
        stream = served.linking.StreamLinkTexts(
            pb.StreamLinkTextsRequest(document=pb.Document(text=ARABIC)) for _ in range(100)
        )
        while not served.tagger.texts:
            await asyncio.sleep(0.005)
        stream.cancel()
        await asyncio.sleep(0.05)
        served.tagger.gate.set()
        await serves_on(served)
        assert served.tagger.texts.count(ARABIC) <= 4


async def test_a_hundred_callers_that_leave_at_once_do_not_stop_the_server() -> None:
    async with serving() as served:
        first = await taken_up(served, "حماس")
        crowd = [linked(served, f"{ARABIC} {number}") for number in range(100)]
        await asyncio.sleep(0.05)
        for call in crowd:
            call.cancel()
        outcomes = await asyncio.gather(*crowd, return_exceptions=True)
        assert all(isinstance(outcome, asyncio.CancelledError) for outcome in outcomes)
        await serves_on(served)
        assert (await first).document.mentions
        # Whoever had left when the tagger came free was never tagged.
        assert not [text for text in served.tagger.texts if text.startswith(ARABIC)]
