"""One engine serves, and whoever waits for the next is told."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from nisba_service.server.engine import Engine
from nisba_service.server.live import Live
from tests.support.engine import StandInTagger, engine


def at(revision: int) -> Engine:
    return Engine.of(replace(engine().gazetteer, revision=revision), StandInTagger())


async def test_a_call_keeps_the_engine_that_it_took() -> None:
    live = Live(at(1))
    taken = live.current
    await live.replace(at(2))
    assert (taken.revision, live.current.revision) == (1, 2)


async def test_who_waits_for_a_revision_is_told_of_it_or_of_a_later_one() -> None:
    live = Live(at(1))
    waiting = [asyncio.create_task(live.reach(number)) for number in (2, 3, 9)]
    await live.replace(at(2))
    await asyncio.wait_for(waiting[0], 5)
    await live.replace(at(5))
    await asyncio.wait_for(waiting[1], 5)
    assert not waiting[2].done()
    await live.close()
    await asyncio.wait_for(waiting[2], 5)


async def test_what_is_served_is_not_waited_for() -> None:
    live = Live(at(3))
    await asyncio.wait_for(live.reach(2), 5)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(live.reach(4), 0.01)
