"""How fast and how large the index is with a million names, in one thread."""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from bench.names.systems import entities
from bench.names.tasks import RETRIEVAL, load
from nisba_service.gazetteer.index import NameIndex
from nisba_service.gazetteer.model import Entity, Name
from nisba_service.names.normalise import normal_form
from nisba_service.names.types import EntityType, Language

_SCANNED = 5
_LIMIT = 10
_NEW = Entity("new", EntityType.PERSON, (Name("صالح العاروري", Language.AR),))


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds, megabytes of memory that the index added, milliseconds a query.

    Times are those of the processor, so that other work on the machine does not count.
    """

    names: int
    build_s: float
    open_s: float
    resident_mb: float
    p50_ms: float
    p99_ms: float
    edit_ms: float
    edited_p50_ms: float
    ratio_ms: float
    wratio_ms: float


def measure(folder: Path, size: int) -> Speed:
    """Build, save, open and ask an index of `size` names; scan them with rapidfuzz."""
    names = _names(folder, size)
    start = time.thread_time()
    built = NameIndex.build(entities(names))
    build_s = time.thread_time() - start
    with tempfile.TemporaryDirectory() as directory:
        built.save(Path(directory))
        del built
        before = _resident_mb()
        start = time.thread_time()
        index = NameIndex.open(Path(directory))
        index.match("Saleh al-Arouri", limit=_LIMIT)
        open_s = time.thread_time() - start
        warming, queries = _queries(folder)
        for query in warming:
            index.match(query, limit=_LIMIT)
        latencies = [_time(index, query) for query in queries]
        resident_mb = _resident_mb() - before
        start = time.thread_time()
        edited = index.updated([_NEW])
        edit_s = time.thread_time() - start
        edited_latencies = [_time(edited, query) for query in queries]
    plain = [normal_form(name) for name in names]
    return Speed(
        names=len(names),
        build_s=build_s,
        open_s=open_s,
        resident_mb=resident_mb,
        p50_ms=1000 * float(np.quantile(latencies, 0.5)),
        p99_ms=1000 * float(np.quantile(latencies, 0.99)),
        edit_ms=1000 * edit_s,
        edited_p50_ms=1000 * float(np.quantile(edited_latencies, 0.5)),
        ratio_ms=_scan_ms(queries, plain, fuzz.ratio),
        wratio_ms=_scan_ms(queries, plain, fuzz.WRatio),
    )


def _time(index: NameIndex, query: str) -> float:
    start = time.thread_time()
    index.match(query, limit=_LIMIT)
    return time.thread_time() - start


def _scan_ms(queries: list[str], names: list[str], scorer: object) -> float:
    start = time.thread_time()
    for query in queries[:_SCANNED]:
        process.extract(normal_form(query), names, scorer=scorer, limit=_LIMIT)  # type: ignore[arg-type]  # rapidfuzz's scorers
    return 1000 * (time.thread_time() - start) / _SCANNED


def _names(folder: Path, size: int) -> list[str]:
    """Return distinct names: every candidate of every task, then these with parts exchanged."""
    found: dict[str, None] = {}
    for path in sorted(folder.glob("T[12]/*.dev.json")):
        found |= dict.fromkeys(json.loads(path.read_text("utf-8"))["cands"])
    known = list(found)
    rng = random.Random(7)
    while len(found) < size:
        first, second = rng.choice(known).split(" "), rng.choice(known).split(" ")
        found[" ".join([*first[:2], *second[-1:]])] = None
    return list(found)[:size]


def _queries(folder: Path) -> tuple[list[str], list[str]]:
    """Return queries to warm up with, and others to measure, of every task."""
    queries = [
        query.name
        for task in RETRIEVAL.values()
        for query in load(folder, task, 1, most=100).queries
    ]
    return queries[::2], queries[1::2]


def _resident_mb() -> float:
    status = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(_kilobytes(status)) / 1024


def _kilobytes(lines: list[str]) -> Iterator[int]:
    yield from (int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
