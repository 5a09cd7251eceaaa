"""A server is ready when it has linked a text in each language, and not before."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence

import grpc
import pytest
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_health.v1.health_pb2_grpc import HealthStub

from nisba_service.names.types import Language
from nisba_service.server.app import Server
from nisba_service.server.health import SERVICES
from nisba_service.settings import load_settings
from nisba_service.tagging.model import TaggedSpan
from tests.support.engine import StandInTagger, engine


def free_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


async def test_until_it_is_warm_every_service_is_not_serving() -> None:
    tagger = StandInTagger()
    tagger.gate.clear()
    address = free_address()
    server = Server(load_settings(address=address), engine(tagger))
    starting = asyncio.create_task(server.start())
    async with grpc.aio.insecure_channel(address) as channel:
        health = HealthStub(channel)
        for service in SERVICES:
            request = HealthCheckRequest(service=service)
            response = await health.Check(request, wait_for_ready=True)
            assert response.status == HealthCheckResponse.NOT_SERVING
        tagger.gate.set()
        await starting
        response = await health.Check(HealthCheckRequest())
        assert response.status == HealthCheckResponse.SERVING
    await server.stop()


async def test_both_languages_are_warmed_up() -> None:
    seen: set[Language] = set()

    class Noting(StandInTagger):
        def tag(self, texts: Sequence[str], language: Language) -> list[list[TaggedSpan]]:
            seen.add(language)
            return super().tag(texts, language)

    server = Server(load_settings(address="127.0.0.1:0"), engine(Noting()))
    await server.start()
    await server.stop()
    assert seen == {Language.EN, Language.AR}


@pytest.mark.parametrize("broken", list(Language))
async def test_a_server_that_cannot_link_a_language_does_not_start(broken: Language) -> None:
    class Broken(StandInTagger):
        def tag(self, texts: Sequence[str], language: Language) -> list[list[TaggedSpan]]:
            if language is broken:
                raise RuntimeError("no weights")
            return super().tag(texts, language)

    server = Server(load_settings(address="127.0.0.1:0"), engine(Broken()))
    with pytest.raises(RuntimeError, match="no weights"):
        await server.start()
    await server.stop()
