"""Arabic particles as tokens of their own, for the tagger's eyes: وسيزور is و سيزور.

A tagger knows words by their vectors, and Arabic joins particles to so many words that one in
sixteen in news has none; what has no vector looks like a name. Apart, the rest mostly has one, and
an "and" that stands alone parts the two names around it.

A particle is taken off where the model's own vocabulary speaks for it: what remains is in it, and
the whole is not or, of و ب ل, is much rarer. وزارة and واشنطن stay whole: زارة and اشنطن are no
words, or rare ones. Spans are given back in whole words; which particles a name sheds is decided
later, with the gazetteer (see `proclitics`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nisba_service.tagging.proclitics import (
    ARTICLE,
    CONJUNCTIONS,
    FUTURE,
    LAM,
    MIN_KNOWN_REST,
)

_SECOND = frozenset("بلك") | {FUTURE}
# Taken off known words too, if rare. The others begin names: فيصل is no ف + يصل, كوفي no ك + وفي.
_COMMON = frozenset("وبل")
# A word this many times as frequent as the one with a particle is the word that is meant. A rank
# is about the inverse of a frequency.
_RARER = 4


class Particles:
    """Takes particles off words by a vocabulary in order of frequency."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._ranks = {word: rank for rank, word in enumerate(vocabulary, start=1)}

    def apart(self, word: str) -> tuple[str, ...]:
        """Return a word's particles and the rest of it, only the word if it has none."""
        for parts in _readings(word):
            if self._is_meant(word, parts):
                return parts
        return (word,)

    def seen(self, word: str, span: tuple[int, int]) -> Iterator[tuple[str, tuple[int, int]]]:
        """Yield what the tagger sees of a word, with its span: a particle has no width."""
        *particles, rest = self.apart(word)
        yield from ((particle, (span[0], span[0])) for particle in particles)
        yield rest, span

    def _is_meant(self, word: str, parts: tuple[str, ...]) -> bool:
        whole, rest = self._ranks.get(word), self._ranks.get(parts[-1])
        if rest is None or len(parts[-1]) < MIN_KNOWN_REST:
            return False
        if whole is None:
            return True
        return _COMMON.issuperset(parts[:-1]) and rest * _RARER < whole


def _readings(word: str) -> Iterator[tuple[str, ...]]:
    """Yield every way to take particles off, the fewest first."""
    first, rest = word[:1], word[1:]
    if first in CONJUNCTIONS:
        yield first, rest
        yield from ((first, *parts) for parts in _without_second(rest))
    else:
        yield from _without_second(word)


def _without_second(word: str) -> Iterator[tuple[str, ...]]:
    first, rest = word[:1], word[1:]
    if first not in _SECOND:
        return
    if first == LAM and rest.startswith(LAM):
        yield first, ARTICLE + rest[1:]  # للبوسنة
        yield first, ARTICLE + rest  # للجنة is ل + اللجنة
    else:
        yield first, rest
