"""The countries and offices that texts speak of, and what the gazetteer says of its entities."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from nisba_service.gazetteer.model import Entity, NameKind
from nisba_service.linking.vocabulary import Concepts, Vocabulary, is_country
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


def clues(words: Sequence[str], beginning: Callable[[str], Concepts]) -> list[Clue]:
    """Return the clues in words in normal form, in order, the longest at each place.

    `beginning` tells what words that begin with one speak of: see Vocabulary.
    """
    found = []
    index = 0
    while index < len(words):
        clue = _clue_at(words, index, beginning)
        if clue is not None:
            found.append(clue)
            index = clue.last
        index += 1
    return found


def _clue_at(words: Sequence[str], index: int, beginning: Callable[[str], Concepts]) -> Clue | None:
    longest: Clue | None = None
    for first in bare(words[index]):
        for rest, concept in beginning(first).items():
            last = index + len(rest)
            if (longest is None or last > longest.last) and rest == tuple(
                words[index + 1 : last + 1]
            ):
                longest = Clue(index, last, concept)
    return longest


class Profiles:
    """The profiles of a gazetteer's entities: made when asked for, and kept.

    A large gazetteer has many that no text needs.
    """

    def __init__(self, entities: Mapping[str, Entity], vocabulary: Vocabulary) -> None:
        self._entities = entities
        self._vocabulary = vocabulary
        self._made: dict[str, Profile] = {}

    def of(self, entity_id: str) -> Profile:
        """Return what the gazetteer says of an entity."""
        profile = self._made.get(entity_id)
        if profile is None:
            profile = self._made[entity_id] = self._profile(self._entities[entity_id])
        return profile

    def _profile(self, entity: Entity) -> Profile:
        concepts = self._said_of(entity)
        countries = frozenset(filter(is_country, concepts))
        if entity.type is EntityType.LOCATION:
            countries = self._vocabulary.countries.intersection(self._whole(entity)) or countries
        else:
            others = (self._entities.get(r.target_id) for r in entity.relations)
            said = {c for other in others if other for c in self._said_of(other)}
            countries |= frozenset(filter(is_country, said))
        return Profile(
            countries, frozenset(c for c in concepts if not is_country(c)), _years(entity)
        )

    def _said_of(self, entity: Entity) -> set[str]:
        """Return the countries and offices of an entity's description and primary names."""
        primary = (n.name for n in entity.names if n.kind is NameKind.PRIMARY)
        said = map(texts_of, (entity.description, *primary))
        beginning = self._vocabulary.beginning
        return {clue.concept for words in said for clue in clues(words, beginning)}

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


@lru_cache(maxsize=65_536)
def bare(word: str) -> tuple[str, ...]:
    """Return a word as it is, and without Arabic particles and article."""
    return tuple(_bare(word))


def _bare(word: str) -> Iterator[str]:
    yield word
    if not word.isascii():
        bare = _PARTICLES.sub("", word)
        for form in (word, bare):
            if form.startswith((_ARTICLE, "لل")) and len(form) > len(_ARTICLE) + 1:
                yield form[2:]
        if bare != word:
            yield bare
