"""Places and buckets of many clients, by a clock that the test sets."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest

from nisba.v1 import linking_service_pb2 as pb
from nisba_service.server.errors import ClientLimitExceeded
from nisba_service.server.quotas import clients as counted
from nisba_service.server.quotas.client import Client, Share
from nisba_service.server.quotas.clients import Clients

TEXT = pb.LinkTextRequest(document=pb.Document(text="التقى قادة حماس في غزة. " * 33))  # about 1 000


class Clock:
    """A clock that stands still."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def limited(calls: int = 0, code_points: int = 0) -> tuple[Clients, Clock]:
    clock = Clock()
    return Clients(Share(calls, code_points, burst=10), clock), clock


async def send(clients: Clients, name: str) -> None:
    async with clients.place(name, patient=False) as client:
        client.charge(TEXT)


async def test_without_a_limit_nobody_is_counted() -> None:
    clients, _ = limited()
    async with AsyncExitStack() as calls:
        for _ in range(100):
            client = await calls.enter_async_context(clients.place("a", patient=False))
            client.charge(TEXT)
            await client.charge_patiently(TEXT)
        assert len(clients) == 0


async def test_a_call_beyond_the_places_is_refused_and_another_clients_is_not() -> None:
    clients, clock = limited(calls=2)
    async with AsyncExitStack() as calls:
        for _ in range(2):
            await calls.enter_async_context(clients.place("greedy", patient=False))
        with pytest.raises(ClientLimitExceeded, match="2 calls at once") as refused:
            await calls.enter_async_context(clients.place("greedy", patient=False))
        assert refused.value.retry_after == 0.5
        await calls.enter_async_context(clients.place("polite", patient=False))
        clock.now = 6
    async with AsyncExitStack() as calls:
        for _ in range(2):
            await calls.enter_async_context(clients.place("greedy", patient=False))


async def test_the_wait_for_a_place_follows_how_long_calls_take() -> None:
    client = Client(Share(calls=1, code_points=0, burst=10), Clock())
    for _ in range(50):
        client.enter()
        client.leave(seconds=4.0)
    client.enter()
    with pytest.raises(ClientLimitExceeded) as refused:
        client.enter()
    assert refused.value.retry_after == pytest.approx(4.0, rel=0.01)


async def test_streams_wait_for_a_place_in_turn_and_no_more_of_them_than_may_run() -> None:
    clients, _ = limited(calls=2)
    begun: list[int] = []
    ends = [asyncio.Event() for _ in range(4)]

    async def stream(number: int) -> None:
        async with clients.place("ingest", patient=True):
            begun.append(number)
            await ends[number].wait()

    running = [asyncio.create_task(stream(number)) for number in range(4)]
    await asyncio.sleep(0)
    assert begun == [0, 1]
    with pytest.raises(ClientLimitExceeded):
        await stream(4)
    ends[1].set()
    await running[1]
    await asyncio.sleep(0)
    assert begun == [0, 1, 2]
    running[3].cancel()
    ends[0].set()
    ends[2].set()
    await asyncio.gather(*running, return_exceptions=True)
    assert begun == [0, 1, 2]
    assert len(clients) == 0


async def test_a_stream_that_is_cancelled_as_its_turn_comes_gives_its_place_back() -> None:
    clients, _ = limited(calls=1)
    first = clients.place("ingest", patient=True)
    await first.__aenter__()
    second = asyncio.create_task(clients.place("ingest", patient=True).__aenter__())
    await asyncio.sleep(0)
    await first.__aexit__(None, None, None)
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)
    async with clients.place("ingest", patient=False):
        assert len(clients) == 1


async def test_text_beyond_the_bucket_is_refused_until_it_fits() -> None:
    clients, clock = limited(code_points=100)
    await send(clients, "greedy")
    with pytest.raises(ClientLimitExceeded, match="100 code points a second") as refused:
        await send(clients, "greedy")
    assert 9 < refused.value.retry_after < 10
    await send(clients, "polite")
    clock.now = refused.value.retry_after - 0.1
    with pytest.raises(ClientLimitExceeded):
        await send(clients, "greedy")
    clock.now = refused.value.retry_after
    await send(clients, "greedy")


async def test_a_message_of_a_stream_that_nobody_waits_for_costs_nothing() -> None:
    client = Client(Share(calls=0, code_points=1_000_000, burst=1), Clock())
    await client.charge_patiently(pb.LinkTextRequest(document=pb.Document(text="غ" * 999_000)))
    waiting = asyncio.create_task(client.charge_patiently(TEXT))
    late = asyncio.create_task(
        client.charge_patiently(pb.LinkTextRequest(document=pb.Document(text="a" * 90_000_000)))
    )
    await asyncio.sleep(0)
    assert not late.done()
    late.cancel()
    await asyncio.gather(late, return_exceptions=True)
    await waiting
    with pytest.raises(ClientLimitExceeded) as refused:
        client.charge(TEXT)
    assert refused.value.retry_after < 1


async def test_a_client_is_forgotten_once_its_bucket_is_full_again() -> None:
    clients, clock = limited(code_points=1_000)
    await send(clients, "192.0.2.1")
    await send(clients, "192.0.2.2")
    assert len(clients) == 2
    clock.now = 10
    await send(clients, "192.0.2.3")
    assert len(clients) == 1


async def test_made_up_addresses_fill_no_memory_and_free_nobody_who_has_a_call(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(counted, "REMEMBERED", 50)
    clients, _ = limited(calls=1, code_points=1_000)
    async with clients.place("greedy", patient=False) as client:
        client.charge(TEXT)
        for number in range(500):
            await send(clients, f"192.0.2.{number}")
        assert len(clients) == 51
        with pytest.raises(ClientLimitExceeded):
            await send(clients, "greedy")
