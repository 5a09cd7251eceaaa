"""Finds the gazetteer's names in text, whether or not the tagger does.

All names are looked for at once (Aho-Corasick) in the text's words, in normal form:

- a name is matched as whole words: "Israel" is not in "Israeli", nor إسرائيل in الإسرائيلي;
- Arabic particles may be joined to its first word; they are left outside the span and reported.
  A name with the article is looked for without its alef, so that one pattern finds السلطة,
  والسلطة and للسلطة, and what stands to its left decides;
- Latin names must be capitalised as they are stored, acronyms upper case throughout;
- of matches that overlap the one with more words of its own wins (فتح الإسلام in "تنظيم فتح
  الإسلام", where تنظيم فتح is a name too), else the first; of those that begin together the
  longest.

What is found are proposals: names that are ordinary words too are marked for `support`, and which
of its entities a name means is the linker's affair.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, groupby

from ahocorasick_rs import AhoCorasick

from nisba_service.gazetteer.model import Entity
from nisba_service.names.types import EntityType
from nisba_service.tagging import titles
from nisba_service.tagging.clean import plain
from nisba_service.tagging.proclitics import ALEF, ARTICLE, CONJUNCTIONS, LAM, PREFIX
from nisba_service.tagging.spelling import PARTICLES, Spelling, spellings
from nisba_service.tagging.words import Words

_Senses = Mapping[Spelling, tuple[str, ...]]


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


@dataclass(frozen=True, slots=True)
class _Match:
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


class Spotter:
    """The names of one gazetteer, ready to be found. Immutable: threads may share it."""

    def __init__(
        self,
        senses: Mapping[str, _Senses],
        types: Mapping[str, EntityType],
        given_names: frozenset[str],
    ) -> None:
        self._patterns = tuple(senses)
        self._senses = tuple(senses.values())
        self._types = types
        self._forms = {s.form(pattern) for pattern, meant in senses.items() for s in meant}
        self._tokens = {token for form in self._forms for token in form.split()}
        self._given_names = given_names
        self._automaton = AhoCorasick(self._patterns)

    @classmethod
    def build(cls, entities: Iterable[Entity]) -> Spotter:
        """Prepare every name of every entity."""
        senses: dict[str, dict[Spelling, tuple[str, ...]]] = {}
        types: dict[str, EntityType] = {}
        for entity in entities:
            types[entity.id] = entity.type
            for name in entity.names:
                for pattern, spelling in spellings(name, entity.type):
                    meant = senses.setdefault(pattern, {})
                    meant[spelling] = tuple(sorted({*meant.get(spelling, ()), entity.id}))
        return cls(senses, types, _given_names(senses, types))

    def knows_name(self, name: str) -> bool:
        """Say whether this is a name of the gazetteer, in whatever case."""
        return " ".join(Words.of(name).texts) in self._forms

    def knows(self, name: str) -> bool:
        """Say whether this is a name of the gazetteer, or begins with a word of one."""
        texts = Words.of(name).texts
        return " ".join(texts) in self._forms or (bool(texts) and texts[0] in self._tokens)

    def is_given_name(self, word: str) -> bool:
        """Say of a word in normal form whether people's names of the gazetteer begin with it."""
        return word in self._given_names

    def spot(self, words: Words) -> tuple[Spotted, ...]:
        """Return the known names in a text, in order, not overlapping."""
        reader = _Reader(words)
        matches = [
            match
            for index, start, end in self._automaton.find_matches_as_indexes(
                reader.joined, overlapping=True
            )
            for match in reader.matches(self._patterns[index], start, end, self._senses[index])
        ]
        return tuple(self._spotted(reader, group) for group in _apart(matches))

    def _spotted(self, reader: _Reader, matches: list[_Match]) -> Spotted:
        match = matches[0]
        entity_ids = tuple(sorted({id_ for m in matches for id_ in m.entity_ids}))
        start, end = reader.span(match.first, match.start, match.last, match.end)
        text = reader.words.original
        return Spotted(
            start=start,
            end=end,
            first=match.first,
            last=match.last,
            prefix=reader.prefix(match, start),
            name=match.restored + plain(text[start:end]),
            entity_ids=entity_ids,
            types=tuple(sorted({self._types[id_] for id_ in entity_ids})),
            ordinary=match.ordinary,
        )


def _given_names(senses: Mapping[str, _Senses], types: Mapping[str, EntityType]) -> frozenset[str]:
    """Return the first words of people's names; titles and articles are no given names."""
    firsts = {
        first
        for pattern, meant in senses.items()
        for spelling, entity_ids in meant.items()
        for first, *rest in [spelling.form(pattern).split()]
        if rest and any(types[id_] is EntityType.PERSON for id_ in entity_ids)
    }
    return frozenset(
        first
        for first in firsts - PARTICLES - titles.BEFORE[EntityType.PERSON]
        if not first.startswith(ARTICLE)
    )


class _Reader:
    """One text's words, joined as the automaton reads them, and the way back."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.joined = " ".join(("", *words.texts, ""))
        # Where each word begins in `joined`.
        self._begins = list(accumulate((len(text) + 1 for text in words.texts), initial=1))[:-1]

    def matches(self, pattern: str, start: int, end: int, senses: _Senses) -> Iterator[_Match]:
        """Yield the senses of a pattern that fit where it was found."""
        start += pattern.startswith(" ")
        first = bisect_right(self._begins, start) - 1
        last = bisect_right(self._begins, end - 2) - 1
        left = self.joined[self._begins[first] : start]
        for spelling, entity_ids in senses.items():
            reading = _read_left(left, pattern, spelling)
            if reading is None or not self._is_cased(first, last, spelling):
                continue
            length, restored = reading if not spelling.skipped else (0, "")
            begin = self._begins[first + spelling.skipped] + length
            yield _Match(
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

    def prefix(self, match: _Match, start: int) -> str:
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


def _apart(matches: list[_Match]) -> Iterator[list[_Match]]:
    """Yield the senses of each place that wins over those it overlaps, in order."""
    matches.sort(key=lambda match: (match.start, -match.end))
    winner: list[_Match] = []
    for _, group in groupby(matches, key=lambda match: (match.start, match.end)):
        senses = list(group)
        if winner and senses[0].start < winner[0].end:
            if senses[0].end > winner[0].end and senses[0].weight > winner[0].weight:
                winner = senses
            continue
        if winner:
            yield winner
        winner = senses
    if winner:
        yield winner
