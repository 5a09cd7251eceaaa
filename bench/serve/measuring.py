"""What is measured, server by server, and how long each part takes."""

from __future__ import annotations

import asyncio
import json
import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import grpc

from bench.gazetteer.synthetic import Maker
from bench.serve import texts
from bench.serve.faults import Damage, Vandal
from bench.serve.load import Caller, Tally
from bench.serve.processes import Serving, serving
from nisba_service.gazetteer.files import read_records
from nisba_service.gazetteer.source import SourceRecord
from nisba_service.settings import bundled

CALLERS = 8
DEADLINE = 3.0
"""Of the calls in overload, in seconds."""

_SERVER = ("nisba_service.cli", "serve")


@dataclass(frozen=True, slots=True)
class Plan:
    """How long each part takes, in seconds, and how much of it there is."""

    pace: float
    latency: float
    overload: float
    soak: float
    faults: int
    workers: int
    entities: int


@dataclass(frozen=True, slots=True)
class Pace:
    """What the callers got of a server, one call after another, and its memory in MiB."""

    server: str
    tally: Tally
    mib: float


@dataclass(frozen=True, slots=True)
class AtRate:
    """What became of so many calls a second."""

    load: str
    rate: float
    tally: Tally


@dataclass(frozen=True, slots=True)
class Aftermath:
    """A server before the faults and after them: its descriptors, its workers, its answers."""

    files: tuple[int, int]
    workers: int
    last: Tally


@dataclass(frozen=True, slots=True)
class Loaded:
    """A server with workers: at the callers' pace, at fixed rates, its MiB around the soak."""

    pace: Pace
    low: AtRate
    over: AtRate
    soak: AtRate
    mib: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Measured:
    """All of it. `articles` are calls with one article, alone, by server."""

    peer: Pace
    single: Pace
    loaded: Loaded
    million: Pace | None
    articles: tuple[tuple[str, Tally], ...]
    damage: Damage
    aftermath: Aftermath


async def measured(plan: Plan) -> Measured:
    """Run everything, one server after another."""
    with serving("bench.serve.peer", str(bundled("models")), _seeds()) as server:
        peer = await _pace("peer", server, plan.pace)
        peer_article = await _alone(server, plan.latency)
    with serving(*_SERVER, workers="0") as server:
        single = await _pace("nisba, 0 workers", server, plan.pace)
        article = await _alone(server, plan.latency)
    loaded = await _loaded(plan)
    damage, aftermath = await _vandalised(plan)
    million = await _million(plan) if plan.entities else None
    articles = (("peer", peer_article), ("nisba", article))
    return Measured(peer, single, loaded, million, articles, damage, aftermath)


async def _loaded(plan: Plan) -> Loaded:
    with serving(*_SERVER, workers=str(plan.workers)) as server:
        pace = await _pace(f"nisba, {plan.workers} workers", server, plan.pace)
        rate = pace.tally.per_second
        low = await _open("0.3 of the pace", server, 0.3 * rate, plan.latency)
        told = f"3 times, deadline {DEADLINE:.0f} s"
        over = await _open(told, server, 3 * rate, plan.overload, DEADLINE)
        before = server.mib()
        soak = await _open("0.7, soak", server, 0.7 * rate, plan.soak)
        return Loaded(pace, low, over, soak, (before, server.mib()))


def _seeds() -> str:
    return str(bundled("seeds", "gazetteer"))


async def _pace(name: str, server: Serving, seconds: float) -> Pace:
    tally = await _closed(server, seconds, texts.mixed(1))
    return Pace(name, tally, server.mib())


async def _closed(server: Serving, seconds: float, load: Iterator[str]) -> Tally:
    async with grpc.aio.insecure_channel(server.address) as channel:
        caller = Caller(channel, load)
        await caller.closed(CALLERS, seconds)  # what is kept of names is as it will be
        return await caller.closed(CALLERS, seconds)


async def _alone(server: Serving, seconds: float) -> Tally:
    """Return one call after another, of articles in turn English and Arabic."""
    both = zip(texts.articles("en", 2), texts.articles("ar", 2), strict=True)
    async with grpc.aio.insecure_channel(server.address) as channel:
        return await Caller(channel, (t for pair in both for t in pair)).closed(1, seconds)


async def _open(
    name: str, server: Serving, rate: float, seconds: float, deadline: float | None = None
) -> AtRate:
    async with grpc.aio.insecure_channel(server.address) as channel:
        # No load is the one before: of its names, too many would be known.
        caller = Caller(channel, texts.mixed(round(100 * rate)))
        return AtRate(name, rate, await caller.open(rate, seconds, deadline))


async def _million(plan: Plan) -> Pace:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gazetteer.jsonl"
        made = Maker(random.Random(7)).entities(plan.entities)
        with path.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in (*_seed_lines(), *made))
        with serving(*_SERVER, workers=str(plan.workers), gazetteer=str(path)) as server:
            return await _pace("the same, 1 M names", server, plan.pace)


def _seed_lines() -> Iterator[str]:
    for source in read_records(bundled("seeds", "gazetteer")):
        if isinstance(source, SourceRecord):
            yield json.dumps(source.content, ensure_ascii=False, default=str)


async def _vandalised(plan: Plan) -> tuple[Damage, Aftermath]:
    with serving(*_SERVER, workers=str(plan.workers)) as server:
        vandal = Vandal(server, seed=5)
        files = server.open_files()
        damage = await vandal.run(plan.faults)
        await asyncio.sleep(10)  # a worker killed last is replaced
        last = await _closed(server, 3, texts.mixed(4))
        return damage, Aftermath((files, server.open_files()), len(server.workers), last)
