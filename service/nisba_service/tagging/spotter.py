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

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from ahocorasick_rs import AhoCorasick

from nisba_service.gazetteer.model import Entity
from nisba_service.names.types import EntityType
from nisba_service.tagging import titles
from nisba_service.tagging.clean import plain
from nisba_service.tagging.matching import Match, Reader, Senses
from nisba_service.tagging.proclitics import ARTICLE
from nisba_service.tagging.spelling import PARTICLES, Spelling, spellings
from nisba_service.tagging.words import Words


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

    def __init__(
        self,
        senses: Mapping[str, Senses],
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
        reader = Reader(words)
        matches = [
            match
            for index, start, end in self._automaton.find_matches_as_indexes(
                reader.joined, overlapping=True
            )
            for match in reader.matches(self._patterns[index], start, end, self._senses[index])
        ]
        return tuple(self._spotted(reader, group) for group in _apart(matches))

    def _spotted(self, reader: Reader, matches: list[Match]) -> Spotted:
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


def _given_names(senses: Mapping[str, Senses], types: Mapping[str, EntityType]) -> frozenset[str]:
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


def _apart(matches: list[Match]) -> Iterator[list[Match]]:
    """Yield the senses of each place that wins over those it overlaps, in order."""
    matches.sort(key=lambda match: (match.start, -match.end))
    winner: list[Match] = []
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
