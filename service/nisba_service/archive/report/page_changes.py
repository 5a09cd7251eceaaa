"""The section on what changed, and why."""

from __future__ import annotations

from nisba_service.archive.report.elements import (
    answer,
    article,
    count,
    heading,
    label,
    named,
    note,
    number,
    plural,
    shown,
    table,
)
from nisba_service.archive.report.facts import ChangeKind, Changes, Way
from nisba_service.archive.report.words import CHANGES, Words


def changes(found: Changes) -> str:
    """Return the section."""
    parts = [f'<section id="changes">{heading(2, Words.CHANGES)}', note(_compared(found))]
    if found.kinds:
        parts += [_kinds(found), _reasons(found), *map(_kind, found.kinds)]
    return "\n".join((*filter(None, parts), "</section>"))


def _compared(found: Changes) -> str:
    told = f"In both states: {plural(found.documents, 'document')}"
    if found.not_compared:
        told += f"; in one of them only, and not compared: {found.not_compared:,}"
    total = found.total
    if not total.mentions:
        return f"{told}. No mention has another answer."
    mentions, documents = plural(total.mentions, "mention"), plural(total.documents, "document")
    return f"{told}. Changed: {mentions} in {documents}."


def _kinds(found: Changes) -> str:
    header = (Words.CHANGE, Words.MENTIONS, Words.DOCUMENTS)
    rows = (
        (
            f'<a href="#{kind.change}">{label(CHANGES[kind.change])}</a>',
            number(kind.count.mentions),
            number(kind.count.documents),
        )
        for kind in found.kinds
    )
    return table(header, rows)


def _reasons(found: Changes) -> str:
    if not found.reasons_known:
        return note(
            "Why is not known: no incremental run leads from one state to the other, or the"
            " documents were linked from scratch."
        )
    header = (Words.ENTITY, Words.MENTIONS, Words.DOCUMENTS)
    rows = (
        (named(entity), number(counted.mentions), number(counted.documents))
        for entity, counted in found.reasons
    )
    return "\n".join(
        (
            heading(3, Words.REASONS),
            table(header, rows),
            shown(len(found.reasons), found.reason_total, "entities"),
        )
    )


def _kind(kind: ChangeKind) -> str:
    return "\n".join(
        (
            heading(3, CHANGES[kind.change], kind.change),
            f"<p>{count(kind.count)}</p>",
            *map(_way, kind.ways),
            shown(len(kind.ways), kind.way_total, "ways"),
        )
    )


def _way(way: Way) -> str:
    now = answer(way.after)
    turn = now if way.before == way.after else f"{answer(way.before)} <b>→</b> {now}"
    because = ""
    if way.because:
        reasons = " ".join(f'<span class="chip">{named(entity)}</span>' for entity in way.because)
        because = f'<p class="because">{label(Words.BECAUSE)} {reasons}</p>'
    return article(f"<div>{turn}</div>{count(way.count)}{because}", way.examples)
