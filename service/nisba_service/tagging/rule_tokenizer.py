"""Sentences and their tokens by rules, in one pass; every token is a span of the text.

The tokens are those of the corpora that the taggers learn from: a hyphen parts words (al|-|Arouri),
a possessive and a contraction are tokens (Hamas|'s, did|n't), an abbreviation keeps its full stop
(Mr., U.S.), numbers and addresses stay whole, any other mark stands alone. Arabic particles stay
with their word.

A sentence ends with a mark that ends one, unless what is around says otherwise: a title or initials
before it, a small letter behind it. The marks are . ! ? ؟ ۔ and the ellipsis; the Arabic comma and
semicolon end none. A line that ends is a sentence's end where the next does not go on with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nisba_service.tagging.token_tables import (
    ABBREVIATIONS,
    ARABIC_TITLES,
    STARTERS,
    TITLES,
    TOP_LEVEL_DOMAINS,
)

Span = tuple[int, int]

# Part of the models' version: to be raised with every change that can move a token or a sentence.
VERSION = "rules-1"

_LETTER = r"[^\W\d_]"
_ARABIC_LETTER = r"[\u0621-\u064a]"
# Letters and digits, with the marks that Arabic sets on its letters.
_WORD = r"[\w\u064b-\u065f\u0670]"
_CLITIC = r"(?:['’](?:[sS]|[mM]|[dD]|re|RE|ve|VE|ll|LL)(?!\w))"
_NEGATION = r"(?:[nN]['’][tT](?!\w))"
# Lengths are bounded, so that a long run of letters is not read again from each of its places.
_TOKEN = re.compile(
    rf"""
      (?:https?://|www\.)[^\s<>"«»،؛]{{1,500}}?(?=[.,;:!?)\]'"’”؟،؛]{{0,9}}(?:\s|$))  # addresses
    | [\w.+-]{{1,64}}@\w[\w-]{{0,63}}(?:\.\w[\w-]{{0,63}})+
    | \w[\w-]{{0,63}}(?:\.[\w-]{{1,63}}){{0,5}}\.(?:{TOP_LEVEL_DOMAINS})(?![\w.])
    | \d+(?:[.,:/٫٬]\d+)+  # 3.5, 10:30, ٣٫٥
    | (?:{_LETTER}\.){{2,12}}(?!\w)  # U.S., a.m., أ.د.
    | (?:[A-Z]\.){{1,12}}[A-Z](?!\w)  # U.S
    | {_ARABIC_LETTER}{{1,3}}(?:\.{_ARABIC_LETTER}{{1,2}}){{2,12}}(?!\w)  # بي.بي.سي
    | (?:{"|".join(sorted(TITLES | ABBREVIATIONS, key=len, reverse=True))})\.(?!\w)
    | (?<![\w.])(?:[A-Z]|و?[{"".join(sorted(ARABIC_TITLES))}])\.(?=\s*{_LETTER})  # J. Smith
    | [A-Z]{{1,5}}&[A-Z]{{1,5}}(?!\w)  # AT&T
    | {_NEGATION}
    | {_CLITIC}
    | (?:(?!{_NEGATION}){_WORD})+(?:(?!{_CLITIC})['’](?={_LETTER})(?:(?!{_NEGATION}){_WORD})+)*
    | \.{{2,}} | -{{2,}}
    | \S
    """,
    re.VERBOSE,
)

_ENDS = frozenset(".!?؟۔")
_ELLIPSIS = re.compile(r"\.{2,}|…")
# Marks that close what the sentence ends in: "«لا.» ثم", '("It failed.") He'.
_CLOSING = re.compile(r"[\"'’”»)\]]")
_ARABIC = re.compile(_ARABIC_LETTER)
_NUMBER = re.compile(r"\d")
# A line that goes on is longer than a headline or an item of a list.
_HEADLINE = 45


def sentences(text: str) -> Iterator[list[Span]]:
    """Yield the sentences of a text, each a non-empty list of tokens in order, half-open spans."""
    spans = [match.span() for match in _TOKEN.finditer(text)]
    tokens = [text[start:end] for start, end in spans]
    reading = _Reading(text, spans, tokens)
    begin = 0
    for index in range(len(spans)):
        if index + 1 == len(spans) or reading.ends_at(index):
            yield spans[begin : index + 1]
            begin = index + 1


class _Reading:
    """A tokenized text, asked whether a sentence ends with one of its tokens."""

    def __init__(self, text: str, spans: list[Span], tokens: list[str]) -> None:
        self._text = text
        self._spans = spans
        self._tokens = tokens
        self._line_start = 0

    def ends_at(self, index: int) -> bool:
        """Say whether a sentence ends with a token, not the last. To be asked in order."""
        between = self._text[self._spans[index][1] : self._spans[index + 1][0]]
        if "\n" in between:
            start, self._line_start = self._line_start, self._spans[index + 1][0]
            return "\n" in between.replace("\n", "", 1) or self._line_ends(index, start)
        following = self._tokens[index + 1]
        if _CLOSING.fullmatch(following) and not between:
            return False  # the closing mark is the sentence's, and is asked next
        last = self._last(index)
        if not between and not self._is_glued(last):
            return False
        return self._is_end(last, following)

    def _last(self, index: int) -> int:
        """Return the token that may end a sentence: the one before the closing marks."""
        last = index
        while last > 0 and _CLOSING.fullmatch(self._tokens[last]):
            if self._spans[last - 1][1] != self._spans[last][0]:
                return index  # an opening quotation mark
            last -= 1
        return last

    def _is_end(self, index: int, following: str) -> bool:
        token = self._tokens[index]
        if token in _ENDS:
            return not following[0].islower()
        if _ELLIPSIS.fullmatch(token):
            return following[0].isupper()
        if not token.endswith(".") or len(token) == 1:
            return False
        return self._abbreviation_ends(token[:-1], following)

    def _abbreviation_ends(self, word: str, following: str) -> bool:
        if word in TITLES or len(word) == 1 or _ARABIC.match(word):
            return False
        return following in STARTERS

    def _is_glued(self, index: int) -> bool:
        """Say whether a full stop ends a sentence with no space behind it: "الرياض.وقال"."""
        if self._tokens[index] != "." or not 0 < index < len(self._tokens) - 1:
            return False
        before, behind = self._tokens[index - 1], self._tokens[index + 1]
        if min(len(before), len(behind)) == 1 or _NUMBER.match(behind):
            return False
        if _ARABIC.match(before) and _ARABIC.match(behind):
            return True
        return before[-1].islower() and behind[0].isupper()

    def _line_ends(self, index: int, line_start: int) -> bool:
        """Say whether a sentence ends with a line: not where the line is long and goes on."""
        if self._tokens[self._last(index)] in _ENDS:
            return True
        following = self._tokens[index + 1][0]
        if following.islower():
            return False
        return self._spans[index][1] - line_start < _HEADLINE or not following.isalnum()
