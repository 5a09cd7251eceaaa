"""Two servers behind one client: calls are shared out, and none is lost when a server goes.

The plain client has the service config of docs/deploy/balancing.md, read out of that page.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from functools import partial

import grpc
import pytest
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_health.v1.health_pb2_grpc import HealthStub

import nisba
from nisba._config import service_config
from nisba.v1 import linking_service_pb2 as pb
from nisba.v1.linking_service_pb2_grpc import LinkingServiceStub
from tests.support.load import TEXTS, Load, of_asyncio, of_plain_grpc, of_threads
from tests.support.names import name_server
from tests.support.process import ROOT
from tests.support.replicas import Replica, free_port, two_replicas
from tests.support.stand_in_server import HELD

STAND_IN = ("-m", "tests.support.stand_in_server")
PAGE = (ROOT / "docs" / "deploy" / "balancing.md").read_text(encoding="utf-8")
[DOCUMENTED] = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)

Loaded = Callable[[list[str]], AbstractAsyncContextManager[Load]]
CLIENTS: dict[str, Loaded] = {
    "threads": of_threads,
    "asyncio": of_asyncio,
    "plain gRPC": partial(of_plain_grpc, config=DOCUMENTED),
}


async def until_both_answer(replicas: tuple[Replica, Replica], calls: int = 12) -> None:
    await asyncio.gather(*(replica.answers(calls) for replica in replicas))


def nothing_is_lost(load: Load) -> None:
    assert load.wrong == []
    assert all(load.asks.values()), load.asks
    assert load.came == load.sent
    assert set(load.sent.values()) <= {1}


@pytest.mark.parametrize(
    ("client", "workers"), [("threads", "0"), ("asyncio", "1"), ("plain gRPC", "0")]
)
async def test_no_call_is_lost_while_one_is_killed_comes_back_and_the_other_drains(
    client: str, workers: str
) -> None:
    loaded = CLIENTS[client]
    async with two_replicas(workers=workers, drain_delay="1", grace="20") as replicas:
        victim, other = replicas
        async with loaded([victim.address, other.address]) as load:
            await until_both_answer(replicas)
            await victim.kill()
            await other.answers(40)
            await victim.start()
            await until_both_answer(replicas)
            other.drain()
            assert await other.gone() == 0
            await victim.answers(40)
        nothing_is_lost(load)


def test_the_documented_service_config_is_that_of_the_sdk() -> None:
    config = nisba.ClientConfig(wait_for_ready=True)
    assert json.loads(DOCUMENTED) == json.loads(service_config(config))


@pytest.fixture
async def stand_ins() -> AsyncIterator[tuple[Replica, Replica]]:
    async with two_replicas(STAND_IN, drain_delay="60") as replicas:
        yield replicas


async def until_connected(client: nisba.AsyncClient, replicas: tuple[Replica, Replica]) -> None:
    while not all(replica.calls for replica in replicas):
        await client.resolve(["Hamas", "حماس"])


async def answered(replica: Replica, *texts: str) -> int:
    """End a replica and return how many texts of these lengths it has answered."""
    await replica.kill()
    lengths = {len(text) for text in texts}
    return sum(1 for call in replica.calls if call.get("code_points") in lengths)


@pytest.mark.parametrize("text", TEXTS)
async def test_calls_of_one_client_are_shared_out_evenly(
    stand_ins: tuple[Replica, Replica], text: str
) -> None:
    one, other = stand_ins
    async with nisba.AsyncClient(f"{one.address},{other.address}") as client:
        await until_connected(client, stand_ins)
        for _ in range(40):
            await client.link(text)
    assert [await answered(replica, text) for replica in stand_ins] == [20, 20]


async def test_a_name_that_has_two_addresses_stands_for_both() -> None:
    port = free_port()
    addresses = [f"127.0.0.1:{port}", f"127.0.0.2:{port}"]
    async with (
        two_replicas(STAND_IN, addresses) as replicas,
        name_server("127.0.0.1", "127.0.0.2") as names,
        nisba.AsyncClient(f"dns://{names}/nisba.test:{port}", insecure=True) as client,
    ):
        await until_connected(client, replicas)
        for text in TEXTS * 10:
            await client.link(text)
        assert [await answered(replica, *TEXTS) for replica in replicas] == [10, 10]


@pytest.mark.parametrize("text", TEXTS)
async def test_one_that_says_not_serving_gets_no_calls_though_it_would_answer(
    stand_ins: tuple[Replica, Replica], text: str
) -> None:
    draining, serving = stand_ins
    async with nisba.AsyncClient([draining.address, serving.address]) as client:
        await until_connected(client, stand_ins)
        draining.drain()
        await until_not_serving(draining)
        before = -1
        while before < len(draining.calls):  # until the client has heard of it, too
            before = len(draining.calls)
            for _ in range(10):
                await client.resolve(["Hamas", "حماس"])
        for _ in range(40):
            await client.link(text)
    async with grpc.aio.insecure_channel(draining.address) as direct:  # it asks for no health
        message = pb.ResolveNamesRequest(names=[pb.NameQuery(name="حماس")])
        answer = await LinkingServiceStub(direct).ResolveNames(message)
        assert answer.results[0].entity_id == "org:hamas"
    assert [await answered(replica, text) for replica in stand_ins] == [0, 40]


@pytest.mark.parametrize("text", TEXTS)
async def test_a_call_waits_for_the_first_replica_where_it_is_told_to(text: str) -> None:
    replica = Replica(f"127.0.0.1:{free_port()}", STAND_IN, {})
    addresses = [replica.address, f"127.0.0.1:{free_port()}"]
    waits = nisba.ClientConfig(wait_for_ready=True)
    async with nisba.AsyncClient(addresses, timeout=60, config=waits) as patient:
        call = asyncio.ensure_future(patient.link(text))
        async with nisba.AsyncClient(addresses, timeout=60) as impatient:
            with pytest.raises(nisba.Unavailable):
                await impatient.link(text)
        assert not call.done()
        await replica.start()
        assert "loc:gaza" in (await call).entity_ids
    await replica.close()


async def until_not_serving(replica: Replica) -> None:
    async with grpc.aio.insecure_channel(replica.address) as channel:
        async for news in HealthStub(channel).Watch(HealthCheckRequest()):
            if news.status == HealthCheckResponse.NOT_SERVING:
                return


@pytest.mark.parametrize("text", TEXTS)
async def test_a_call_in_the_hands_of_a_killed_replica_is_answered_by_the_other(
    stand_ins: tuple[Replica, Replica], text: str
) -> None:
    async with nisba.AsyncClient([r.address for r in stand_ins], timeout=60) as client:
        call = asyncio.ensure_future(client.link(f"{HELD} {text}"))
        first = await whoever_begins(stand_ins)
        [second] = set(stand_ins) - {first}
        await first.kill()
        await second.server.begun()
        second.server.let_go()
        assert (await call).entity_ids >= {"loc:gaza"}


async def whoever_begins(replicas: tuple[Replica, Replica]) -> Replica:
    """Return the replica that takes up a text which is held back."""
    waits = {asyncio.ensure_future(r.server.begun()): r for r in replicas}
    done, pending = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in pending:
        wait.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    return waits[done.pop()]


@pytest.mark.parametrize("text", TEXTS)
async def test_a_plain_stream_on_a_killed_replica_fails_clearly_and_can_be_sent_again(
    stand_ins: tuple[Replica, Replica], text: str
) -> None:
    targets = ",".join(replica.address for replica in stand_ins)
    options = [("grpc.service_config", DOCUMENTED)]
    message = pb.StreamLinkTextsRequest(key="مقال", document=pb.Document(text=f"{HELD} {text}"))
    async with grpc.aio.insecure_channel(f"ipv4:{targets}", options) as channel:
        stub = LinkingServiceStub(channel)
        broken = stub.StreamLinkTexts()
        await broken.write(message)
        first = await whoever_begins(stand_ins)
        [second] = set(stand_ins) - {first}
        await first.kill()
        with pytest.raises(grpc.aio.AioRpcError) as failed:
            await broken.read()
        assert failed.value.code() is grpc.StatusCode.UNAVAILABLE
        stream = stub.StreamLinkTexts()
        await stream.write(message)
        await second.server.begun()
        second.server.let_go()
        answer = await stream.read()
        assert isinstance(answer, pb.StreamLinkTextsResponse)
        assert answer.key == "مقال"
        assert answer.result.document.mentions
