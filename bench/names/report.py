"""The sections of the report: each measures, and yields lines of Markdown."""

from __future__ import annotations

import csv
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.names import exhaustive, speed
from bench.names.systems import System
from bench.names.tasks import (
    RETRIEVAL,
    LabelledPair,
    average_precision,
    best_f1,
    calibration_error,
    first_rate,
    is_arabic_type,
    load,
    load_pairs,
    precision_at,
)
from nisba_service.names.scripts import script_of
from nisba_service.names.types import Script

SIZES = (10_000, 100_000)
# Peers that score every candidate take minutes at the larger size: fewer queries there.
_PEER_QUERIES = {10_000: 200, 100_000: 40}
_QUERIES = 200
_MILLION = 1_000_000
_ARABIC_TASK = "T2/ar_ar"
_ARABIC_NEGATIVES = 3


@dataclass(frozen=True, slots=True)
class Bench:
    """What is measured, and on what. `systems` begin with this service.

    `name_bench` is the path of nomenklatura's cases, or None.
    """

    folder: Path
    systems: Sequence[System]
    name_bench: Path | None


def _table(heading: Sequence[str], rows: Iterator[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(heading) + " |"
    yield "|" + " --- |" * len(heading)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""


def retrieval(bench: Bench) -> Iterator[str]:
    """Yield how often the right candidate comes first, at each size."""
    for size in SIZES:
        yield f"## Right candidate first, of {size:,}, in %"
        yield ""
        rows = (_retrieval_row(bench.folder, size, system) for system in bench.systems)
        yield from _table(["", *RETRIEVAL], rows)


def _retrieval_row(folder: Path, size: int, system: System) -> Sequence[str]:
    most = _QUERIES if system.name == "nisba" else _PEER_QUERIES[size]
    cells = [system.name]
    for task_name in RETRIEVAL.values():
        task = load(folder, task_name, size, most=most)
        system.fit(task.candidates)
        hits = [system.search(query.name) for query in task.queries]
        cells.append(f"{100 * first_rate(task, hits):.1f}")
    return cells


def scan(bench: Bench) -> Iterator[str]:
    """Yield what the index finds of what a scan of all candidates finds."""
    size = SIZES[-1]
    yield f"## Right candidate among the first 50, of {size:,}: the index beside a scan of them all"
    yield ""
    kept = [exhaustive.measure(bench.folder, task, size) for task in RETRIEVAL.values()]
    total = exhaustive.Kept(sum(k.found for k in kept), sum(k.lost for k in kept))
    columns = [*kept, total]
    yield from _table(
        ["", *RETRIEVAL, "all"],
        iter(
            [
                ["found by the index", *(str(k.found) for k in columns)],
                ["found by the scan alone", *(str(k.lost) for k in columns)],
                ["recall in %", *(f"{100 * k.recall:.1f}" for k in columns)],
            ]
        ),
    )


def pairs(bench: Bench) -> Iterator[str]:
    """Yield how well labelled pairs are told apart."""
    labelled = load_pairs(bench.folder)
    yield "## Labelled pairs: average precision in %; hand-written negatives accepted at best F1"
    yield ""
    rows = (_pairs_row(labelled, system) for system in bench.systems)
    yield from _table(["", "all", "cross-script", "same script", "best F1", "accepted"], rows)


def _pairs_row(labelled: Sequence[LabelledPair], system: System) -> Sequence[str]:
    system.fit([name for pair in labelled for name in (pair.left, pair.right)])
    scores = [system.pair(pair.left, pair.right) for pair in labelled]
    labels = [pair.is_match for pair in labelled]
    cells = [system.name, f"{100 * average_precision(labels, scores):.1f}"]
    for script in ("cross", "same"):
        chosen = [i for i, pair in enumerate(labelled) if pair.script == script]
        precision = average_precision([labels[i] for i in chosen], [scores[i] for i in chosen])
        cells.append(f"{100 * precision:.1f}")
    f1, threshold = best_f1(labels, scores)
    hand = [score for score, pair in zip(scores, labelled, strict=True) if pair.source == "hand"]
    accepted = sum(score >= threshold for score in hand)
    return [*cells, f"{100 * f1:.1f}", f"{accepted} of {len(hand)}"]


def calibration(bench: Bench) -> Iterator[str]:
    """Yield, by script pair, the probabilities that are said beside what is true."""
    nisba = bench.systems[0]
    yield "## Calibration: what is said, and what is true"
    yield ""
    yield "There are few labelled Arabic pairs: added are the queries of ar↔ar with their right"
    yield f"candidate, and with {_ARABIC_NEGATIVES} others of the 50 most alike."
    yield ""
    for name, group in _by_scripts(bench, nisba).items():
        said = [nisba.pair(pair.left, pair.right) for pair in group]
        error, bins = calibration_error([pair.is_match for pair in group], said)
        yield f"{name}, {len(group)} pairs: expected calibration error {error:.3f}"
        yield ""
        rows = ([str(n), f"{mean:.2f}", f"{true:.2f}"] for n, mean, true in bins)
        yield from _table(["pairs", "said", "true"], rows)


def _by_scripts(bench: Bench, nisba: System) -> dict[str, list[LabelledPair]]:
    groups: dict[str, list[LabelledPair]] = {"cross-script": [], "Latin": [], "Arabic": []}
    for pair in load_pairs(bench.folder):
        is_arabic = script_of(pair.left) is Script.ARABIC
        same = "Arabic" if is_arabic else "Latin"
        groups[same if pair.script == "same" else "cross-script"].append(pair)
    groups["Arabic"] += _arabic_pairs(bench.folder, nisba)
    return groups


def _arabic_pairs(folder: Path, nisba: System) -> Iterator[LabelledPair]:
    task = load(folder, _ARABIC_TASK, SIZES[0])
    nisba.fit(task.candidates)
    rng = random.Random(13)
    for query in task.queries:
        wrong = [hit.place for hit in nisba.search(query.name) if hit.place not in query.gold]
        chosen = rng.sample(wrong, min(_ARABIC_NEGATIVES, len(wrong)))
        for place in [min(query.gold), *chosen]:
            is_match = place in query.gold
            yield LabelledPair(query.name, task.candidates[place], is_match, "same", _ARABIC_TASK)


def name_bench(bench: Bench) -> Iterator[str]:
    """Yield the figures of nomenklatura's labelled pairs, of all and of names of Arabic type."""
    yield "## nomenklatura's name_bench"
    yield ""
    if bench.name_bench is None:
        yield "Not measured: NISBA_NAME_BENCH does not name its cases.csv."
        return
    with bench.name_bench.open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file))
    arabic = sum(is_arabic_type(case["name1"]) or is_arabic_type(case["name2"]) for case in cases)
    yield f"{len(cases)} pairs; {arabic} are of Arabic type: a name in Arabic letters, or with the"
    yield "article, bin, Abu or Abd of Arabic names. Precision and recall there are at the best F1."
    yield ""
    yield from _table(
        ["", "average precision", "best F1", "µs a pair", "Arabic type: precision", "recall"],
        (_name_bench_row(cases, system) for system in bench.systems),
    )


def _name_bench_row(cases: Sequence[Mapping[str, str]], system: System) -> Sequence[str]:
    labels = [case["is_match"].lower() == "true" for case in cases]
    system.fit([case[side] for case in cases for side in ("name1", "name2")])
    start = time.thread_time()
    scores = [system.pair(case["name1"], case["name2"]) for case in cases]
    micros = 1e6 * (time.thread_time() - start) / len(cases)
    chosen = [
        i
        for i, case in enumerate(cases)
        if is_arabic_type(case["name1"]) or is_arabic_type(case["name2"])
    ]
    arabic = [labels[i] for i in chosen], [scores[i] for i in chosen]
    precision, recall = precision_at(*arabic, best_f1(*arabic)[1])
    return [
        system.name,
        f"{100 * average_precision(labels, scores):.1f}",
        f"{100 * best_f1(labels, scores)[0]:.1f}",
        f"{micros:.0f}",
        f"{precision:.2f}",
        f"{recall:.2f}",
    ]


def timing(bench: Bench) -> Iterator[str]:
    """Yield how fast and how large the index is with a million names."""
    done = speed.measure(bench.folder, _MILLION)
    yield f"## Speed with {done.names:,} names, processor time of one thread"
    yield ""
    rows = [
        ["built in", f"{done.build_s:.0f} s"],
        ["opened again, first answer included", f"{done.open_s:.2f} s"],
        ["memory that it adds", f"{done.resident_mb:.0f} MB"],
        ["a query, p50", f"{done.p50_ms:.1f} ms"],
        ["a query, p99", f"{done.p99_ms:.1f} ms"],
        ["one name added to it", f"{done.edit_ms:.0f} ms"],
        ["a query after that, p50", f"{done.edited_p50_ms:.1f} ms"],
        ["rapidfuzz ratio, every name", _times(done.ratio_ms, done.p50_ms)],
        ["rapidfuzz WRatio, every name", _times(done.wratio_ms, done.p50_ms)],
    ]
    yield from _table(["", ""], iter(rows))


def _times(peer_ms: float, p50_ms: float) -> str:
    return f"{peer_ms:.0f} ms, {peer_ms / p50_ms:.0f} times p50"


SECTIONS: Mapping[str, Callable[[Bench], Iterator[str]]] = {
    "retrieval": retrieval,
    "scan": scan,
    "pairs": pairs,
    "calibration": calibration,
    "name-bench": name_bench,
    "speed": timing,
}
