"""A tagged span cut down to the name in it.

In order: punctuation at its ends, a possessive 's, "the", titles, Arabic particles. What the
gazetteer knows as a name stays whole ("الملك عبد الله", "The Hague").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nisba_service.names.scripts import script_of
from nisba_service.names.types import EntityType, Script
from nisba_service.tagging import titles
from nisba_service.tagging.clean import clean, plain
from nisba_service.tagging.model import TaggedSpan
from nisba_service.tagging.proclitics import split
from nisba_service.tagging.words import Words


@dataclass(frozen=True, slots=True)
class Trimmed:
    """A tagged name: its span, its first and last word, and the fields of a Mention."""

    start: int
    end: int
    first: int
    last: int
    prefix: str
    name: str
    type: EntityType


@dataclass(frozen=True, slots=True)
class Trimmer:
    """Trims by what the gazetteer knows.

    Attributes:
        is_name: says whether a whole name is known.
        is_known: says whether a name is known, or its first word from one.
    """

    is_name: Callable[[str], bool]
    is_known: Callable[[str], bool]

    def trim(self, words: Words, span: TaggedSpan) -> Trimmed | None:
        """Return the name in a tagged span, None if no letter is left."""
        ends = self._ends(words, span)
        if ends is None:
            return None
        first, last = ends
        start, end = words.span_of(first, last)
        return self._without_particles(words, Trimmed(start, end, first, last, "", "", span.type))

    def _ends(self, words: Words, span: TaggedSpan) -> tuple[int, int] | None:
        """Return the first and last word of the name."""
        first, last = words.index_at(span.start), words.index_at(span.end - 1)
        first = max(first, 0)
        while first <= last and not words.at(first)[0].isalnum():
            first += 1
        while last >= first and not words.at(last)[0].isalnum():
            last -= 1
        if first > last:
            return None
        if last > first and words.at(last) == "s" and words.is_after_apostrophe(last):
            last -= 1
        start, end = words.span_of(first, last)
        if self.is_name(words.original[start:end]):
            return first, last
        if last > first and words.at(first) == "the":
            first += 1
        if span.type is EntityType.PERSON:
            first += titles.count_before(words.texts[first : last + 1], span.type)
        return first, last

    def _without_particles(self, words: Words, name: Trimmed) -> Trimmed:
        text = words.original[name.start : name.end]
        if script_of(text) is not Script.ARABIC:
            return _named(name, name.start, "", plain(text))
        cleaned = clean(text)
        taken = split(plain(text), self.is_known)
        start = name.start + (cleaned.starts[taken.length] if taken.length else 0)
        return _named(name, start, words.original[name.start : start], taken.name)


def _named(trimmed: Trimmed, start: int, prefix: str, name: str) -> Trimmed:
    return Trimmed(start, trimmed.end, trimmed.first, trimmed.last, prefix, name, trimmed.type)
