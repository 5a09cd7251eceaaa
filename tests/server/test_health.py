"""Health by the standard protocol: probes, watchers, and the end."""

from __future__ import annotations

import asyncio

import grpc
import pytest
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_health.v1.health_pb2_grpc import HealthStub
from grpc_reflection.v1alpha import reflection_pb2
from grpc_reflection.v1alpha.reflection_pb2_grpc import ServerReflectionStub

from nisba.v1 import linking_service_pb2 as pb
from nisba_service.server.health import SERVICES, Health
from tests.support.serving import Served, serving

SERVING = HealthCheckResponse.SERVING
NOT_SERVING = HealthCheckResponse.NOT_SERVING


async def check(served: Served, service: str) -> int:
    response = await HealthStub(served.channel).Check(HealthCheckRequest(service=service))
    return int(response.status)


def test_the_server_and_both_services_have_a_status() -> None:
    assert SERVICES == ("", "nisba.v1.LinkingService", "nisba.v1.GazetteerService")


@pytest.mark.parametrize("service", SERVICES)
async def test_a_warmed_up_server_is_serving(service: str) -> None:
    async with serving() as served:
        assert await check(served, service) == SERVING


async def test_an_unknown_service_is_not_found() -> None:
    async with serving() as served:
        with pytest.raises(grpc.aio.AioRpcError) as failed:
            await check(served, "nisba.v1.NoService")
    assert failed.value.code() is grpc.StatusCode.NOT_FOUND


async def test_every_watcher_hears_of_the_end_though_another_has_left() -> None:
    async with serving() as served:
        stub = HealthStub(served.channel)
        left, stays = (stub.Watch(HealthCheckRequest()) for _ in range(2))
        assert (await left.read()).status == SERVING
        assert (await stays.read()).status == SERVING
        left.cancel()
        await served.server.stop()
        assert (await stays.read()).status == NOT_SERVING
        assert await stays.read() is grpc.aio.EOF


async def test_a_server_whose_texts_nobody_can_read_is_not_serving_until_somebody_can() -> None:
    health = Health()
    await health.set_able(True)
    assert not health.is_serving
    await health.set_serving(True)
    for able in (True, False, False, True):
        await health.set_able(able)
        assert health.is_serving is able


async def test_it_is_looked_again_and_again_whether_texts_can_be_read() -> None:
    health = Health()
    await health.set_serving(True)
    looking = asyncio.create_task(health.keep_looking(lambda: False))
    while health.is_serving:
        await asyncio.sleep(0.01)
    looking.cancel()
    await asyncio.gather(looking, return_exceptions=True)
    await health.set_able(True)
    assert health.is_serving


async def test_health_answers_while_the_tagger_is_busy() -> None:
    async with serving() as served:
        served.tagger.gate.clear()
        busy = served.linking.LinkText(pb.LinkTextRequest(document=pb.Document(text="حماس")))
        while not served.tagger.texts:
            assert await check(served, "") == SERVING
        served.tagger.gate.set()
        await busy


async def reflected(served: Served) -> list[str]:
    request = reflection_pb2.ServerReflectionRequest(list_services="")
    call = ServerReflectionStub(served.channel).ServerReflectionInfo(iter([request]))
    [answer] = [answer async for answer in call]
    return sorted(service.name for service in answer.list_services_response.service)


async def test_reflection_names_every_service() -> None:
    async with serving() as served:
        assert await reflected(served) == [
            "grpc.health.v1.Health",
            "grpc.reflection.v1alpha.ServerReflection",
            "nisba.v1.GazetteerService",
            "nisba.v1.LinkingService",
        ]


async def test_reflection_can_be_switched_off() -> None:
    async with serving(reflection=False) as served:
        with pytest.raises(grpc.aio.AioRpcError) as failed:
            await reflected(served)
    assert failed.value.code() is grpc.StatusCode.UNIMPLEMENTED
