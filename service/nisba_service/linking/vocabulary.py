"""The words that speak of a country or an office, by their first word."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from nisba_service.gazetteer.model import Entity, Gazetteer
from nisba_service.linking.clue_words import NATIONS, OFFICES
from nisba_service.names.types import EntityType
from nisba_service.tagging.words import texts_of

_ARTICLE = "ال"
_OFFICES = frozenset(OFFICES.values())

Concepts: TypeAlias = Mapping[tuple[str, ...], str]
"""What words mean that begin with one word, by the words that follow it: () the word alone."""

_NONE: Concepts = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words and what they speak of: the ID of a country, or an office. Immutable.

    `countries` holds the IDs of the gazetteer's countries.
    """

    by_first: Mapping[str, Concepts]
    countries: frozenset[str]

    @classmethod
    def of(cls, gazetteer: Gazetteer) -> Vocabulary:
        """Return the words for the countries of a gazetteer, and for all offices."""
        words_for = _countries(gazetteer)
        by_first: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
        for (first, *rest), concept in {**words_for, **OFFICES}.items():
            by_first[first][tuple(rest)] = concept
        return cls(dict(by_first), frozenset(words_for.values()))

    def updated(
        self, gazetteer: Gazetteer, removed: Iterable[Entity], added: Iterable[Entity]
    ) -> Vocabulary:
        """Return the vocabulary of a later gazetteer, equal to one made anew.

        Args:
            gazetteer: the later gazetteer.
            removed: the entities that are gone or were edited, as they were.
            added: those that are new or were edited, as they are now.
        """
        is_place = any(e.type is EntityType.LOCATION for e in (*removed, *added))
        return Vocabulary.of(gazetteer) if is_place else self

    def beginning(self, first: str) -> Concepts:
        """Return what words that begin with this one, in normal form, speak of."""
        return self.by_first.get(first, _NONE)


def is_country(concept: str) -> bool:
    """Say whether a concept is a country rather than an office."""
    return concept not in _OFFICES


def _countries(gazetteer: Gazetteer) -> dict[tuple[str, ...], str]:
    """Return the words for each country: its names, unless another place has one, its people's.

    A country is a place that is part of no other and has the name of one. No name is taken apart
    but theirs: a gazetteer may hold many places.
    """
    places = [e for e in gazetteer.entities.values() if e.type is EntityType.LOCATION]
    nations = frozenset(NATIONS.values())
    ids = {
        nation: place.id
        for place in places
        if not place.relations
        for name in place.names
        for nation in [name.name.lower().removeprefix("state of ")]
        if nation in nations
    }
    own = {id: {name.name for name in gazetteer.entities[id].names} for id in ids.values()}
    bearers = Counter(name for place in places for name in {n.name for n in place.names})
    named = {
        _without_article(texts_of(name)): id
        for id, names in own.items()
        for name in names
        if bearers[name] == 1
    }
    peoples = {words: ids[nation] for words, nation in NATIONS.items() if nation in ids}
    return peoples | named


def _without_article(words: tuple[str, ...]) -> tuple[str, ...]:
    first = words[0]
    return (first.removeprefix(_ARTICLE), *words[1:]) if len(first) > len(_ARTICLE) + 1 else words
