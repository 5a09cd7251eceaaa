"""The store is asked off the event loop, and what hangs there holds up few."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from nisba_service.gazetteer.store.store import Store
from nisba_service.server import store_calls
from nisba_service.server.errors import Overloaded, ReadOnly
from nisba_service.server.store_calls import StoreCalls


async def test_without_a_store_there_is_nothing_to_ask() -> None:
    calls = StoreCalls(None)
    assert not calls.exists
    with pytest.raises(ReadOnly):
        await calls.read(Store.head)
    with pytest.raises(ReadOnly):
        await calls.write(Store.head)


async def test_an_edit_that_takes_long_keeps_nobody_from_reading(store: Store) -> None:
    calls, gate = StoreCalls(store), threading.Event()
    writing = asyncio.create_task(calls.write(lambda _: gate.wait()))
    assert (await calls.read(Store.head)).number == 0
    assert calls.busy
    gate.set()
    assert await writing
    calls.close()


async def test_edits_are_made_one_at_a_time_in_order(store: Store) -> None:
    calls, made = StoreCalls(store), list[int]()
    await asyncio.gather(*(calls.write(lambda _, n=n: made.append(n)) for n in range(20)))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
    assert made == list(range(20))
    calls.close()


async def test_too_many_are_asked_to_come_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_calls, "_WAITING", 3)
    calls, gate = StoreCalls(store), threading.Event()
    waiting = [asyncio.create_task(calls.write(lambda _: gate.wait())) for _ in range(3)]
    await asyncio.sleep(0)
    with pytest.raises(Overloaded):
        await calls.read(Store.head)
    gate.set()
    await asyncio.gather(*waiting)
    assert (await calls.read(Store.head)).number == 0
    calls.close()


async def test_what_is_read_in_pieces_is_closed_when_nobody_takes_more(store: Store) -> None:
    closed = threading.Event()

    def numbers(_: Store) -> Iterator[int]:
        try:
            yield from range(1_000_000)
        finally:
            closed.set()

    calls = StoreCalls(store)
    chunks = calls.read_chunks(numbers, 3)
    assert await anext(chunks) == [0, 1, 2]
    await chunks.aclose()
    assert closed.is_set()
    calls.close()


async def test_who_goes_away_while_a_piece_is_read_is_just_gone(store: Store) -> None:
    calls, begun, gate = StoreCalls(store), threading.Event(), threading.Event()

    def slow(_: Store) -> Iterator[int]:
        begun.set()
        gate.wait()
        yield 1

    async def take() -> None:
        async for _ in calls.read_chunks(slow, 1):
            pass

    taking = asyncio.create_task(take())
    await asyncio.to_thread(begun.wait)
    taking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await taking
    gate.set()
    calls.close()


async def test_few_are_read_in_pieces_at_once(store: Store) -> None:
    calls = StoreCalls(store)
    open_ones = [calls.read_chunks(lambda _: iter(range(9)), 2) for _ in range(4)]
    for chunks in open_ones[:3]:
        await anext(chunks)
    with pytest.raises(Overloaded):
        await anext(open_ones[3])
    for chunks in open_ones[:3]:
        await chunks.aclose()
    calls.close()
