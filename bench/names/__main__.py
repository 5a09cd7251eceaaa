"""`python -m bench.names`: name matching beside its peers; writes bench/results/names.md.

The data are not part of this repository. NISBA_NAMES_DATA names the folder of the tasks (T1, T2,
T3); NISBA_NAME_BENCH, if set, nomenklatura's contrib/name_bench/cases.csv. Without the first, the
benchmark says so and ends. Peers come with `pip install 'nisba-service[bench]'`.
"""

from __future__ import annotations

import csv
import os
import platform
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.names import speed
from bench.names.systems import System, systems
from bench.names.tasks import (
    RETRIEVAL,
    LabelledPair,
    average_precision,
    best_f1,
    calibration_error,
    first_rate,
    load,
    load_pairs,
)
from nisba_service.names.scripts import script_of
from nisba_service.names.types import Script

RESULTS = Path(__file__).parents[1] / "results" / "names.md"
SIZES = (10_000, 100_000)
# Peers that score every candidate take minutes at the larger size: fewer queries there.
_QUERIES = {10_000: 200, 100_000: 200}
_PEER_QUERIES = {10_000: 200, 100_000: 40}
_MILLION = 1_000_000


def main() -> None:
    """Measure, print, write."""
    folder = os.environ.get("NISBA_NAMES_DATA", "")
    if not folder:
        sys.exit("bench.names: skipped; set NISBA_NAMES_DATA to the folder of the tasks")
    lines = []
    for line in _report(Path(folder), os.environ.get("NISBA_NAME_BENCH", "")):
        print(line, flush=True)
        lines.append(line)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("\n".join(lines) + "\n", "utf-8")


def _report(folder: Path, name_bench: str) -> Iterator[str]:
    found, missing = systems()
    yield "# Name matching"
    yield ""
    yield f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, Python {platform.python_version()}."
    yield "The models of this service were fitted to the development split that is asked here;"
    yield "`python -m training.names.learn_weights` prints what they reach on names kept out of the"
    yield "fitting: the same for retrieval within two points, one point less for labelled pairs."
    if missing:
        yield f"Peers left out, not installed: {', '.join(missing)}."
    for size in SIZES:
        yield from _retrieval(folder, size, found)
    pairs = load_pairs(folder)
    yield from _pairs(pairs, found)
    yield from _calibration(pairs, found[0])
    if name_bench:
        yield from _name_bench(Path(name_bench), found)
    yield from _speed(speed.measure(folder, _MILLION))


def _table(heading: Sequence[str], rows: Iterator[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(heading) + " |"
    yield "|" + " --- |" * len(heading)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""


def _retrieval(folder: Path, size: int, found: Sequence[System]) -> Iterator[str]:
    yield ""
    yield f"## Right candidate first, of {size:,}, in %"
    yield ""
    rows = (_retrieval_row(folder, size, system) for system in found)
    yield from _table(["", *RETRIEVAL], rows)


def _retrieval_row(folder: Path, size: int, system: System) -> Sequence[str]:
    most = _QUERIES[size] if system.name == "nisba" else _PEER_QUERIES[size]
    cells = [system.name]
    for task_name in RETRIEVAL.values():
        task = load(folder, task_name, size, most=most)
        system.fit(task.candidates)
        hits = [system.search(query.name) for query in task.queries]
        cells.append(f"{100 * first_rate(task, hits):.1f}")
    return cells


def _pairs(pairs: Sequence[LabelledPair], found: Sequence[System]) -> Iterator[str]:
    yield "## Labelled pairs: average precision in %; hand-written negatives accepted at best F1"
    yield ""
    labels = [pair.is_match for pair in pairs]
    rows = (_pairs_row(pairs, labels, system) for system in found)
    yield from _table(["", "all", "cross-script", "same script", "best F1", "accepted"], rows)


def _pairs_row(
    pairs: Sequence[LabelledPair], labels: Sequence[bool], system: System
) -> Sequence[str]:
    system.fit([name for pair in pairs for name in (pair.left, pair.right)])
    scores = [system.pair(pair.left, pair.right) for pair in pairs]
    cells = [system.name, f"{100 * average_precision(labels, scores):.1f}"]
    for script in ("cross", "same"):
        chosen = [i for i, pair in enumerate(pairs) if pair.script == script]
        precision = average_precision([labels[i] for i in chosen], [scores[i] for i in chosen])
        cells.append(f"{100 * precision:.1f}")
    f1, threshold = best_f1(labels, scores)
    hand = [score for score, pair in zip(scores, pairs, strict=True) if pair.source == "hand"]
    accepted = sum(score >= threshold for score in hand)
    return [*cells, f"{100 * f1:.1f}", f"{accepted} of {len(hand)}"]


def _calibration(pairs: Sequence[LabelledPair], system: System) -> Iterator[str]:
    yield "## Calibration: what is said, and what is true"
    yield ""
    groups: dict[str, list[LabelledPair]] = {"cross-script": [], "Latin": [], "Arabic": []}
    for pair in pairs:
        is_arabic = script_of(pair.left) is Script.ARABIC
        same = "Arabic" if is_arabic else "Latin"
        groups[same if pair.script == "same" else "cross-script"].append(pair)
    for name, group in groups.items():
        said = [system.pair(pair.left, pair.right) for pair in group]
        error, bins = calibration_error([pair.is_match for pair in group], said)
        yield f"{name}, {len(group)} pairs: expected calibration error {error:.3f}"
        yield ""
        rows = ([str(n), f"{mean:.2f}", f"{true:.2f}"] for n, mean, true in bins)
        yield from _table(["pairs", "said", "true"], rows)


def _name_bench(path: Path, found: Sequence[System]) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file))
    labels = [case["is_match"].lower() == "true" for case in cases]
    yield f"## nomenklatura's name_bench, {len(cases)} pairs"
    yield ""
    yield from _table(
        ["", "average precision in %", "best F1 in %", "µs a pair"],
        (_name_bench_row(cases, labels, system) for system in found),
    )


def _name_bench_row(
    cases: Sequence[dict[str, str]], labels: Sequence[bool], system: System
) -> Sequence[str]:
    system.fit([case[side] for case in cases for side in ("name1", "name2")])
    start = time.thread_time()
    scores = [system.pair(case["name1"], case["name2"]) for case in cases]
    micros = 1e6 * (time.thread_time() - start) / len(cases)
    f1, _ = best_f1(labels, scores)
    precision = average_precision(labels, scores)
    return [system.name, f"{100 * precision:.1f}", f"{100 * f1:.1f}", f"{micros:.0f}"]


def _speed(done: speed.Speed) -> Iterator[str]:
    yield f"## Speed with {done.names:,} names, processor time of one thread"
    yield ""
    yield from _table(
        ["", ""],
        iter(
            [
                ["built in", f"{done.build_s:.0f} s"],
                ["opened again, first answer included", f"{done.open_s:.2f} s"],
                ["memory that it adds", f"{done.resident_mb:.0f} MB"],
                ["a query, p50", f"{done.p50_ms:.1f} ms"],
                ["a query, p99", f"{done.p99_ms:.1f} ms"],
                ["rapidfuzz ratio, every name", f"{done.ratio_ms:.0f} ms"],
                ["rapidfuzz WRatio, every name", f"{done.wratio_ms:.0f} ms"],
            ]
        ),
    )


if __name__ == "__main__":
    main()
