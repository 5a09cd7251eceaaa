"""`python -m bench.serve`: load, overload and faults; writes bench/results/serve.md.

Every figure is of one run on one machine, callers included. `--quick` shortens all of it, and
leaves the gazetteer of a million names out; `--soak` says for how many minutes memory is watched.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import grpc

from bench.gazetteer.synthetic import Maker
from bench.serve import texts
from bench.serve.faults import Damage, Vandal
from bench.serve.load import Caller, Tally, quantile
from bench.serve.processes import Serving, serving
from nisba_service.gazetteer.files import read_records
from nisba_service.gazetteer.source import SourceRecord
from nisba_service.settings import bundled

_RESULTS = Path(__file__).resolve().parents[1] / "results" / "serve.md"
_SERVER = ("nisba_service.cli", "serve")
# 2.4 names for each, beside those of the seeds.
_MILLION_NAMES = 417_000
_DEADLINE = 3.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How long each part takes, in seconds, and how much of it there is."""

    capacity: float
    latency: float
    overload: float
    soak: float
    faults: int
    workers: int
    entities: int


def main() -> None:
    """Measure and write the page."""
    plan = _plan()
    page = "\n".join(asyncio.run(_measured(plan))) + "\n"
    print(page)
    _RESULTS.write_text(page, encoding="utf-8")


def _plan() -> Plan:
    parser = argparse.ArgumentParser(prog="python -m bench.serve")
    parser.add_argument("--quick", action="store_true", help="everything short, seeds alone")
    parser.add_argument("--soak", type=float, default=2.0, metavar="MINUTES")
    parser.add_argument("--overload", type=float, default=2.0, metavar="MINUTES")
    parser.add_argument("--faults", type=int, default=200, metavar="N")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    if asked.quick:
        return Plan(5, 5, 8, 5, min(asked.faults, 20), asked.workers, 0)
    minutes = (60 * asked.overload, 60 * asked.soak)
    return Plan(30, 30, *minutes, asked.faults, asked.workers, _MILLION_NAMES)


async def _measured(plan: Plan) -> list[str]:
    lines = ["# A server under load", "", *_about(plan), ""]
    workers = str(plan.workers)
    with serving("bench.serve.peer", str(bundled("models")), _seeds()) as peer:
        plain = await _closed(peer, plan.capacity, texts.mixed(1))
        article = await _alone(peer, plan.latency)
    with serving(*_SERVER, workers="0") as server:
        single = await _closed(server, plan.capacity, texts.mixed(1))
        own_article = await _alone(server, plan.latency)
        single_mib = server.mib()
    with serving(*_SERVER, workers=workers) as server:
        many = await _closed(server, plan.capacity, texts.mixed(1))
        many_mib = server.mib()
        rate = many.per_second
        low = await _open(server, 0.3 * rate, plan.latency)
        over = await _open(server, 3 * rate, plan.overload, _DEADLINE)
        before = server.mib()
        soaked = await _open(server, 0.7 * rate, plan.soak)
        after = server.mib()
    damage, leak = await _vandalised(plan)
    lines += _table(
        ("server", "documents/s", "against the peer", "memory MiB"),
        ("peer", f"{plain.per_second:.2f}", "1", ""),
        _row("nisba, 0 workers", single, plain, single_mib),
        _row(f"nisba, {workers} workers", many, plain, many_mib),
        *(await _million(plan, plain)),
    )
    lines += ["## An article of 400 words, alone", ""]
    lines += _table(
        ("server", "p50 ms", "p95 ms"),
        _alone_row("peer", article),
        _alone_row("nisba", own_article),
    )
    lines += [
        f"## At a fixed rate, {workers} workers",
        "",
        "Time runs from when a call was due.",
        "",
    ]
    lines += _table(
        (
            "load",
            "calls/s",
            "answers/s",
            "p50 ms",
            "p95 ms",
            "p99 ms",
            "refused",
            "late",
            "health p99 ms",
        ),
        _open_row("0.3 of capacity", 0.3 * rate, low),
        _open_row(f"3 times, deadline {_DEADLINE:.0f} s", 3 * rate, over),
        _open_row("0.7, soak", 0.7 * rate, soaked),
    )
    lines += [
        f"Goodput at 3 times capacity: {over.per_second / rate:.2f} of capacity. Memory of the "
        f"soak ({plan.soak / 60:.1f} min): {before:.0f} MiB before, {after:.0f} MiB after.",
        "",
        *_of_damage(damage, leak),
    ]
    return lines


def _about(plan: Plan) -> list[str]:
    return [
        "The load is half English and half Arabic: made-up articles of some 150 words (half of",
        "it), articles of 400 words joined of golden documents (three of ten), golden documents.",
        "The peer (`bench/serve/peer.py`) calls `stanza.Pipeline` for each request and",
        "rapidfuzz's `extractOne` for each entity; the models are the same. Capacity is what 8",
        "callers get, one call after another, after as long to warm up. The callers run on the",
        "same machine.",
        "",
        f"- {os.cpu_count()} cores, Python {sys.version.split()[0]}, {datetime.now(UTC).date()}",
        f"- written by `python -m bench.serve {' '.join(sys.argv[1:])}`".rstrip(" `") + "`",
        f"- capacity {plan.capacity:.0f} s, overload {plan.overload:.0f} s, soak {plan.soak:.0f} s",
    ]


def _seeds() -> str:
    return str(bundled("seeds", "gazetteer"))


async def _closed(server: Serving, seconds: float, load: Iterator[str]) -> Tally:
    async with grpc.aio.insecure_channel(server.address) as channel:
        caller = Caller(channel, load)
        await caller.closed(8, seconds)  # what is kept of names is as it will be
        return await caller.closed(8, seconds)


async def _alone(server: Serving, seconds: float) -> Tally:
    """Return one call after another, of articles in turn English and Arabic."""
    both = zip(texts.articles("en", 2), texts.articles("ar", 2), strict=True)
    async with grpc.aio.insecure_channel(server.address) as channel:
        return await Caller(channel, (t for pair in both for t in pair)).closed(1, seconds)


async def _open(
    server: Serving, rate: float, seconds: float, deadline: float | None = None
) -> Tally:
    async with grpc.aio.insecure_channel(server.address) as channel:
        # No load is the one before: of its names, too many would be known.
        return await Caller(channel, texts.mixed(round(100 * rate))).open(rate, seconds, deadline)


async def _million(plan: Plan, plain: Tally) -> list[tuple[str, ...]]:
    if not plan.entities:
        return []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gazetteer.jsonl"
        made = Maker(random.Random(7)).entities(plan.entities)
        with path.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in (*_seed_lines(), *made))
        with serving(*_SERVER, workers=str(plan.workers), gazetteer=str(path)) as server:
            tally = await _closed(server, plan.capacity, texts.mixed(1))
            return [_row("the same, 1 M names", tally, plain, server.mib())]


def _seed_lines() -> Iterator[str]:
    for source in read_records(bundled("seeds", "gazetteer")):
        if isinstance(source, SourceRecord):
            yield json.dumps(source.content, ensure_ascii=False, default=str)


async def _vandalised(plan: Plan) -> tuple[Damage, str]:
    with serving(*_SERVER, workers=str(plan.workers)) as server:
        vandal = Vandal(server, seed=5)
        files = server.open_files()
        damage = await vandal.run(plan.faults)
        await asyncio.sleep(10)
        last = await _closed(server, 3, texts.mixed(4))
        told = f"{files} descriptors before, {server.open_files()} after; "
        told += f"{len(server.workers)} workers; {last.codes['OK']} of {last.codes.total()} calls"
        return damage, f"{told} answered"


def _row(name: str, tally: Tally, plain: Tally, mib: float) -> tuple[str, ...]:
    ratio = tally.per_second / plain.per_second
    return name, f"{tally.per_second:.2f}", f"{ratio:.1f}", f"{mib:.0f}"


def _alone_row(name: str, tally: Tally) -> tuple[str, ...]:
    return name, f"{tally.quantile(0.5):.0f}", f"{tally.quantile(0.95):.0f}"


def _open_row(name: str, rate: float, tally: Tally) -> tuple[str, ...]:
    quantiles = (f"{tally.quantile(share):.0f}" for share in (0.5, 0.95, 0.99))
    refused, late = (tally.codes[c] for c in ("RESOURCE_EXHAUSTED", "DEADLINE_EXCEEDED"))
    health = f"{quantile(tally.health, 0.99):.0f}"
    answers = f"{tally.per_second:.1f}"
    return name, f"{rate:.1f}", answers, *quantiles, str(refused), str(late), health


def _of_damage(damage: Damage, leak: str) -> list[str]:
    done = ", ".join(f"{count} {kind}" for kind, count in sorted(damage.done.items()))
    failed = ", ".join(f"{count} {code}" for code, count in damage.failed.items()) or "none"
    return [
        "## Faults",
        "",
        f"{damage.done.total()} faults at random ({done}) while two callers check every answer",
        f"against the one before the faults: {damage.answered} answered, {damage.wrong} wrong,",
        f"failed: {failed}, hung: {damage.hung}. Afterwards: {leak}.",
    ]


def _table(head: tuple[str, ...], *rows: tuple[str, ...]) -> list[str]:
    line = [" --- ", *(" ---: " for _ in head[1:])]
    return [f"| {' | '.join(row)} |" for row in (head,)] + [
        f"|{'|'.join(line)}|",
        *(f"| {' | '.join(row)} |" for row in rows),
        "",
    ]


if __name__ == "__main__":
    main()
