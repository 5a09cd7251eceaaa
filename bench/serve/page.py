"""The page of results, in Markdown."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from bench.serve.figures import AtRate, Measured, Pace
from bench.serve.load import Tally
from bench.serve.measuring import CALLERS, DEADLINE
from bench.serve.plan import Plan
from bench.serve.targets import targets

_CODES = ("RESOURCE_EXHAUSTED", "DEADLINE_EXCEEDED")


def page(plan: Plan, measured: Measured, arguments: Sequence[str]) -> str:
    """Return the page of what was measured so far; `arguments` are those of the command."""
    lines = [
        *("# A server under load", "", *_about(plan, arguments), ""),
        *_table(
            ("figure", "target", "measured", "reached"),
            *(target.row() for target in targets(measured, DEADLINE)),
        ),
        *_failures(measured),
        *_paces(measured),
        *_articles(measured),
        *_at_rates(plan, measured),
        *_faults(measured),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _about(plan: Plan, arguments: Sequence[str]) -> list[str]:
    command = " ".join(("python -m bench.serve", *arguments))
    return [
        "The load is half English and half Arabic: made-up articles of some 150 words (half of",
        "it), articles of 400 words joined of golden documents (three of ten), golden documents.",
        "The peer (`bench/serve/peer.py`) calls `stanza.Pipeline` for each request and",
        "rapidfuzz's `extractOne` for each entity; the models are the same. The pace of a server",
        f"is what {CALLERS} callers get, one call after another, after as long to warm up. The",
        "callers run on the same machine. What a worker adds is the memory that it shares with no",
        "other process. The F1 of the tagger stands in [tagging.md](tagging.md).",
        "",
        f"- {os.cpu_count()} cores, Python {sys.version.split()[0]}, {datetime.now(UTC).date()}",
        f"- written by `{command}`",
        f"- pace {plan.pace:.0f} s, overload {plan.overload:.0f} s, soak {plan.soak:.0f} s",
    ]


def _failures(measured: Measured) -> Iterator[str]:
    for failure in measured.failed:
        yield from (f"**Not measured:** {failure}", "")


def _paces(measured: Measured) -> list[str]:
    paces = (measured.peer, measured.single, measured.paced, measured.million)
    rows = [_pace_row(pace, measured.peer) for pace in paces if pace is not None]
    head = ("server", "documents/s", "against the peer", "memory MiB", "of a worker MiB")
    return _section("Throughput", head, rows)


def _articles(measured: Measured) -> list[str]:
    alone = {
        "stanza.Pipeline, no server": measured.stanza,
        "peer": measured.peer_article,
        "nisba": measured.article,
    }
    rows = [_article_row(server, tally) for server, tally in alone.items() if tally is not None]
    return _section("An article of 400 words, alone", ("server", "p50 ms", "p95 ms"), rows)


def _at_rates(plan: Plan, measured: Measured) -> list[str]:
    soak = measured.soak
    loads = (measured.low, measured.over, None if soak is None else soak.at)
    head = (
        *("load", "calls/s", "answers/s", "p50 ms", "p95 ms", "p99 ms"),
        *("refused", "late", "other errors", "health p99 ms"),
    )
    rows = [_rate_row(at) for at in loads if at is not None]
    title = f"At a fixed rate, {plan.workers} workers; time runs from when a call was due"
    lines = _section(title, head, rows)
    if soak is not None:
        before, after = soak.mib
        told = f"{before:.0f} MiB before, {after:.0f} MiB after"
        lines += [f"Memory of the soak ({plan.soak / 60:.1f} min): {told}.", ""]
    return lines


def _faults(measured: Measured) -> list[str]:
    damage, aftermath = measured.damage, measured.aftermath
    if damage is None or aftermath is None:
        return []
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


def _pace_row(pace: Pace, peer: Pace | None) -> tuple[str, ...]:
    rate = pace.tally.per_second
    ratio = "-" if peer is None else f"{rate / peer.tally.per_second:.1f}"
    worker = f"{pace.worker_mib:.0f}" if pace.worker_mib else "-"
    return pace.server, f"{rate:.2f}", ratio, f"{pace.mib:.0f}", worker


def _article_row(server: str, tally: Tally) -> tuple[str, ...]:
    return server, f"{tally.quantile(0.5):.0f}", f"{tally.quantile(0.95):.0f}"


def _rate_row(at: AtRate) -> tuple[str, ...]:
    tally = at.tally
    quantiles = (f"{tally.quantile(share):.0f}" for share in (0.5, 0.95, 0.99))
    refused, late = (tally.codes[code] for code in _CODES)
    other = tally.codes.total() - tally.codes["OK"] - refused - late
    counts = (str(refused), str(late), str(other))
    health = f"{tally.health_quantile(0.99):.0f}"
    return at.load, f"{at.rate:.1f}", f"{tally.per_second:.1f}", *quantiles, *counts, health


def _section(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [f"## {title}", "", *_table(head, *rows)] if rows else []


def _table(head: Sequence[str], *rows: Sequence[str]) -> list[str]:
    line = [" --- ", *(" ---: " for _ in head[1:])]
    return [
        f"| {' | '.join(head)} |",
        f"|{'|'.join(line)}|",
        *(f"| {' | '.join(row)} |" for row in rows),
        "",
    ]
