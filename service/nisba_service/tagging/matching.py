"""A text's words as the automaton reads them, and which patterns found there are names.

A pattern is found wherever its letters stand; here it is decided whether a name stands there: whole
words but for Arabic particles, and the capitals that the name is stored with.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from nisba_service.tagging.proclitics import ALEF, ARTICLE, CONJUNCTIONS, LAM, PREFIX
from nisba_service.tagging.spelling import Spelling
from nisba_service.tagging.words import Words

_OPENING = frozenset("«“„")

Senses = tuple[tuple[Spelling, tuple[str, ...]], ...]
"""The entities that a pattern may mean, by how their names are spelt."""


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern at a place where its spelling fits; start and end count in the joined words.

    `restored` is what the writing after ل has dropped from the start of the name.
    """

    start: int
    end: int
    first: int
    last: int
    prefix_length: int
    restored: str
    entity_ids: tuple[str, ...]
    ordinary: bool
    weight: int


class Reader:
    """One text's words, joined as the automaton reads them, and the way back."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.joined = " ".join(("", *words.texts, ""))
        # Where each word begins in `joined`.
        self._begins = list(accumulate((len(text) + 1 for text in words.texts), initial=1))[:-1]

    def matches(self, pattern: str, start: int, end: int, senses: Senses) -> Iterator[Match]:
        """Yield the senses of a pattern that fit where it was found."""
        start += pattern.startswith(" ")
        first = bisect_right(self._begins, start) - 1
        last = bisect_right(self._begins, end - 2) - 1
        left = self.joined[self._begins[first] : start]
        for spelling, entity_ids in senses:
            reading = _read_left(left, pattern, spelling)
            if reading is None or not self._is_cased(first, last, spelling):
                continue
            if first < last and self._has_quotation(first, last):
                continue
            length, restored = reading if not spelling.skipped else (0, "")
            begin = self._begins[first + spelling.skipped] + length
            yield Match(
                start=begin,
                end=end - 1,
                first=first + spelling.skipped,
                last=last,
                prefix_length=length,
                restored=restored,
                entity_ids=entity_ids,
                ordinary=spelling.ordinary,
                weight=spelling.weight,
            )

    def _has_quotation(self, first: int, last: int) -> bool:
        """Say whether a quotation opens after the first word: "تنظيم «داعش»"."""
        start, end = self.words.span_of(first, last)
        return not _OPENING.isdisjoint(self.words.original[start:end])

    def _is_cased(self, first: int, last: int, spelling: Spelling) -> bool:
        if spelling.upper:
            return self.words.written(first).isupper()
        return all(self.words.written(first + i)[:1].isupper() for i in spelling.capitals)

    def span(self, first: int, start: int, last: int, end: int) -> tuple[int, int]:
        """Return the original's span of a span of the joined words."""
        starts = self.words.starts
        return self.words.span(
            starts[first] + start - self._begins[first], starts[last] + end - self._begins[last]
        )

    def prefix(self, match: Match, start: int) -> str:
        """Return the particles before a match as they are written."""
        if not match.prefix_length:
            return ""
        begin, _ = self.words.span(
            self.words.starts[match.first], self.words.starts[match.first] + 1
        )
        return self.words.original[begin:start]


def _read_left(left: str, pattern: str, spelling: Spelling) -> tuple[int, str] | None:
    """Return the length of the particles and what is to be restored; None if no name stands here.

    `left` is the part of the first word that stands before the pattern.
    """
    if not spelling.article:
        return (len(left), "") if not left or PREFIX.fullmatch(left) else None
    if left == ALEF:
        return 0, ""
    if left.endswith(ALEF) and PREFIX.fullmatch(left[:-1]):
        return len(left) - 1, ""
    if left.endswith(LAM) and PREFIX.fullmatch(left):
        return len(left), ALEF
    if pattern.startswith(LAM * 2) and (not left or left in CONJUNCTIONS):
        return len(left) + 1, ARTICLE  # ل + اللجنة is للجنة
    return None
