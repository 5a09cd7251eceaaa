"""The results as a page of Markdown: figures, slices, and what they were measured with."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from nisba_service.evaluation.evaluate import Evaluation, Section
from nisba_service.evaluation.scores import TagScore
from nisba_service.evaluation.tables import Row, Table, figures, number

PEER, NISBA = "extractOne", "Nisba"


@dataclass(frozen=True, slots=True)
class Run:
    """One run over the same documents.

    Attributes:
        title: what documents they are.
        files: names of the files.
        cutoffs: the peer's, "en 86, ar 90".
        versions: of gazetteer, models and policy.
    """

    title: str
    peer: Evaluation
    nisba: Evaluation
    files: tuple[str, ...]
    cutoffs: str
    versions: str


def tables(run: Run) -> tuple[Table, ...]:
    """Return the figures of both, section by section, and their accuracy by tag."""
    both = list(zip(run.peer.sections, run.nisba.sections, strict=True))
    columns = chain.from_iterable(
        (replace(peer, name=f"{PEER} {peer.name}"), replace(nisba, name=f"{NISBA} {nisba.name}"))
        for peer, nisba in both
    )
    return figures(tuple(columns)), *(_tags(peer, nisba) for peer, nisba in both)


def markdown(runs: Sequence[Run]) -> str:
    """Return the page."""
    return "\n".join(
        (
            "# Linking: Nisba against Stanza with `extractOne`",
            "",
            *_what(runs[0]),
            *chain.from_iterable(map(_section, runs)),
        )
    )


def _section(run: Run) -> Iterator[str]:
    yield from ("", f"## {run.title}", "")
    yield f"{', '.join(run.files)}. Cutoffs: {run.cutoffs}."
    yield from chain.from_iterable(map(_markdown, tables(run)))


def _what(run: Run) -> Iterator[str]:
    yield (
        "Peer: Stanza's tags (the same models), each linked to the stored name most alike by "
        "`rapidfuzz.process.extractOne(scorer=WRatio)`, above a cutoff. The cutoff is the best "
        "on the very documents that it is measured on. Figures: docs/evaluation.md. No weight was "
        "fitted to the held-out documents and their errors were not read, but their totals were "
        "watched while rules and two thresholds were chosen: their figures are mildly optimistic."
    )
    yield ""
    yield f"- {run.versions}"
    yield f"- stanza {version('stanza')}, rapidfuzz {version('rapidfuzz')}"
    yield f"- {_machine()}, {date.today().isoformat()}"
    yield "- written by `make bench-linking`"


def _machine() -> str:
    return f"{os.cpu_count()} cores, {_processor()}, Python {platform.python_version()}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.machine())


def _tags(peer: Section, nisba: Section) -> Table:
    theirs = {score.tag: score for score in peer.end_to_end.tags}
    return Table(
        title=f"Share right by tag, end to end: {peer.name}",
        header=("tag", "mentions", PEER, NISBA),
        rows=tuple(_tag(theirs[score.tag], score) for score in nisba.end_to_end.tags),
    )


def _tag(peer: TagScore, nisba: TagScore) -> Row:
    return nisba.tag, str(nisba.mentions), number(peer.accuracy), number(nisba.accuracy)


def _markdown(table: Table) -> Iterator[str]:
    yield from ("", f"### {table.title}", "")
    yield _line(table.header)
    yield _line(["---", *("---:" for _ in table.header[1:])])
    yield from map(_line, table.rows)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
