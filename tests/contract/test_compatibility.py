"""The contract only grows: a client built from its first form works with today's server.

`first.binpb` is the descriptor set of the contract as it was published first. A change that would
break a client that was built from it fails here.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

from nisba_service.gazetteer.store.store import Store
from tests.support.records import seeded
from tests.support.serving import Served, serving

ROOT = Path(__file__).resolve().parents[2]
FIRST = Path(__file__).parent / "first.binpb"


class OldClient:
    """Knows the first contract alone: its messages are made from the old descriptors."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._channel = channel
        self._pool = descriptor_pool.DescriptorPool()
        for file in descriptor_pb2.FileDescriptorSet.FromString(FIRST.read_bytes()).file:
            self._pool.Add(file)

    def message(self, name: str, **fields: Any) -> Any:
        descriptor = self._pool.FindMessageTypeByName(f"nisba.v1.{name}")
        return message_factory.GetMessageClass(descriptor)(**fields)

    async def call(self, service: str, method: str, **fields: Any) -> Any:
        request = self.message(f"{method}Request", **fields)
        response = type(self.message(f"{method}Response"))
        call = self._channel.unary_unary(
            f"/nisba.v1.{service}/{method}",
            request_serializer=type(request).SerializeToString,
            response_deserializer=response.FromString,
        )
        return await call(request)


@pytest.fixture
async def served(tmp_path: Path, store: Store) -> AsyncIterator[Served]:
    seeded(store)
    async with serving(store) as running:
        yield running


@pytest.mark.parametrize("text", ["Saleh al-Arouri spoke in Gaza.", "تحدث صالح العاروري في غزة."])
async def test_an_old_client_links_text(served: Served, text: str) -> None:
    client = OldClient(served.channel)
    document = client.message("Document", text=text, id="d1")
    answer = await client.call("LinkingService", "LinkText", document=document)
    linked = [mention.entity_id for mention in answer.document.mentions]
    assert linked == ["per:saleh-al-arouri", "loc:gaza"]
    assert answer.provenance.gazetteer_version
    assert not hasattr(answer.provenance, "gazetteer_revision")


async def test_an_old_client_reads_the_gazetteer(served: Served) -> None:
    client = OldClient(served.channel)
    answer = await client.call("GazetteerService", "GetEntity", id="per:saleh-al-arouri")
    assert [name.name for name in answer.entity.names][:2] == ["Saleh al-Arouri", "صالح العاروري"]
    assert (await client.call("GazetteerService", "GetGazetteer")).gazetteer.entity_count == 4
    found = await client.call("GazetteerService", "SearchEntities", query="العاروري")
    assert found.results[0].entity.id == "per:saleh-al-arouri"
    page = await client.call("GazetteerService", "ListEntities", page_size=2)
    assert page.next_page_token


def test_nothing_that_was_published_is_gone(tmp_path: Path) -> None:
    generate = [sys.executable, str(ROOT / "protos" / "generate.py"), str(tmp_path)]
    subprocess.run(generate, check=True)
    buf, now = Path(sys.executable).parent / "buf", tmp_path / "protos.binpb"
    breaking = [buf, "breaking", now, "--against", FIRST, "--config", ROOT / "buf.yaml"]
    checked = subprocess.run(list(map(str, breaking)), capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout) == (0, "")
