"""Results for a person at a terminal.

Names of either script stand in lines of either direction, so each is wrapped in Unicode's
first-strong isolate: a terminal that knows right-to-left then orders every part by itself.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

import nisba
from nisba_service.cli.reasons import reasons

PIPED_WIDTH = 120
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"

# One visible sign for each control character: rich drops some, which would shift every mark after
# them, and a terminal obeys others.
_VISIBLE_CONTROLS: dict[int, int | str] = {
    **{code: 0x2400 + code for code in range(0x20) if chr(code) not in "\n\t"},
    0x0D: " ",
    0x7F: 0x2421,
}

_TYPE_STYLE = {
    nisba.EntityType.PERSON: "bold cyan",
    nisba.EntityType.ORGANIZATION: "bold magenta",
    nisba.EntityType.LOCATION: "bold green",
}
_OUTCOME_STYLE = {
    nisba.Outcome.LINKED: "green",
    nisba.Outcome.AMBIGUOUS: "yellow",
    nisba.Outcome.NIL: "dim",
}


def console() -> Console:
    """Return a console as wide as the terminal, or as COLUMNS says; piped, wide enough for IDs."""
    is_set = sys.stdout.isatty() or "COLUMNS" in os.environ
    return Console(highlight=False, width=None if is_set else PIPED_WIDTH)


def isolate(text: str) -> str:
    """Return a text that keeps its own direction inside a line of the other one."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def document(console: Console, text: str, linked: nisba.LinkedDocument) -> None:
    """Print a document with its mentions marked, and a row for each name that it holds."""
    console.rule(Text(f"{linked.id or 'text'} ({linked.language})"), style="dim")
    console.print(_marked(text, linked.mentions), soft_wrap=False)
    console.print()
    console.print(_names_table(linked.mentions))


def explanation(console: Console, mentions: tuple[nisba.Mention, ...]) -> None:
    """Print what speaks for the two best candidates of each name, and what settled it."""
    table = _table("name", "entity", "score", "log-odds")
    for _, mention in _distinct(mentions):
        for candidate in mention.candidates[:2]:
            table.add_row(
                isolate(mention.name),
                candidate.entity_id,
                f"{candidate.score:.2f}",
                f"{isolate(candidate.matched_name)}: {reasons(candidate)}",
            )
    console.print()
    console.print(table)


def timing(console: Console, timing: nisba.Timing | None) -> None:
    """Print where the time of a call went, if a service said."""
    if timing is None:
        return
    phases = ("queue", "batch", "tag", "link", "total")
    told = ", ".join(f"{phase} {getattr(timing, phase):.1f}" for phase in phases)
    console.print(Text(f"milliseconds: {told}; request {timing.request_id}", "dim"))


def resolved(console: Console, names: Iterable[nisba.ResolvedName]) -> None:
    """Print a row for each name."""
    table = _table("name", "outcome", "entity", "confidence", "matched", "other candidates")
    for name in names:
        best, others = name.candidates[:1], name.candidates[1:3]
        table.add_row(
            isolate(name.name),
            Text(name.outcome, _OUTCOME_STYLE.get(name.outcome, "")),
            name.entity_id or "",
            f"{name.confidence:.2f}",
            isolate(best[0].matched_name) if best else "",
            "\n".join(f"{c.entity_id} {c.score:.2f}" for c in others),
        )
    console.print(table)


def entity(console: Console, entity: nisba.Entity) -> None:
    """Print an entity with its names, relations and IDs."""
    console.print(Text(entity.id, "bold"), Text(entity.type, _TYPE_STYLE.get(entity.type, "")))
    console.print(entity.description, highlight=False)
    table = _table("name", "language", "kind")
    for name in entity.names:
        table.add_row(isolate(name.name), name.language, name.kind)
    console.print(table)
    for relation in entity.relations:
        console.print(f"{relation.rel} → {relation.target_id}", highlight=False)
    ids = {"wikidata": entity.wikidata_id, **entity.other_ids}
    for source, id in ids.items():
        if id:
            console.print(f"{source}: {id}", highlight=False)


def shared(console: Console, english: nisba.LinkedDocument, arabic: nisba.LinkedDocument) -> None:
    """Print the entities that two documents have in common, as each of them names them."""
    table = _table("entity", english.language, arabic.language)
    for id in sorted(english.entity_ids & arabic.entity_ids):
        table.add_row(id, *(_spellings(document, id) for document in (english, arabic)))
    console.rule(Text("the same entities in both"), style="dim")
    console.print(table)


def _spellings(document: nisba.LinkedDocument, entity_id: str) -> str:
    names = dict.fromkeys(m.name for m in document.mentions if m.entity_id == entity_id)
    return ", ".join(map(isolate, names))


def _marked(text: str, mentions: Iterable[nisba.Mention]) -> Text:
    marked = Text(text.translate(_VISIBLE_CONTROLS))
    for mention in mentions:
        style = _TYPE_STYLE.get(mention.type, "bold")
        if mention.outcome is not nisba.Outcome.LINKED:
            style += " underline"
        marked.stylize(style, mention.start, mention.end)
    return marked


def _names_table(mentions: tuple[nisba.Mention, ...]) -> Table:
    table = _table("name", "×", "type", "outcome", "entity", "confidence", "because of")
    for count, mention in _distinct(mentions):
        longer = mention.antecedent
        table.add_row(
            isolate(mention.name),
            str(count),
            Text(mention.type, _TYPE_STYLE.get(mention.type, "")),
            Text(mention.outcome, _OUTCOME_STYLE.get(mention.outcome, "")),
            _answer(mention),
            f"{mention.confidence:.2f}",
            isolate(mentions[longer].name) if longer is not None else "",
        )
    return table


def _distinct(mentions: Iterable[nisba.Mention]) -> Iterator[tuple[int, nisba.Mention]]:
    """Yield each distinct name with its number of mentions and its first mention."""
    seen: dict[tuple[str, str, str | None], list[nisba.Mention]] = {}
    for mention in mentions:
        seen.setdefault((mention.name, mention.outcome, mention.entity_id), []).append(mention)
    for same in seen.values():
        yield len(same), same[0]


def _answer(mention: nisba.Mention) -> str:
    if mention.outcome is nisba.Outcome.AMBIGUOUS:
        return "\n".join(f"{c.entity_id} ?" for c in mention.candidates[:3])
    return mention.entity_id or ""


# An ID, a word or a figure in two lines cannot be read or copied; names may break at spaces.
_WHOLE = frozenset({"entity", "other candidates", "×", "type", "outcome", "confidence"})


def _table(*columns: str) -> Table:
    """Return a table in which IDs stay whole, since an ID in two lines cannot be copied."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in columns:
        table.add_column(
            column,
            no_wrap=column in _WHOLE,
            overflow="fold",
            justify="right" if column == "×" else "left",
        )
    return table
