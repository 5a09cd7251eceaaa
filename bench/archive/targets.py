"""What following an edit is to cost at most, and whether it does: told plainly, met or not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bench.archive.figures import ONE

if TYPE_CHECKING:
    from bench.archive.results import Run

LINKING, TAGGING, SCALING, GROWTH = 200, 5_000, 1.7, 1.1
"""How many times cheaper one spelling is to be than linking everything, and than tagging it too;
how much faster two workers tag than one; how much more memory linking may take in an archive ten
times as large."""


def targets(run: Run) -> Iterator[tuple[str, ...]]:
    """Yield rows: what is wanted, what was found, and whether that is enough."""
    largest = run.largest
    clock, processor = largest.median_clock(ONE), largest.median(ONE)
    linked = largest.linked
    tagging = run.tagged.seconds * largest.documents
    yield _row(
        f"one spelling {LINKING:,} times cheaper than linking all, by the processor",
        linked.processor / processor,
        LINKING,
    )
    yield _row("the same by the clock, linking by several workers", linked.clock / clock, LINKING)
    yield _row(
        f"{TAGGING:,} times cheaper than tagging and linking all, by the processor",
        (linked.processor + tagging) / processor,
        TAGGING,
    )
    yield _row("two workers tag 1.7 times as fast as one", run.tagged.scaling, SCALING)
    yield from _equal(run)
    yield from _memory(run)


def left_for(run: Run) -> str:
    """Return what a command could take at most to be as cheap as is wanted beside tagging."""
    largest = run.largest
    whole = largest.linked.processor + run.tagged.seconds * largest.documents
    return (
        f"Tagging takes {1_000 * run.tagged.seconds:,.0f} ms an article, so tagging and linking all"
        f" {whole:,.0f} s: {TAGGING:,} times cheaper would be {whole / TAGGING:.2f} s, and the"
        f" start of the command alone takes {largest.idle.processor:.2f} s."
    )


def _row(wanted: str, found: float, least: float) -> tuple[str, ...]:
    shown = f"{found:,.0f}" if found >= 10 else f"{found:.2f}"
    return wanted, shown, "met" if found >= least else "not met"


def _equal(run: Run) -> Iterator[tuple[str, ...]]:
    compared = [scale.again for scale in run.scales if scale.again is not None]
    if compared:
        equal, shards = sum(a.equal for a in compared), sum(a.shards for a in compared)
        verdict = "met" if equal == shards else "not met"
        yield "the same bytes as linking all anew", f"{equal:,} of {shards:,} shards", verdict


def _memory(run: Run) -> Iterator[tuple[str, ...]]:
    if len(run.scales) > 1:
        before, after = (scale.linked.mib for scale in run.scales[-2:])
        verdict = "met" if after <= GROWTH * before else "not met"
        found = f"{before:,.0f} MiB, {after:,.0f} MiB"
        yield "no more memory in an archive ten times as large", found, verdict
