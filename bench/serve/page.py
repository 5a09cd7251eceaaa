"""The page of results, in Markdown."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from bench.serve.faults import Damage
from bench.serve.load import Tally, quantile
from bench.serve.measuring import CALLERS, Aftermath, AtRate, Loaded, Measured, Pace, Plan


def page(plan: Plan, measured: Measured, arguments: Sequence[str]) -> str:
    """Return the page of what was measured; `arguments` are those of the command."""
    loaded = measured.loaded
    paces = [measured.peer, measured.single, loaded.pace]
    if measured.million is not None:
        paces.append(measured.million)
    lines = [
        *("# A server under load", "", *_about(plan, arguments), ""),
        *_table(
            ("server", "documents/s", "against the peer", "memory MiB"),
            *(_pace_row(pace, measured.peer) for pace in paces),
        ),
        *("## An article of 400 words, alone", ""),
        *_table(("server", "p50 ms", "p95 ms"), *(_article_row(*a) for a in measured.articles)),
        *_at_rates(plan, loaded),
        *_faults(measured.damage, measured.aftermath),
    ]
    return "\n".join(lines) + "\n"


def _about(plan: Plan, arguments: Sequence[str]) -> list[str]:
    command = " ".join(("python -m bench.serve", *arguments))
    return [
        "The load is half English and half Arabic: made-up articles of some 150 words (half of",
        "it), articles of 400 words joined of golden documents (three of ten), golden documents.",
        "The peer (`bench/serve/peer.py`) calls `stanza.Pipeline` for each request and",
        "rapidfuzz's `extractOne` for each entity; the models are the same. The pace of a server",
        f"is what {CALLERS} callers get, one call after another, after as long to warm up: not",
        "the most that it can do, for with more calls at once its batches are fuller. The callers",
        "run on the same machine.",
        "",
        f"- {os.cpu_count()} cores, Python {sys.version.split()[0]}, {datetime.now(UTC).date()}",
        f"- written by `{command}`",
        f"- pace {plan.pace:.0f} s, overload {plan.overload:.0f} s, soak {plan.soak:.0f} s",
    ]


def _at_rates(plan: Plan, loaded: Loaded) -> list[str]:
    before, after = loaded.mib
    goodput = loaded.over.tally.per_second / loaded.pace.tally.per_second
    return [
        f"## At a fixed rate, {plan.workers} workers",
        "",
        "Time runs from when a call was due.",
        "",
        *_table(
            (
                *("load", "calls/s", "answers/s", "p50 ms", "p95 ms", "p99 ms"),
                *("refused", "late", "health p99 ms"),
            ),
            *map(_rate_row, (loaded.low, loaded.over, loaded.soak)),
        ),
        f"Goodput at 3 times the pace: {goodput:.2f} of the pace. Memory of the soak "
        f"({plan.soak / 60:.1f} min): {before:.0f} MiB before, {after:.0f} MiB after.",
        "",
    ]


def _faults(damage: Damage, aftermath: Aftermath) -> list[str]:
    done = ", ".join(f"{count} {kind}" for kind, count in sorted(damage.done.items()))
    failed = ", ".join(f"{count} {code}" for code, count in damage.failed.items()) or "none"
    files, codes = aftermath.files, aftermath.last.codes
    return [
        "## Faults",
        "",
        f"{damage.done.total()} faults at random ({done}) while two callers check every answer",
        f"against the one before the faults: {damage.answered} answered, {damage.wrong} wrong,",
        f"failed: {failed}, hung: {damage.hung}. Afterwards: {files[0]} descriptors before,",
        f"{files[1]} after; {aftermath.workers} workers; {codes['OK']} of {codes.total()} calls",
        "answered.",
    ]


def _pace_row(pace: Pace, peer: Pace) -> tuple[str, ...]:
    rate = pace.tally.per_second
    ratio = rate / peer.tally.per_second
    return pace.server, f"{rate:.2f}", f"{ratio:.1f}", f"{pace.mib:.0f}"


def _article_row(server: str, tally: Tally) -> tuple[str, ...]:
    return server, f"{tally.quantile(0.5):.0f}", f"{tally.quantile(0.95):.0f}"


def _rate_row(at: AtRate) -> tuple[str, ...]:
    tally = at.tally
    quantiles = (f"{tally.quantile(share):.0f}" for share in (0.5, 0.95, 0.99))
    refused, late = (tally.codes[c] for c in ("RESOURCE_EXHAUSTED", "DEADLINE_EXCEEDED"))
    health = f"{quantile(tally.health, 0.99):.0f}"
    answers = f"{tally.per_second:.1f}"
    return at.load, f"{at.rate:.1f}", answers, *quantiles, str(refused), str(late), health


def _table(head: tuple[str, ...], *rows: tuple[str, ...]) -> list[str]:
    line = [" --- ", *(" ---: " for _ in head[1:])]
    return [
        f"| {' | '.join(head)} |",
        f"|{'|'.join(line)}|",
        *(f"| {' | '.join(row)} |" for row in rows),
        "",
    ]
