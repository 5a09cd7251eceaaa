"""The immutable name index: a spelling in, the entities that may bear it out.

Retrieval is cheap and loses little: names are found by the skeletons of their parts, whole or with
one consonant less, so that both scripts and one error meet; `names.compare` then judges the few.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nisba_service.gazetteer.model import Entity, Name
from nisba_service.names.compare import Comparison, compare_parsed
from nisba_service.names.parse import ParsedName, parse
from nisba_service.names.types import EntityType

_COMPARED = 150
_TYPE_DIFFERS = 0.8


@dataclass(frozen=True, slots=True)
class NameMatch:
    """An entity whose best agreeing name is `name`, with the probability that both are one name.

    `comparison` says how it was found: its features, and the alignment part by part.
    """

    entity_id: str
    name: Name
    probability: float
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class _Stored:
    entity: Entity
    name: Name


class NameIndex:
    """Retrieves cheaply, scores few. Immutable: threads may share it."""

    def __init__(self, stored: tuple[_Stored, ...], postings: dict[str, list[int]]) -> None:
        self._stored = stored
        self._postings = postings

    @classmethod
    def build(cls, entities: Iterable[Entity]) -> NameIndex:
        """Index every name of every entity."""
        stored = tuple(_Stored(entity, name) for entity in entities for name in entity.names)
        postings: dict[str, list[int]] = defaultdict(list)
        for number, item in enumerate(stored):
            for key in set(_keys(parse(item.name.name))):
                postings[key].append(number)
        return cls(stored, dict(postings))

    def match(
        self, name: str, *, type: EntityType | None = None, limit: int = 10
    ) -> tuple[NameMatch, ...]:
        """Return at most `limit` entities, one match each, best first.

        Entities of another type than `type` come too, with a lower probability.
        """
        query = parse(name)
        best: dict[str, NameMatch] = {}
        for number in self._retrieve(query):
            match = self._judge(query, self._stored[number], type)
            known = best.get(match.entity_id)
            if known is None or match.probability > known.probability:
                best[match.entity_id] = match
        return tuple(sorted(best.values(), key=lambda m: (-m.probability, m.entity_id))[:limit])

    def _retrieve(self, query: ParsedName) -> list[int]:
        votes: dict[int, float] = defaultdict(float)
        for key in set(_keys(query)):
            numbers = self._postings.get(key, ())
            weight = len(key) / (1 + len(numbers) ** 0.5)
            for number in numbers:
                votes[number] += weight
        return heapq.nlargest(_COMPARED, votes, key=votes.__getitem__)

    def _judge(self, query: ParsedName, stored: _Stored, wanted: EntityType | None) -> NameMatch:
        comparison = compare_parsed(query, parse(stored.name.name))
        differs = wanted is not None and stored.entity.type is not wanted
        return NameMatch(
            entity_id=stored.entity.id,
            name=stored.name,
            probability=comparison.probability * (_TYPE_DIFFERS if differs else 1.0),
            comparison=comparison,
        )


def _keys(name: ParsedName) -> Iterator[str]:
    joined = "".join(part.skeleton for part in name.parts)
    yield "=" + joined
    for part in name.parts:
        yield part.skeleton
        if len(part.skeleton) > 2:
            yield from (
                part.skeleton[:i] + part.skeleton[i + 1 :] for i in range(len(part.skeleton))
            )
        if part.meaning:
            yield "~" + part.meaning
