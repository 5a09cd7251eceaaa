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
from nisba_service.tagging.proclitics import ALEF, ARTICLE
from nisba_service.tagging.spelling import PARTICLES, Spelling, spellings
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

    def __init__(self, senses: Mapping[str, Senses], types: Mapping[str, EntityType]) -> None:
        self._senses = senses
        self._types = types
        self._patterns = tuple(senses)
        self._automaton = AhoCorasick(self._patterns)
        self._tokens = frozenset(token for form, _ in self._forms() for token in form.split())
        self._given_names = self._first_words_of_people()

    @classmethod
    def build(cls, entities: Iterable[Entity]) -> Spotter:
        """Prepare every name of every entity."""
        bearers: dict[str, list[tuple[Spelling, str]]] = {}
        types: dict[str, EntityType] = {}
        for entity in entities:
            types[entity.id] = entity.type
            for name in entity.names:
                for pattern, spelling in spellings(name, entity.type):
                    bearers.setdefault(pattern, []).append((spelling, entity.id))
        return cls({pattern: _senses(of_pattern) for pattern, of_pattern in bearers.items()}, types)

    def knows_name(self, name: str) -> bool:
        """Say whether this is a name of the gazetteer, in whatever case."""
        return self._has(texts_of(name))

    def knows(self, name: str) -> bool:
        """Say whether this is a name of the gazetteer, or begins with a word of one."""
        texts = texts_of(name)
        return bool(texts) and (texts[0] in self._tokens or self._has(texts))

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
            for match in self._at(reader, index, start, end)
        ]
        return tuple(self._spotted(reader, group) for group in _apart(matches))

    def _at(self, reader: Reader, index: int, start: int, end: int) -> Iterator[Match]:
        pattern = self._patterns[index]
        return reader.matches(pattern, start, end, self._senses[pattern])

    def _has(self, texts: tuple[str, ...]) -> bool:
        """Say whether words are a name, whichever of its patterns stands for it."""
        form = " ".join(texts)
        return any(
            spelling.form(pattern) == form
            for pattern in (f" {form} ", f"{form} ", f"{form.removeprefix(ALEF)} ")
            for spelling, _ in self._senses.get(pattern, ())
        )

    def _forms(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the words of each name, and the entities that bear it."""
        for pattern, senses in self._senses.items():
            for spelling, entity_ids in senses:
                yield spelling.form(pattern), entity_ids

    def _first_words_of_people(self) -> frozenset[str]:
        """Return what people's names begin with, without titles and articles."""
        firsts = {
            form.split(" ", 1)[0]
            for form, entity_ids in self._forms()
            if " " in form and any(self._types[id_] is EntityType.PERSON for id_ in entity_ids)
        }
        names = firsts - PARTICLES - titles.BEFORE[EntityType.PERSON]
        return frozenset(name for name in names if not name.startswith(ARTICLE))

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


def _senses(bearers: list[tuple[Spelling, str]]) -> Senses:
    """Return the entities of a pattern by spelling, sorted."""
    if len(bearers) == 1:
        ((spelling, entity_id),) = bearers
        return ((spelling, (entity_id,)),)
    by_spelling: dict[Spelling, set[str]] = {}
    for spelling, entity_id in bearers:
        by_spelling.setdefault(spelling, set()).add(entity_id)
    return tuple((spelling, tuple(sorted(ids))) for spelling, ids in by_spelling.items())


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
