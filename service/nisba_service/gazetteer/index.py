"""The immutable name index: a spelling in, the entities that may bear it out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nisba_service.gazetteer.index_arrays import IndexArrays
from nisba_service.gazetteer.index_build import KINDS, LANGUAGES, ROLES, TYPES, build
from nisba_service.gazetteer.index_search import search
from nisba_service.gazetteer.model import Entity, Name
from nisba_service.names.compare import Comparer, Comparison
from nisba_service.names.parse import ParsedName, assemble, parse, part_of
from nisba_service.names.rules import CAP
from nisba_service.names.types import EntityType

# Names compared in full for a query: the likeliest first, the rest only if these do not settle it.
_COMPARED = 100
_FIRST_COMPARED = 24
_SETTLED = 0.9
# What remains of a probability where the entity is not of the type asked for: taggers err.
_OTHER_TYPE = 0.8
# The same for its score, which orders the matches.
_OTHER_TYPE_SCORE = 2.0
# Probabilities nearer to 0 and 1 are taken for this, lest one model drown the other.
_LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class NameMatch:
    """An entity whose best agreeing name is `name`, with the probability that both are one name.

    `comparison` says how it was found: its features, and on demand its explanation.
    """

    entity_id: str
    name: Name
    probability: float
    comparison: Comparison


def _ranked(found: Sequence[NameMatch]) -> tuple[NameMatch, ...]:
    """Return matches best first; equal ones in order of ID."""
    least = 1.0
    ranked = []
    for match in sorted(found, key=_rank):
        least = min(least, match.probability)
        ranked.append(replace(match, probability=least))
    return tuple(ranked)


def _rank(match: NameMatch) -> tuple[bool, float, str]:
    is_likely, score = _key(match.comparison)
    if match.probability < match.comparison.probability:
        score -= _OTHER_TYPE_SCORE
    return not is_likely, -score, match.entity_id


def _key(comparison: Comparison) -> tuple[bool, float]:
    """Return what orders comparisons: both models' log-odds, those that break a rule last."""
    probability = min(max(comparison.probability, _LEAST), 1 - _LEAST)
    odds = math.log(probability / (1 - probability))
    return comparison.probability > CAP, comparison.score + odds


class NameIndex:
    """Retrieves cheaply, scores few. Immutable: threads may share it."""

    def __init__(self, arrays: IndexArrays) -> None:
        self._arrays = arrays

    @classmethod
    def build(cls, entities: Iterable[Entity]) -> NameIndex:
        """Index every name of every entity."""
        return cls(build(entities))

    @classmethod
    def open(cls, directory: Path) -> NameIndex:
        """Open a saved index: mapped into memory, read as needed, shared between processes."""
        return cls(IndexArrays.open(directory))

    def save(self, directory: Path) -> None:
        """Save to a directory, which is made if it is not there."""
        self._arrays.save(directory)

    def __len__(self) -> int:
        return len(self._arrays.names)

    def match(
        self, name: str, *, type: EntityType | None = None, limit: int = 10
    ) -> tuple[NameMatch, ...]:
        """Return at most `limit` entities, one match each, best first.

        Entities of another type than `type` come too, with a lower probability. The order is that
        of the comparisons' scores, which tell the best of many; no match has a greater probability
        than one before it.
        """
        query = parse(name)
        numbers = search(self._arrays, query, max(_COMPARED, limit)).tolist()
        comparisons = self._compare(query, numbers, max(_FIRST_COMPARED, 2 * limit))
        best: dict[int, int] = {}
        for place, comparison in enumerate(comparisons):
            entity = int(self._arrays.name_entities[numbers[place]])
            if entity not in best or _key(comparison) > _key(comparisons[best[entity]]):
                best[entity] = place
        found = [
            NameMatch(
                entity_id=self._id(entity),
                name=self._name(numbers[place]),
                probability=comparisons[place].probability * self._type_factor(entity, type),
                comparison=comparisons[place],
            )
            for entity, place in best.items()
        ]
        return _ranked(found)[:limit]

    def _compare(self, query: ParsedName, numbers: list[int], first: int) -> list[Comparison]:
        comparer = Comparer(query)
        compared = comparer.compare([self._stored(number) for number in numbers[:first]])
        if max((comparison.probability for comparison in compared), default=0.0) < _SETTLED:
            compared += comparer.compare([self._stored(number) for number in numbers[first:]])
        return compared

    def _type_factor(self, entity: int, wanted: EntityType | None) -> float:
        if wanted is None or TYPES[self._arrays.entity_types[entity]] is wanted:
            return 1.0
        return _OTHER_TYPE

    def _id(self, entity: int) -> str:
        return self._arrays.entity_ids.text(entity)

    def _name(self, number: int) -> Name:
        return Name(
            name=self._arrays.names.text(number),
            language=LANGUAGES[self._arrays.name_languages[number]],
            kind=KINDS[self._arrays.name_kinds[number]],
        )

    def _stored(self, number: int) -> ParsedName:
        """Return a stored name as it was parsed, without parsing it again."""
        arrays = self._arrays
        start, end = arrays.name_parts.starts[number : number + 2].tolist()
        parts = zip(
            arrays.name_parts.values[start:end].tolist(),
            arrays.name_roles[start:end].tolist(),
            strict=True,
        )
        return assemble(
            arrays.names.text(number),
            tuple([part_of(arrays.parts.text(part), ROLES[role]) for part, role in parts]),
            int(arrays.name_articles[number]),
        )
