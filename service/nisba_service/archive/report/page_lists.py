"""The sections on entities over time, on new names, and on links to review."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from nisba_service.archive.context import harmless
from nisba_service.archive.report.elements import (
    article,
    count,
    heading,
    label,
    named,
    note,
    number,
    shown,
    table,
    text,
)
from nisba_service.archive.report.facts import (
    AmbiguousName,
    EntityOverTime,
    NewName,
    Report,
    WeakLink,
)
from nisba_service.archive.report.timeline import Axis, peak, ticks, timeline
from nisba_service.archive.report.words import TYPES, Words


def over_time(report: Report) -> str:
    """Return the entities that are named most, each with its course."""
    if not report.entities:
        return ""
    axis = Axis.of(month for entity in report.entities for month, _ in entity.months)
    header = (Words.ENTITY, Words.MENTIONS, Words.DOCUMENTS, Words.MONTHS, Words.PEAK)
    rows = [_entity(entity, axis) for entity in report.entities]
    if axis is not None:
        rows.append(("", "", "", ticks(axis), ""))
    undated = "" if axis is not None else note("No document has a date.")
    return (
        f'<section id="over-time" class="timelines">{heading(2, Words.OVER_TIME)}\n'
        f"{table(header, rows)}\n{undated}</section>"
    )


def _entity(entity: EntityOverTime, axis: Axis | None) -> Sequence[str]:
    counts = number(entity.count.mentions), number(entity.count.documents)
    if axis is None or not entity.months:
        return (named(entity.entity), *counts, "", "")
    when, most = peak(axis, entity.months)
    said = escape(harmless(f"{entity.entity.id}: at most {most} mentions, in {when}"))
    course = timeline(axis, entity.months, said)
    return (named(entity.entity), *counts, course, f"<b>{number(most)}</b> · <time>{when}</time>")


def new_names(report: Report) -> str:
    """Return the names that the gazetteer lacks, those in most documents first."""
    if not report.new_names:
        return ""
    return "\n".join(
        (
            f'<section id="new-names">{heading(2, Words.NEW_NAMES)}',
            shown(len(report.new_names), report.new_name_total, "names"),
            *map(_new_name, report.new_names),
            "</section>",
        )
    )


def _new_name(name: NewName) -> str:
    spellings = " · ".join(
        f'<span class="name {name.type.lower()} nil">{text(spelling)}</span>'
        f' <span class="faint">{times:,}</span>'
        for spelling, times in name.spellings
    )
    if more := name.spelling_total - len(name.spellings):
        spellings += f' <span class="faint">+ {more:,}</span>'
    days = "" if name.first is None else f"<time>{name.first}</time> – <time>{name.last}</time>"
    kind = f'<span class="chip">{label(TYPES[name.type])}</span>'
    return article(
        f"<div>{spellings}</div><div>{kind} {count(name.count)} {days}</div>", name.examples
    )


def doubts(report: Report) -> str:
    """Return the links that a person should look at."""
    if not report.weak and not report.ambiguous:
        return ""
    parts = [f'<section id="doubts">{heading(2, Words.DOUBTS)}']
    if report.ambiguous:
        parts += [
            heading(3, Words.AMBIGUOUS),
            shown(len(report.ambiguous), report.ambiguous_total, "names"),
            *map(_ambiguous, report.ambiguous),
        ]
    if report.weak:
        parts += [
            heading(3, Words.WEAK),
            shown(len(report.weak), report.weak_total, "pairs of a name and an entity"),
            *map(_weak, report.weak),
        ]
    return "\n".join((*parts, "</section>"))


def _ambiguous(name: AmbiguousName) -> str:
    candidates = "".join(
        f"<li>{named(entity)} <span class='faint'>{score:.2f}</span></li>"
        for entity, score in name.candidates
    )
    return article(
        f'<div><span class="name">{text(name.name)}</span></div>{count(name.count)}'
        f'<ul class="candidates">{candidates}</ul>',
        name.examples,
    )


def _weak(link: WeakLink) -> str:
    return article(
        f'<div><span class="name">{text(link.name)}</span> <b>→</b> {named(link.entity)}</div>'
        f'<div><span class="faint">{link.lowest:.2f}</span> {count(link.count)}</div>',
        link.examples,
    )
