"""Finds the gazetteer's names in text, whether or not the tagger does.

- a name is matched as whole words, in normal form: "Israel" is not in "Israeli", nor إسرائيل in
  الإسرائيلي;
- Arabic particles may be joined to its first word; they are left outside the span and reported.
  Of للسلطة, where the article has lost its alef, what stands before the name decides;
- Latin names must be capitalised as they are stored, acronyms upper case throughout;
- of matches that overlap the one with more words of its own wins (فتح الإسلام in "تنظيم فتح
  الإسلام", where تنظيم فتح is a name too), else the first; of those that begin together the
  longest.

What is found are proposals: names that are ordinary words too are marked for `support`, and which
of its entities a name means is the linker's affair.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from nisba_service.gazetteer.model import Entity
from nisba_service.names.types import EntityType
from nisba_service.tagging import titles
from nisba_service.tagging.clean import plain
from nisba_service.tagging.known_names import KnownNames, NameBook
from nisba_service.tagging.matching import Match, matches
from nisba_service.tagging.proclitics import ARTICLE
from nisba_service.tagging.spelling import PARTICLES, nominative
from nisba_service.tagging.words import Words, texts_of


@dataclass(frozen=True, slots=True)
class Spotted:
    """A known name in a text.

    Attributes:
        start, end: its span in the text as received; particles are outside.
        first, last: its first and last word among the text's words.
        prefix: the particles directly before start, as written.
        name: the name as it is looked up (see Mention).
        entity_ids: the entities that bear the name, sorted.
        types: their types, sorted.
        ordinary: it is an ordinary word as well, and needs support.
    """

    start: int
    end: int
    first: int
    last: int
    prefix: str
    name: str
    entity_ids: tuple[str, ...]
    types: tuple[EntityType, ...]
    ordinary: bool

    @property
    def is_single_word(self) -> bool:
        """Say whether the name is one word."""
        return self.first == self.last


class Spotter:
    """The names of one gazetteer, ready to be found. Immutable: threads may share it."""

    def __init__(self, names: NameBook) -> None:
        self._names = names

    @classmethod
    def build(cls, entities: Iterable[Entity]) -> Spotter:
        """Prepare every name of every entity."""
        return cls(KnownNames.of(entities))

    def knows_name(self, name: str) -> bool:
        """Say whether this is a name of the gazetteer, in whatever case."""
        return self._has(texts_of(name))

    def knows(self, name: str) -> bool:
        """Say whether this is a name of the gazetteer, or begins with a word of one."""
        texts = texts_of(name)
        return bool(texts) and (self._names.has_word(nominative(texts[0])) or self._has(texts))

    def is_given_name(self, word: str) -> bool:
        """Say of a word in normal form whether people's names of the gazetteer begin with it."""
        if word in PARTICLES or word in titles.BEFORE[EntityType.PERSON]:
            return False
        return not word.startswith(ARTICLE) and self._names.begins_people(word)

    def spot(self, words: Words) -> tuple[Spotted, ...]:
        """Return the known names in a text, in order, not overlapping."""
        found = list(matches(words, self._names))
        return tuple(_spotted(words, group) for group in _apart(found))

    def _has(self, texts: tuple[str, ...]) -> bool:
        """Say whether words are a name, a kunya in any case."""
        if not texts:
            return False
        first, *rest = texts
        return any(
            self._names.is_borne(" ".join((word, *rest))) for word in (first, nominative(first))
        )


def _spotted(words: Words, group: list[Match]) -> Spotted:
    match = group[0]
    entity_ids = tuple(sorted({m.entity_id for m in group}))
    start, end = _span(words, match)
    begin, _ = words.span_of(match.first, match.last)
    return Spotted(
        start=start,
        end=end,
        first=match.first,
        last=match.last,
        prefix=words.original[begin:start],
        name=match.restored + plain(words.original[start:end]),
        entity_ids=entity_ids,
        types=tuple(sorted({m.spelling.type for m in group})),
        ordinary=match.spelling.ordinary,
    )


def _span(words: Words, match: Match) -> tuple[int, int]:
    """Return the original's span of a match, particles left out."""
    begin = words.starts[match.first] + match.prefix_length
    return words.span(begin, words.starts[match.last] + len(words.texts[match.last]))


def _place(match: Match) -> tuple[int, int, int]:
    return match.first, match.prefix_length, -match.last


def _apart(found: list[Match]) -> Iterator[list[Match]]:
    """Yield the senses of each place that wins over those it overlaps, in order."""
    winner: list[Match] = []
    for _, group in groupby(sorted(found, key=_place), key=_place):
        senses = list(group)
        if winner and senses[0].first <= winner[0].last:
            longer = senses[0].last > winner[0].last
            if longer and senses[0].spelling.weight > winner[0].spelling.weight:
                winner = senses
            continue
        if winner:
            yield winner
        winner = senses
    if winner:
        yield winner
