"""A text as words in normal form, each with its place in the text as received.

The spotter reads texts and stored names through this one function, so that both break alike. A
punctuation mark is a word of its own, and so is a blank line: no name reaches across either.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category

from nisba_service.names.normalise import Normalised, normal_form, normalise

PARAGRAPH_BREAK = "\n"

_WORD = re.compile(r"\w+|[^\w\s]")
# Where the script changes a word ends, too: وCNN, لـUNRWA.
_CHANGE = re.compile(r"[ء-ي][a-z]|[a-z][ء-ي]")
_WORD_OF_ONE_SCRIPT = re.compile(r"(?:(?![a-z])\w)+|(?:(?![ء-ي])\w)+|[^\w\s]")
_BLANK_LINE = re.compile(r"\n\s*\n")
# A possessive's apostrophe after an acronym: the PA's, the UN’s, the C.I.A.'s.
_ACRONYM_POSSESSIVE = re.compile(r"(?<=[A-Z][A-Z.])['’](?=s\b)")

# Between words for the tagger, too (see `clean`).
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def _apart(text: str) -> str:
    """Replace what parts words and vanishes in the normal form by spaces, one for one."""
    return _CONTROL.sub(" ", _ACRONYM_POSSESSIVE.sub(" ", text))


def texts_of(name: str) -> tuple[str, ...]:
    """Return the words of a name in normal form, as `Words` has them but without their places."""
    form = normal_form(_apart(name))
    return tuple(_pattern(form).findall(form))


def _pattern(form: str) -> re.Pattern[str]:
    return _WORD if _CHANGE.search(form) is None else _WORD_OF_ONE_SCRIPT


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in normal form; word i begins at `starts[i]` of the normal form."""

    original: str
    normalised: Normalised
    texts: tuple[str, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Words:
        """Return the words of a text or of a stored name."""
        normalised = normalise(_apart(text))
        texts: list[str] = []
        starts: list[int] = []
        breaks = deque(match.start() for match in _BLANK_LINE.finditer(text))
        for match in _pattern(normalised.text).finditer(normalised.text):
            while breaks and breaks[0] < normalised.offsets[match.start()]:
                breaks.popleft()
                texts.append(PARAGRAPH_BREAK)
                starts.append(match.start())
            texts.append(match.group())
            starts.append(match.start())
        return cls(text, normalised, tuple(texts), tuple(starts))

    def at(self, index: int) -> str:
        """Return a word, a paragraph break before the first and after the last."""
        return self.texts[index] if 0 <= index < len(self.texts) else PARAGRAPH_BREAK

    def written(self, index: int) -> str:
        """Return a word as it stands in the text, "" outside it."""
        if not 0 <= index < len(self.texts):
            return ""
        begin, end = self.span_of(index, index)
        return self.original[begin:end]

    def is_after_apostrophe(self, index: int) -> bool:
        """Say whether an apostrophe stands before a word: the "s" of "Hamas's"."""
        begin, _ = self.span_of(index, index)
        return self.original[begin - 1 : begin] in ("'", "’")

    def index_at(self, offset: int) -> int:
        """Return the word at an offset of the original text, else the one before it, -1 if none."""
        place = bisect_right(self.normalised.offsets, offset, hi=len(self.normalised.text)) - 1
        return bisect_right(self.starts, place) - 1

    def within(self, start: int, end: int) -> tuple[int, int]:
        """Return the first and last word that share a place with a span; last < first if none."""
        first = self.index_at(start)
        if first < 0 or self.span_of(first, first)[1] <= start:
            first += 1
        return first, self.index_at(end - 1)

    def span_of(self, first: int, last: int) -> tuple[int, int]:
        """Return the original's span of words, the last included."""
        return self.span(self.starts[first], self.starts[last] + len(self.texts[last]))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original's span of a non-empty span of the normal form.

        Letters and marks that vanish in the normal form belong to the word around them (the hamza
        of شهداء, a vowel sign); invisible characters and quotation marks do not.
        """
        offsets = self.normalised.offsets
        begin, last = offsets[start], offsets[end - 1]
        before = offsets[start - 1] if start else -1
        # A mark before the first letter belongs to the letter before it: وَحماس.
        while begin - 1 > before and category(self.original[begin - 1]) == "Lo":
            begin -= 1
        finish, limit = last + 1, offsets[end]
        while finish < limit and _belongs(self.original[finish]):
            finish += 1
        return begin, finish


@lru_cache(maxsize=2)
def words_of(text: str) -> Words:
    """Return `Words.of` a text, kept for who reads the same text next: they take 2 ms to find."""
    return Words.of(text)


def _belongs(character: str) -> bool:
    """Say whether a vanished character is part of its word: a letter, a mark, U.S.'s full stop."""
    return character.isalpha() or character == "." or category(character).startswith("M")
