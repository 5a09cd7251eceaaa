"""The page of results."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bench.archive.figures import ONE, Cost, Relinked, Scale, Tagged
from bench.archive.targets import left_for, targets

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """All that was measured; `scales` from the smallest archive to the largest."""

    entities: int
    tagged: Tagged
    scales: Sequence[Scale]
    command: str

    @property
    def largest(self) -> Scale:
        """The archive that the headline is about."""
        return self.scales[-1]


def markdown(run: Run) -> str:
    """Return the page."""
    return "\n\n".join((*_opening(run), *_tables(run), *_ending(run)))


def _opening(run: Run) -> Iterator[str]:
    largest = run.largest
    yield f"# An archive of {largest.documents:,} articles, linked again after an edit"
    yield (
        f"{largest.documents:,} made-up articles, half of them Arabic, with"
        f" {largest.mentions:,} mentions; a gazetteer of {run.entities:,} entities in a SQLite"
        " store. Seconds of the processor count all processes; unlike those on the clock they"
        " hardly change with what else the machine does. Every command is a process of its own,"
        " its start included unless it is said otherwise."
    )
    yield (
        "**Measured**: tagging of a sample by the real tagger; linking of every article; every"
        " edit. **Reckoned**: tagging of a whole archive, the sample's seconds for a document times"
        " its size. The archives themselves were built with the true names of the articles in the"
        " place of tagged ones; the tagger and the gazetteer together find"
        f" {' and '.join(f'{share:.0%}' for share in run.tagged.found)} of them (English, Arabic)."
    )
    yield _headline(run)
    yield "## What was wanted"
    yield _table(("wanted", "found", ""), targets(run))
    yield left_for(run)


def _headline(run: Run) -> str:
    largest, tagging = run.largest, run.tagged.seconds * run.largest.documents
    one = largest.median(ONE)
    idle = largest.idle.processor
    naive = largest.linked.processor
    lines = (
        f"- One spelling added, median of {len(largest.of(ONE))}: {_seconds(one)} of the processor,"
        f" {_seconds(idle)} of them the start of the command; the dearest"
        f" {_seconds(largest.of(ONE)[-1].cost.processor)}.",
        f"- Linking everything again: {naive / one:,.0f} times that;"
        f" tagging and linking: {(naive + tagging) / one:,.0f} times.",
        f"- Without starts: {_times(naive - idle, one - idle)} and"
        f" {_times(naive + tagging - idle, one - idle)} times.",
        f"- Two workers tag {run.tagged.scaling:.2f} times as fast as one.",
    )
    return "\n".join((*lines, *_equality(run)))


def _equality(run: Run) -> Iterator[str]:
    for scale in run.scales:
        again = scale.again
        if again is not None:
            yield (
                f"- {scale.documents:,} articles: {again.equal:,} of {again.shards:,} shards of"
                f" links and traces after all {len(scale.relinked)} edits are those of linking"
                " everything anew, by their SHA-256."
            )


def _tables(run: Run) -> Iterator[str]:
    yield "## Everything"
    yield _table(("step", "articles", "clock", "processor", "articles/s"), _steps(run))
    yield "## After an edit"
    yield (
        f"At {run.largest.documents:,} articles. *Cheaper*: the processor's seconds of linking"
        " everything, or of tagging and linking, over those of the edit. Popularity is the place of"
        " the (most popular) entity among all that the articles name."
    )
    yield _table(
        ("edit", "popularity", "linked again", "mentions changed", "clock", "processor", "cheaper"),
        _edits(run),
    )
    yield "## By the size of the archive"
    yield "Seconds of the processor; of one spelling the median and the worst."
    yield _table(_size_columns(run), _sizes(run))
    yield "![cost over size](archive.png)"
    yield "## Memory"
    yield "The largest process of each command, a worker or the command itself, at its largest."
    yield _table(("articles", "link", "relink, one spelling", "relink, any edit"), _memory(run))


def _steps(run: Run) -> Iterator[Row]:
    tagged = run.tagged
    for name, whole, idle in (
        ("tag, one worker", tagged.one, tagged.idle_one),
        ("tag, two workers", tagged.two, tagged.idle_two),
    ):
        yield _step(f"{name}, without its start", tagged.documents, whole.less(idle))
    for scale in run.scales:
        yield _step("link", scale.documents, scale.linked)
        if scale.again is not None:
            yield _step("link anew, after all edits", scale.documents, scale.again.cost)


def _step(name: str, documents: int, cost: Cost) -> Row:
    rate = documents / max(cost.clock, 1e-9)
    return name, f"{documents:,}", *_cost(cost), f"{rate:,.0f}"


def _edits(run: Run) -> Iterator[Row]:
    linking = run.largest.linked.processor
    whole = linking + run.tagged.seconds * run.largest.documents
    yield "an ID of another system: the start", "", "0", "0", *_cost(run.largest.idle), ""
    for edit in sorted(run.largest.relinked, key=_order):
        cost = edit.cost.processor
        cheaper = f"{linking / cost:,.0f} / {whole / cost:,.0f}"
        counts = f"{edit.rank:,}", f"{edit.documents:,}", f"{edit.changes:,}"
        yield edit.what, *counts, *_cost(edit.cost), cheaper


def _order(edit: Relinked) -> tuple[bool, int]:
    """Return single spellings by popularity first; the others stay as they were made."""
    return edit.what != ONE, edit.rank if edit.what == ONE else 0


def _size_columns(run: Run) -> Row:
    return "step", *(f"{scale.documents:,}" for scale in run.scales)


def _sizes(run: Run) -> Iterator[Row]:
    per = run.tagged.seconds
    yield "tag (reckoned)", *(_seconds(per * s.documents) for s in run.scales)
    yield "link", *(_seconds(s.linked.processor) for s in run.scales)
    yield "start", *(_seconds(s.idle.processor) for s in run.scales)
    for what in kinds(run):
        yield what, *(_range(scale, what) for scale in run.scales)


def kinds(run: Run) -> list[str]:
    """Return the kinds of edits, in the order in which they were made."""
    edits = (edit.what for scale in run.scales for edit in scale.relinked)
    return list(dict.fromkeys(edits))


def _range(scale: Scale, what: str) -> str:
    edits = scale.of(what)
    if not edits:
        return ""
    worst = _seconds(edits[-1].cost.processor)
    return worst if len(edits) == 1 else f"{_seconds(scale.median(what))}, {worst}"


def _memory(run: Run) -> Iterator[Row]:
    for scale in run.scales:
        one, most = (max(e.cost.mib for e in edits) for edits in (scale.of(ONE), scale.relinked))
        yield f"{scale.documents:,}", _mib(scale.linked.mib), _mib(one), _mib(most)


def _ending(run: Run) -> Iterator[str]:
    yield (
        f"- {os.cpu_count()} cores, Python {platform.python_version()},"
        f" {datetime.now(UTC):%Y-%m-%d}\n- written by `{run.command}`"
    )


def _table(head: Row, rows: Iterator[Row]) -> str:
    lines = [head, ("---", *("---:" for _ in head[1:])), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cost(cost: Cost) -> Row:
    return _seconds(cost.clock), _seconds(cost.processor)


def _seconds(seconds: float) -> str:
    return f"{seconds:,.0f} s" if seconds >= 100 else f"{seconds:,.2f} s"


def _mib(mib: float) -> str:
    return f"{mib:,.0f} MiB"


def _times(whole: float, part: float) -> str:
    return f"{whole / part:,.0f}" if part > 0 else "immeasurably many"
