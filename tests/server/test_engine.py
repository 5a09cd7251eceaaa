"""The real engine: bundled models and seed gazetteer, warmed up and served."""

from __future__ import annotations

import grpc
import pytest

from nisba.v1 import linking_service_pb2 as pb
from nisba.v1.linking_service_pb2_grpc import LinkingServiceStub
from nisba_service.server.app import Server
from nisba_service.server.engine import Engine
from nisba_service.settings import load_settings


@pytest.mark.parametrize(
    "texts",
    [
        (
            "Saleh al-Arouri met leaders of Hamas in Beirut.",
            "التقى صالح العاروري قادة حماس في بيروت.",
        )
    ],
)
async def test_a_text_in_each_language_is_linked_to_the_same_entities(
    seed_engine: Engine, texts: tuple[str, str]
) -> None:
    server = Server(load_settings(address="127.0.0.1:0"), seed_engine)
    address = await server.start()
    async with grpc.aio.insecure_channel(address) as channel:
        stub = LinkingServiceStub(channel)
        request = pb.BatchLinkTextsRequest(documents=[pb.Document(text=text) for text in texts])
        response = await stub.BatchLinkTexts(request)
    await server.stop()
    english, arabic = (
        {m.entity_id for m in result.document.mentions} for result in response.results
    )
    assert english == arabic
    assert {"per:saleh-al-arouri", "org:hamas"} <= english
    assert response.provenance.model_version
