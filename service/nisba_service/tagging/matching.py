"""At which places of a text known names stand.

A word may begin a name as it is, or without Arabic particles joined to it; then the dictionary
tells whether the words from there on are a name, and its spelling whether it may stand so: with
the capitals that it is stored with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nisba_service.tagging.known_names import NameBook
from nisba_service.tagging.proclitics import ALEF, ARTICLE, CONJUNCTIONS, LAM, PREFIX
from nisba_service.tagging.spelling import Spelling, nominative
from nisba_service.tagging.words import Words

_OPENING = frozenset("«“„")
# No word begins with more particles than these: وب.
_LONGEST_PREFIX = 2


@dataclass(frozen=True, slots=True)
class Match:
    """A known name at a place where its spelling fits.

    Attributes:
        first, last: its first and last word.
        prefix_length: the letters of the first word that are particles.
        restored: what the writing after ل has dropped from the start of the name.
        spelling: how the name is spelt.
        entity_id: who bears it.
    """

    first: int
    last: int
    prefix_length: int
    restored: str
    spelling: Spelling
    entity_id: str


@dataclass(frozen=True, slots=True)
class _Beginning:
    """A word read as the first of a name: its particles, and the word that a name is stored with.

    `exact`: as it is, which any name may be; else only one that takes particles.
    """

    prefix_length: int
    restored: str
    word: str
    exact: bool


def matches(words: Words, names: NameBook) -> Iterator[Match]:
    """Yield the names at every place of a text, in order of their first words."""
    for first, word in enumerate(words.texts):
        for beginning in _beginnings(word):
            lengths = names.lengths(beginning.word)
            if lengths:
                yield from _from(words, names, first, beginning, lengths)


def _beginnings(word: str) -> Iterator[_Beginning]:
    """Yield the ways to read a word as the first of a name, the longest first."""
    yield _Beginning(0, "", word, exact=True)
    if nominative(word) != word:
        yield _Beginning(0, "", nominative(word), exact=False)
    for length in range(_LONGEST_PREFIX + 1):
        prefix, rest = word[:length], word[length:]
        if length and not PREFIX.fullmatch(prefix):
            return
        if length and rest:
            yield _Beginning(length, "", nominative(rest), exact=False)
            if nominative(rest) != rest:
                yield _Beginning(length, "", rest, exact=False)
        if prefix.endswith(LAM) and rest.startswith(LAM):
            yield _Beginning(length, ALEF, ALEF + rest, exact=False)  # ل + لسلطة is السلطة
        if rest.startswith(LAM * 2) and (not prefix or prefix in CONJUNCTIONS):
            yield _Beginning(length + 1, ARTICLE, ALEF + rest, exact=False)  # ل + اللجنة is للجنة


def _from(
    words: Words, names: NameBook, first: int, beginning: _Beginning, lengths: int
) -> Iterator[Match]:
    """Yield the names that begin at a word."""
    for length in range(1, lengths.bit_length() + 1):
        last = first + length - 1
        if not lengths >> length - 1 & 1 or last >= len(words.texts):
            continue
        form = " ".join((beginning.word, *words.texts[first + 1 : last + 1]))
        for spelling, entity_id in names.bearers(form):
            if _fits(words, first, last, beginning, spelling):
                skipped = spelling.skipped
                yield Match(
                    first=first + skipped,
                    last=last,
                    prefix_length=0 if skipped else beginning.prefix_length,
                    restored="" if skipped else beginning.restored,
                    spelling=spelling,
                    entity_id=entity_id,
                )


def _fits(words: Words, first: int, last: int, beginning: _Beginning, spelling: Spelling) -> bool:
    if not (beginning.exact or spelling.particles):
        return False
    return _is_cased(words, first, spelling) and not _has_quotation(words, first, last)


def _is_cased(words: Words, first: int, spelling: Spelling) -> bool:
    if spelling.upper:
        return words.written(first).isupper()
    return all(words.written(first + i)[:1].isupper() for i in spelling.capitals)


def _has_quotation(words: Words, first: int, last: int) -> bool:
    """Say whether a quotation opens after the first word: "تنظيم «داعش»"."""
    if first == last:
        return False
    start, end = words.span_of(first, last)
    return not _OPENING.isdisjoint(words.original[start:end])
