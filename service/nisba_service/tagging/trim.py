"""A tagged span cut down to the name in it.

In order: punctuation at its ends, a possessive 's, "the", a verb, titles, Arabic particles. What
the gazetteer knows as a name stays whole ("الملك عبد الله", "The Hague").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nisba_service.names.scripts import script_of
from nisba_service.names.types import EntityType, Script
from nisba_service.tagging import cues, name_ends, no_names, place_words, titles
from nisba_service.tagging.clean import clean, plain
from nisba_service.tagging.cues import is_feminine_verb, is_persons_verb
from nisba_service.tagging.given_names import may_be_given_name
from nisba_service.tagging.model import TaggedSpan
from nisba_service.tagging.proclitics import ARTICLE, CONJUNCTIONS, split
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
        first, last = words.within(span.start, span.end)
        while first <= last and not words.at(first)[0].isalnum():
            first += 1
        while last >= first and not words.at(last)[0].isalnum():
            last -= 1
        if first > last:
            return None
        if last > first and words.at(last) == "s" and words.is_after_apostrophe(last):
            last -= 1
        if last > first and words.at(first) == "the" and not self._is_place(words, first, last):
            first += 1
        if span.type is EntityType.PERSON:
            first += _count_outside(words.texts[first : last + 1])
            last = name_ends.last_word(words, first, last, self.is_name, self.is_known)
            first -= words.at(first - 1) in titles.ROYAL
        elif first < last:
            first += self._count_around(words, first, last, span.type)
            last -= first < last and words.at(last) in place_words.NEAR
            last = name_ends.last_word_of_body(words, first, last, self.is_name)
        texts = words.texts[first : last + 1]
        if all(map(titles.is_beside_names, texts)) or self._is_no_name(words, first, last, span):
            return None
        return first, last

    def _count_around(self, words: Words, first: int, last: int, type: EntityType) -> int:
        """Return how many words before a body's or a place's name say what it is."""
        if words.at(first) in titles.AROUND:
            return 1
        start, end = words.span_of(first, last)
        if type is not EntityType.LOCATION or self.is_name(words.original[start:end]):
            return 0
        kind = words.at(first)
        if kind not in place_words.KINDS_OUTSIDE and kind[1:] not in place_words.KINDS_OUTSIDE:
            return 0
        return 1 + (first + 1 < last and cues.is_adjective(words.at(first + 1)))

    def _is_no_name(self, words: Words, first: int, last: int, span: TaggedSpan) -> bool:
        texts = (cues.without_conjunction(words.at(first)), *words.texts[first + 1 : last + 1])
        start, end = words.span_of(first, last)
        return no_names.is_no_name(texts, span.type) and not self.is_name(words.original[start:end])

    def _is_place(self, words: Words, first: int, last: int) -> bool:
        """Say whether "the" is written and known as part of a name: "The Hague"."""
        start, end = words.span_of(first, last)
        return words.written(first) == "The" and self.is_name(words.original[start:end])

    def _without_particles(self, words: Words, name: Trimmed) -> Trimmed:
        text = words.original[name.start : name.end]
        if script_of(text) is not Script.ARABIC:
            return _named(name, name.start, "", plain(text))
        cleaned = clean(text)
        taken = split(plain(text), self.is_known)
        start = name.start + (cleaned.starts[taken.length] if taken.length else 0)
        return _named(name, start, words.original[name.start : start], taken.name)


def _count_outside(texts: tuple[str, ...]) -> int:
    """Return how many words before a person's name are a verb and titles; never all of them."""
    verb = int(len(texts) > 1 and _is_verb(*texts[:2]))
    return verb + titles.count_before(texts[verb:])


def _is_verb(word: str, following: str) -> bool:
    """Say whether a tagger has glued a verb to its subject: "فردت السعداوي"."""
    if is_persons_verb(word):
        return True
    if not (word[0] in CONJUNCTIONS and is_feminine_verb(word)):
        return False
    return following.startswith(ARTICLE) or may_be_given_name(following)


def _named(trimmed: Trimmed, start: int, prefix: str, name: str) -> Trimmed:
    return Trimmed(start, trimmed.end, trimmed.first, trimmed.last, prefix, name, trimmed.type)
