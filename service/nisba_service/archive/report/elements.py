"""The parts that the page is made of. Whatever comes from an archive is escaped here."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from nisba_service.archive.context import harmless, language_of
from nisba_service.archive.report.facts import Answer, Example, Named
from nisba_service.archive.report.tally import Count
from nisba_service.archive.report.words import OUTCOMES, Label, Words
from nisba_service.names.scripts import script_of
from nisba_service.names.types import Language, Script


def text(value: str) -> str:
    """Return a text that keeps its own direction inside a line of the other one."""
    return f'<bdi lang="{language_of(value)}">{escape(harmless(value))}</bdi>'


def label(words: Words | Label) -> str:
    """Return a label in both languages, side by side."""
    both = words.value if isinstance(words, Words) else words
    arabic = f'<span lang="ar" dir="rtl">{both.arabic}</span>'
    return f'<span class="both"><span>{both.english}</span> {arabic}</span>'


def heading(level: int, words: Words | Label, anchor: str = "") -> str:
    """Return a heading in both languages."""
    id = f' id="{anchor}"' if anchor else ""
    return f"<h{level}{id}>{label(words)}</h{level}>"


def number(value: int) -> str:
    """Return a whole number with its thousands marked."""
    return f"{value:,}"


def plural(value: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{value:,} {noun}{'' if value == 1 else 's'}"


def count(counted: Count) -> str:
    """Return how many mentions there are in how many documents."""
    mentions, documents = counted.mentions, counted.documents
    return (
        f'<span class="count"><b>{mentions:,}</b> mention{"" if mentions == 1 else "s"} in'
        f" {plural(documents, 'document')}</span>"
    )


def named(entity: Named) -> str:
    """Return an entity: its names in both languages, and its ID."""
    names = " ".join(
        f'<bdi class="name" lang="{language}">{escape(harmless(name))}</bdi>'
        for language, name in entity.names
    )
    return f"{names} <code>{text(entity.id)}</code>".lstrip()


def answer(given: Answer | None) -> str:
    """Return what a mention was said to be."""
    if given is None:
        return f'<span class="faint">{label(Words.NO_MENTION)}</span>'
    if given.entity is not None:
        return named(given.entity)
    return f'<span class="faint">{label(OUTCOMES[given.outcome])}</span>'


def article(header: str, examples: Iterable[Example]) -> str:
    """Return a box: a header, which is HTML, and mentions in their texts, each marked."""
    quotes = "\n".join(map(_quote, examples))
    return f"<article><header>{header}</header>\n{quotes}</article>"


def _quote(example: Example) -> str:
    context = example.context
    marked = (
        f"{escape(context.before)}<mark>{escape(context.mention)}</mark>{escape(context.after)}"
    )
    day = "" if example.date is None else f" · <time>{example.date.isoformat()}</time>"
    return (
        f'<figure dir="{_direction(str(context))}"><blockquote lang="{context.language}">{marked}'
        f"</blockquote><figcaption>{text(example.document_id)}{day}</figcaption></figure>"
    )


def _direction(context: str) -> str:
    """Return the direction of most letters: a text may begin with a word of the other script."""
    if script_of(context) is Script.OTHER:
        return "auto"
    return "rtl" if language_of(context) is Language.AR else "ltr"


def table(header: Iterable[Words], rows: Iterable[Iterable[str]]) -> str:
    """Return a table; cells are HTML."""
    head = "".join(f"<th>{label(words)}</th>" for words in header)
    body = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return (
        f'<div class="wide"><table>\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{body}\n</tbody>\n</table></div>"
    )


def note(sentence: str) -> str:
    """Return a sentence about what is shown; it holds nothing from an archive but figures."""
    return f'<p class="note">{escape(sentence)}</p>'


def shown(number_shown: int, total: int, what: str) -> str:
    """Return a note where not everything is shown."""
    if number_shown >= total:
        return ""
    return note(f"{number_shown:,} of {total:,} {what} are shown.")
