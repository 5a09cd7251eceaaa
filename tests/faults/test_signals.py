"""SIGTERM, SIGINT and a second signal, sent to a real process with calls in flight."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import grpc
import pytest
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_health.v1.health_pb2_grpc import HealthStub

from nisba.v1 import linking_service_pb2 as pb
from nisba.v1.linking_service_pb2_grpc import LinkingServiceStub
from nisba_service.server.health import ALIVE
from tests.support.process import ServerProcess, started
from tests.support.serving import rich_error
from tests.support.stand_in_server import HELD

SERVER = ("-m", "tests.support.stand_in_server")
ENGLISH = f"{HELD} Leaders of Hamas met in Gaza."
ARABIC = f"{HELD} التقى قادة حماس في غزة."


@dataclass(frozen=True, slots=True)
class Running:
    server: ServerProcess
    channel: grpc.aio.Channel

    def link(self, text: str) -> grpc.aio.UnaryUnaryCall[pb.LinkTextRequest, pb.LinkTextResponse]:
        request = pb.LinkTextRequest(document=pb.Document(text=text))
        return LinkingServiceStub(self.channel).LinkText(request)

    def send(self, number: signal.Signals) -> None:
        self.server.process.send_signal(number)


@asynccontextmanager
async def running(**settings: str) -> AsyncIterator[Running]:
    async with started(SERVER, **{"drain_delay": "0", "grace": "20"} | settings) as server:
        address = (await server.logged("serving"))["address"]
        async with grpc.aio.insecure_channel(address) as channel:
            yield Running(server, channel)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("text", [ENGLISH, ARABIC])
async def test_a_call_in_flight_is_answered_and_the_exit_code_is_0(
    number: signal.Signals, text: str
) -> None:
    async with running() as it:
        call = asyncio.ensure_future(it.link(text))
        await it.server.begun()
        it.send(number)
        await it.server.logged("draining")
        it.server.let_go()
        response = await call
        assert [m.entity_id for m in response.document.mentions] == ["org:hamas", "loc:gaza"]
        assert await it.server.exit_code() == 0
        assert [entry["code"] for entry in it.server.log if entry["event"] == "call"] == ["OK"]


async def test_while_it_drains_it_says_not_serving_is_alive_and_still_answers() -> None:
    async with running(drain_delay="30") as it:
        watch = HealthStub(it.channel).Watch(HealthCheckRequest())
        assert (await watch.read()).status == HealthCheckResponse.SERVING
        it.send(signal.SIGTERM)
        assert (await watch.read()).status == HealthCheckResponse.NOT_SERVING
        alive = await HealthStub(it.channel).Check(HealthCheckRequest(service=ALIVE))
        assert alive.status == HealthCheckResponse.SERVING
        assert (await it.link("قادة حماس")).document.mentions
        it.send(signal.SIGTERM)
        assert await it.server.exit_code() == 128 + signal.SIGTERM


async def test_a_person_at_a_terminal_does_not_wait_for_balancers() -> None:
    async with running(drain_delay="300") as it:
        it.send(signal.SIGINT)
        assert await it.server.exit_code() == 0
        [draining] = [entry for entry in it.server.log if entry["event"] == "draining"]
        assert draining["seconds"] == 0


@pytest.mark.parametrize("second", [signal.SIGTERM, signal.SIGINT])
async def test_a_second_signal_ends_it_at_once_whatever_is_in_flight(
    second: signal.Signals,
) -> None:
    async with running() as it:
        call = asyncio.ensure_future(it.link(ARABIC))
        await it.server.begun()
        it.send(signal.SIGTERM)
        await it.server.logged("draining")
        it.send(second)
        assert await it.server.exit_code() == 128 + second
        with pytest.raises(grpc.aio.AioRpcError) as failed:
            await call
        assert failed.value.code() is grpc.StatusCode.UNAVAILABLE


async def test_grace_ends_what_does_not_end_by_itself() -> None:
    async with running(grace="0.2") as it:
        call = asyncio.ensure_future(it.link(ENGLISH))
        await it.server.begun()
        it.send(signal.SIGTERM)
        assert await it.server.exit_code() == 0
        with pytest.raises(grpc.aio.AioRpcError) as failed:
            await call
        assert failed.value.code() in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED)


async def test_a_stream_is_told_to_go_elsewhere_once_what_was_read_is_answered() -> None:
    async with running() as it:
        call = LinkingServiceStub(it.channel).StreamLinkTexts()
        document = pb.Document(text=ARABIC)
        await call.write(pb.StreamLinkTextsRequest(key="مقال", document=document))
        await it.server.begun()
        it.send(signal.SIGTERM)
        await it.server.logged("draining")
        it.server.let_go()
        answer = await call.read()
        assert isinstance(answer, pb.StreamLinkTextsResponse)
        assert answer.key == "مقال"
        assert len(answer.result.document.mentions) == 2
        with pytest.raises(grpc.aio.AioRpcError) as failed:
            await call.read()
        error = rich_error(failed.value)
        assert (error.code, error.reason) == (grpc.StatusCode.UNAVAILABLE, "SHUTTING_DOWN")
        assert await it.server.exit_code() == 0


async def test_a_watcher_of_health_does_not_hold_up_the_end() -> None:
    async with running(grace="600") as it:
        watch = HealthStub(it.channel).Watch(HealthCheckRequest())
        await watch.read()
        it.send(signal.SIGTERM)
        assert await it.server.exit_code() == 0
