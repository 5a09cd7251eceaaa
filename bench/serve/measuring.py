"""What is measured, part by part: each starts its own servers, and a failure is that part's own."""

from __future__ import annotations

import asyncio
import json
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path

import grpc

from bench.gazetteer.synthetic import Maker
from bench.serve import texts
from bench.serve.alone import stanza_articles, tagging_ratios
from bench.serve.faults import Vandal
from bench.serve.figures import Aftermath, AtRate, Measured, Pace, Soak
from bench.serve.load import Caller, Tally
from bench.serve.plan import Plan
from bench.serve.processes import Serving, apart, serving
from nisba_service.gazetteer.files import read_records
from nisba_service.gazetteer.source import SourceRecord
from nisba_service.settings import bundled

CALLERS = 32
"""More than a server can read at once, so that it is always busy."""

DEADLINE = 3.0
"""Of the calls in overload, in seconds."""

_SERVER = ("nisba_service.cli", "serve")
# A part that has not ended this long after it should have is given up, and the next one begins.
_PATIENCE = 420.0


async def run(plan: Plan, parts: Sequence[str], note: Callable[[Measured], None]) -> Measured:
    """Run parts one after another; `note` is shown what is known after each."""
    measured = Measured()
    for name in parts:
        started = time.monotonic()
        try:
            async with asyncio.timeout(plan.overload + plan.soak + 6 * plan.pace + _PATIENCE):
                await PARTS[name](plan, measured)
        except Exception as error:
            measured.failed.append(f"{name}: {type(error).__name__}: {error}")
        print(f"{name}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
        note(measured)
    return measured


async def _peer(plan: Plan, measured: Measured) -> None:
    with serving("bench.serve.peer", str(bundled("models")), _seeds()) as server:
        measured.peer = await _pace("peer", server, plan.pace)
        measured.peer_article = await _alone(server, plan.latency)


async def _single(plan: Plan, measured: Measured) -> None:
    with serving(*_SERVER, workers="0") as server:
        measured.article = await _alone(server, plan.latency)
        measured.single = await _pace("nisba, 0 workers", server, plan.pace)


async def _loaded(plan: Plan, measured: Measured) -> None:
    with serving(*_SERVER, workers=str(plan.workers)) as server:
        measured.paced = await _pace(f"nisba, {plan.workers} workers", server, plan.pace)
        rate = measured.paced.tally.per_second
        measured.low = await _open("0.3 of the pace", server, 0.3 * rate, plan.latency)
        told = f"3 times, deadline {DEADLINE:.0f} s"
        measured.over = await _open(told, server, 3 * rate, plan.overload, DEADLINE)
        before = server.mib()
        soak = await _open("0.7, soak", server, 0.7 * rate, plan.soak)
        measured.soak = Soak(soak, (before, server.mib()))


async def _faults(plan: Plan, measured: Measured) -> None:
    with serving(*_SERVER, workers=str(plan.workers)) as server:
        files = server.open_files()
        measured.damage = await Vandal(server, seed=5).run(plan.faults)
        await asyncio.sleep(10)  # a worker killed last is replaced
        last = await _closed(server, 3, texts.mixed(4))
        after = (files, server.open_files())
        measured.aftermath = Aftermath(after, len(server.workers), last)


async def _million(plan: Plan, measured: Measured) -> None:
    if not plan.entities:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gazetteer.jsonl"
        made = Maker(random.Random(7)).entities(plan.entities)
        with path.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in (*_seed_lines(), *made))
        with serving(*_SERVER, workers=str(plan.workers), gazetteer=str(path)) as server:
            told = f"the same, {2.4 * plan.entities / 1e6:.1f} M names"
            measured.million = await _pace(told, server, plan.pace)


async def _tagging(plan: Plan, measured: Measured) -> None:
    seconds = await asyncio.to_thread(apart, stanza_articles, plan.latency)
    measured.stanza = Tally(span=plan.latency, seconds=seconds)
    measured.tagging = await asyncio.to_thread(apart, tagging_ratios)


PARTS: dict[str, Callable[[Plan, Measured], Awaitable[None]]] = {
    "peer": _peer,
    "loaded": _loaded,
    "single": _single,
    "tagging": _tagging,
    "million": _million,
    "faults": _faults,
}
"""By what they are called on the command line."""


def _seeds() -> str:
    return str(bundled("seeds", "gazetteer"))


async def _pace(name: str, server: Serving, seconds: float) -> Pace:
    tally = await _closed(server, seconds, texts.mixed(1))
    return Pace(name, tally, server.mib(), server.worker_mib())


async def _closed(server: Serving, seconds: float, load: Iterator[str]) -> Tally:
    async with grpc.aio.insecure_channel(server.address) as channel:
        caller = Caller(channel, load)
        await caller.closed(CALLERS, seconds)  # what is kept of names is as it will be
        return await caller.closed(CALLERS, seconds)


async def _alone(server: Serving, seconds: float) -> Tally:
    """Return one call after another, of articles in turn English and Arabic."""
    async with grpc.aio.insecure_channel(server.address) as channel:
        return await Caller(channel, texts.in_turn(2)).closed(1, seconds)


async def _open(
    name: str, server: Serving, rate: float, seconds: float, deadline: float | None = None
) -> AtRate:
    async with grpc.aio.insecure_channel(server.address) as channel:
        # No load is the one before: of its names, too many would be known.
        caller = Caller(channel, texts.mixed(round(100 * rate)))
        return AtRate(name, rate, await caller.open(rate, seconds, deadline))


def _seed_lines() -> Iterator[str]:
    for source in read_records(bundled("seeds", "gazetteer")):
        if isinstance(source, SourceRecord):
            yield json.dumps(source.content, ensure_ascii=False, default=str)
