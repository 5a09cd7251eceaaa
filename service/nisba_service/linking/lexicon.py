"""The countries and offices that texts speak of, and what the gazetteer says of its entities."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nisba_service.gazetteer.model import Entity, Gazetteer, NameKind
from nisba_service.linking.clue_words import NATIONS, OFFICES
from nisba_service.names.types import EntityType
from nisba_service.tagging.words import texts_of

# Gaza City is located in the Gaza Strip, and that in the State of Palestine.
PART_RELATIONS = frozenset({"located_in", "part_of"})
# A number of this form is a year: 2013, ٢٠١٣ (the normal form has digits alike).
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
# "2004-05", "2014-21", "2001-2009", "since 2025", "until 2012", "killed in 2008".
_PERIOD = re.compile(r"\b((?:19|20)\d\d)(?:\s?[-–]\s?((?:19|20)?\d\d))?\b")
# The last year of who is still in office.
ALWAYS = 9999
_PARTICLES = re.compile(r"^[وف]?[بلك]?(?=...)")
_ARTICLE = "ال"


@dataclass(frozen=True, slots=True)
class Clue:
    """Words of a text that speak of a country (its ID) or of an office."""

    first: int
    last: int
    concept: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What the gazetteer says of an entity beside its names.

    Attributes:
        countries: IDs of the countries that it belongs to.
        offices: what its description says that it is.
        years: the first and last year that its description speaks of; None: it speaks of none.
    """

    countries: frozenset[str]
    offices: frozenset[str] = frozenset()
    years: tuple[int, int] | None = None

    @property
    def concepts(self) -> frozenset[str]:
        """Return countries and offices together."""
        return self.countries | self.offices


class Lexicon:
    """The clues that texts may hold, and the profiles that they are held against.

    Profiles are made when they are asked for, and kept: a large gazetteer has many that no text
    needs.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._entities = gazetteer.entities
        words_for = _countries(gazetteer)
        self._ids = frozenset(words_for.values())
        self._concepts = {**words_for, **OFFICES}
        self._longest = max(map(len, self._concepts))
        self._profiles: dict[str, Profile] = {}

    def profile(self, entity_id: str) -> Profile:
        """Return what the gazetteer says of an entity."""
        profile = self._profiles.get(entity_id)
        if profile is None:
            profile = self._profiles[entity_id] = self._profile(self._entities[entity_id])
        return profile

    def is_country(self, concept: str) -> bool:
        """Return whether a clue is to a country."""
        return concept in self._ids

    def clues(self, words: Sequence[str]) -> list[Clue]:
        """Return the clues in words in normal form, in order, the longest at each place."""
        found = []
        index = 0
        while index < len(words):
            clue = self._clue_at(words, index)
            if clue is not None:
                found.append(clue)
                index = clue.last
            index += 1
        return found

    def _clue_at(self, words: Sequence[str], index: int) -> Clue | None:
        for length in range(min(self._longest, len(words) - index), 0, -1):
            rest = tuple(words[index + 1 : index + length])
            for first in _bare(words[index]):
                concept = self._concepts.get((first, *rest))
                if concept is not None:
                    return Clue(index, index + length - 1, concept)
        return None

    def _profile(self, entity: Entity) -> Profile:
        concepts = self._said_of(entity)
        countries = frozenset(concepts & self._ids)
        if entity.type is EntityType.LOCATION:
            countries = frozenset(self._whole(entity)) & self._ids or countries
        else:
            others = (self._entities.get(r.target_id) for r in entity.relations)
            countries |= {c for other in others if other for c in self._said_of(other)} & self._ids
        return Profile(countries, frozenset(concepts - self._ids), _years(entity))

    def _said_of(self, entity: Entity) -> set[str]:
        """Return the countries and offices of an entity's description and primary names."""
        primary = (n.name for n in entity.names if n.kind is NameKind.PRIMARY)
        said = map(texts_of, (entity.description, *primary))
        return {clue.concept for words in said for clue in self.clues(words)}

    def _whole(self, entity: Entity) -> Iterator[str]:
        """Yield a place and all that it is a part of."""
        seen = {entity.id}
        todo = [entity.id]
        while todo:
            id = todo.pop()
            yield id
            for relation in self._entities[id].relations:
                is_whole = relation.rel in PART_RELATIONS and relation.target_id in self._entities
                if is_whole and relation.target_id not in seen:
                    seen.add(relation.target_id)
                    todo.append(relation.target_id)


class CountryShares:
    """How many of some entities belong to each country, as a share of those that belong to any."""

    def __init__(self, countries: Mapping[str, frozenset[str]]) -> None:
        self._countries = {id: own for id, own in countries.items() if own}
        self._counts = Counter(country for own in self._countries.values() for country in own)

    def without(self, entity_id: str | None) -> dict[str, float]:
        """Return the shares when one of the entities is left out; None: none is."""
        own = self._countries.get(entity_id or "", frozenset())
        total = len(self._countries) - bool(own)
        counts = {c: n - (c in own) for c, n in self._counts.items()}
        return {c: n / total for c, n in counts.items() if n}


def years_of(words: Iterable[str]) -> list[int]:
    """Return the years among words in normal form, in order."""
    return [int(word) for word in words if _YEAR.fullmatch(word)]


def _years(entity: Entity) -> tuple[int, int] | None:
    """Return the first and last year of a description: "2014-21" ends in 2021."""
    years = []
    for first, last in _PERIOD.findall(entity.description):
        years += [int(first), int(first[: 4 - len(last)] + last)] if last else [int(first)]
    if not years:
        return None
    return min(years), ALWAYS if "since" in entity.description else max(years)


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


def _bare(word: str) -> Iterator[str]:
    """Yield a word as it is, and without Arabic particles and article."""
    yield word
    if not word.isascii():
        bare = _PARTICLES.sub("", word)
        for form in (word, bare):
            if form.startswith((_ARTICLE, "لل")) and len(form) > len(_ARTICLE) + 1:
                yield form[2:]
        if bare != word:
            yield bare
