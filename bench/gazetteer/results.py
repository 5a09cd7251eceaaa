"""The figures of a run, as a table."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bench.gazetteer.processes import Ran, Taken

_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Run:
    """All that was measured of one gazetteer.

    Attributes:
        taken, mib: of the steps of serving: time, and resident memory after each.
    """

    entities: int
    names: int
    source_bytes: int
    store_bytes: int
    imported: Ran
    exports: Mapping[str, Ran]
    served: Ran
    taken: Mapping[str, Taken]
    mib: Mapping[str, float]


def table(run: Run) -> str:
    """Return the figures as a table in Markdown."""
    lines = ["| step | clock | processor | memory |", "| --- | ---: | ---: | ---: |"]
    lines += (f"| {' | '.join(row)} |" for row in _rows(run))
    return "\n".join(lines)


def markdown(run: Run) -> str:
    """Return the page of results."""
    source, store = run.source_bytes / _MB, run.store_bytes / _MB
    return "\n".join(
        (
            f"# The gazetteer at {run.entities:,} entities",
            "",
            f"{run.entities:,} synthetic entities with {run.names:,} names in both scripts,",
            f"a file of JSON Lines of {source:,.0f} MB; as a SQLite store, {store:,.0f} MB.",
            "",
            "Import and exports are commands, each a process of its own: its time, start included,",
            "and its memory at its largest. Serving is one process: the time of each step, and its",
            "resident memory after it. The edit is one alias added to one entity, the median of",
            "several. To serve the next revision is to put one reference in another's place: no",
            "step of its own. The clock also counts what other programs on the machine took.",
            "",
            table(run),
            "",
            f"- {os.cpu_count()} cores, {_processor()}, Python {platform.python_version()},"
            f" {datetime.now(UTC):%Y-%m-%d}",
            f"- written by `python -m bench.gazetteer --entities {run.entities}`",
        )
    )


_STEPS = {
    "load": "load from the store",
    "index": "index of names",
    "spotter": "spotter of names in text",
    "others": "relations, catalogue",
    "edit: commit": "one alias: commit",
    "edit: changes": "one alias: read the change",
    "edit: parts": "one alias: the next index, spotter and catalogue",
    "edit: visible": "one alias: from edit to answer",
}


def _rows(run: Run) -> Iterator[tuple[str, ...]]:
    rate = run.entities / run.imported.taken.clock
    yield f"import ({rate:,.0f} entities/s)", *_process(run.imported)
    for form, ran in run.exports.items():
        yield f"export to {form}", *_process(ran)
    for step, name in _STEPS.items():
        yield name, *_taken(run.taken[step]), f"{run.mib[step]:,.0f} MiB"
    yield "serving as a whole", *_process(run.served)


def _process(ran: Ran) -> tuple[str, ...]:
    return *_taken(ran.taken), f"{ran.mib:,.0f} MiB"


def _taken(taken: Taken) -> tuple[str, str]:
    return _time(taken.clock), _time(taken.processor)


def _time(seconds: float) -> str:
    return f"{seconds:,.1f} s" if seconds >= 1 else f"{seconds * 1000:,.0f} ms"


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as info:  # noqa: PTH123 (no file of ours)
            found = next((line for line in info if line.startswith("model name")), "")
    except OSError:
        found = ""
    return found.partition(":")[2].strip() or platform.machine()
