"""An evaluation as tables of text, for whatever shows tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from nisba_service.evaluation.calibration import CONFIDENT, Calibration, Share
from nisba_service.evaluation.evaluate import Evaluation, Section
from nisba_service.evaluation.scores import Agreement, Scores, TagScore

NOTHING = "–"

Row: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of as many cells as the header has; the first of each is its label."""

    title: str
    header: Row
    rows: tuple[Row, ...]


def tables(evaluation: Evaluation) -> tuple[Table, ...]:
    """Return the figures side by side, then each section's tags and reliability."""
    return (
        figures(evaluation.sections),
        *(tags(section) for section in evaluation.sections if section.end_to_end.tags),
        *(reliability(section) for section in evaluation.sections),
    )


def figures(sections: tuple[Section, ...]) -> Table:
    """Return one column for each section."""
    columns = [dict(_figures(section)) for section in sections]
    return Table(
        title="Figures",
        header=("", *(section.name for section in sections)),
        rows=tuple((label, *(column[label] for column in columns)) for label in columns[0]),
    )


def tags(section: Section) -> Table:
    """Return one row for each tag: how its mentions were answered, and the share right."""
    given = section.spans_given
    told = {} if given is None else {score.tag: score for score in given.tags}
    header = ("tag", "mentions", "right", "ambiguous", "wrong", "unknown", "missed", "share right")
    return Table(
        title=f"By tag, end to end: {section.name}",
        header=(*header, "spans given"),
        rows=tuple(
            (*_tag(score), number(told[score.tag].accuracy) if told else NOTHING)
            for score in section.end_to_end.tags
        ),
    )


def reliability(section: Section) -> Table:
    """Return one row for each bin of the links' confidence."""
    return Table(
        title=f"Reliability of links, end to end, bins of equal mass: {section.name}",
        header=("confidence", "links", "mean confidence", "share right"),
        rows=tuple(
            (
                f"{b.lowest:.3f}–{b.highest:.3f}",
                str(b.right.whole),
                number(b.mean_confidence),
                number(b.right.value),
            )
            for b in section.end_to_end.calibration.bins
        ),
    )


def number(value: float | None) -> str:
    """Return a figure with three digits, a dash for None."""
    return NOTHING if value is None else f"{value:.3f}"


def agreement(value: Agreement) -> str:
    """Return precision, recall and F1 as one cell."""
    return " ".join(map(number, (value.precision, value.recall, value.f1)))


def share(value: Share) -> str:
    """Return a share with what it is a share of."""
    return f"{number(value.value)} ({value.part}/{value.whole})"


def _tag(score: TagScore) -> Row:
    counts = (score.right, score.ambiguous, score.wrong, score.unknown, score.missed)
    return score.tag, str(score.mentions), *map(str, counts), number(score.accuracy)


def _figures(section: Section) -> Iterator[tuple[str, str]]:
    found, given = section.end_to_end, section.spans_given
    yield "documents", str(found.documents)
    yield "words", str(found.tokens)
    yield "gold mentions", str(found.mentions.gold)
    yield "mentions, exact span (P R F1)", agreement(found.mentions)
    yield "mentions, overlap (P R F1)", agreement(found.mentions_overlapping)
    for label, of in _LINKING:
        yield f"{label}, end to end", of(found)
        yield f"{label}, spans given", NOTHING if given is None else of(given)
    yield "links outside mentions per 1 000 words", number(found.links_outside_per_1000_tokens)
    yield from _calibration(found.calibration)


def _calibration(calibration: Calibration) -> Iterator[tuple[str, str]]:
    yield "expected calibration error of links", number(calibration.error)
    yield f"links of confidence ≥ {CONFIDENT} that are right", share(calibration.confident)


_LINKING: tuple[tuple[str, Callable[[Scores], str]], ...] = (
    ("InKB (P R F1)", lambda scores: agreement(scores.in_kb)),
    ("NIL (P R F1)", lambda scores: agreement(scores.nil)),
    ("NIL linked to somebody", lambda scores: share(scores.nil_linked)),
    ("NIL persons linked to somebody", lambda scores: share(scores.nil_persons_linked)),
)
