"""The immutable name index: a spelling in, the entities that may bear it out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from nisba_service.gazetteer.index_arrays import IndexArrays, Numbers
from nisba_service.gazetteer.index_build import ROLES, TYPES, build
from nisba_service.gazetteer.index_contrast import Contrast, Lost
from nisba_service.gazetteer.index_edit import Edits, compacted, layered
from nisba_service.gazetteer.index_facts import name_of
from nisba_service.gazetteer.index_prefix import beginning_with
from nisba_service.gazetteer.index_search import search
from nisba_service.gazetteer.model import Entity, Name
from nisba_service.names.compare import Comparer, Comparison
from nisba_service.names.measure import Subject, subject
from nisba_service.names.odds import log_odds
from nisba_service.names.parse import ParsedName, assemble, parse, part_of
from nisba_service.names.types import EntityType, Script

# Names compared in full for a query: the likeliest first, the rest only if these do not settle it.
_COMPARED = 60
_FIRST_COMPARED = 10
_SETTLED = 0.9
# What remains of a probability where the entity is not of the type asked for: taggers err.
_OTHER_TYPE = 0.8
# The same for its score, which orders the matches.
_OTHER_TYPE_SCORE = 2.0
# Names looked at for each entity that `complete` is to return: an entity has several.
_COMPLETED = 4
# Names in edits from which on their layer is made one with the base: some 0.3 s of an edit by then.
_MOST_EDITED = 4_096
# Stored names that are kept ready: all of the seeds, of a million those that queries resemble.
_KEPT_NAMES = 16_384
# Probabilities nearer to 0 and 1 are taken for this: they say no more.
_LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class NameMatch:
    """An entity whose best agreeing name is `name`, with the probability that both are one name.

    `comparison` says how it was found: its features, and on demand its explanation. `others` are
    the entity's names that are spelt alike, for other days or uses, where somebody looked for them.
    """

    entity_id: str
    name: Name
    probability: float
    comparison: Comparison
    others: tuple[Name, ...] = ()


def _keys(comparisons: Sequence[Comparison]) -> list[float]:
    """Return what orders comparisons with names of both scripts.

    A score tells the best of many, but only among names of one script; how likely that best one is
    can be compared between scripts. So a key is the log-odds of the best of its script, less what
    its own score lacks to that one's.
    """
    best: dict[Script, Comparison] = {}
    for comparison in comparisons:
        script = comparison.right.script
        if script not in best or comparison.score > best[script].score:
            best[script] = comparison
    odds = {script: log_odds(comparison.probability, _LEAST) for script, comparison in best.items()}
    return [
        odds[comparison.right.script] + comparison.score - best[comparison.right.script].score
        for comparison in comparisons
    ]


def _compared(limit: int) -> int:
    """Return how many names are compared in full to find so many entities."""
    return max(_COMPARED, 2 * limit)


class NameIndex:
    """Retrieves cheaply, scores few. Immutable: threads may share it.

    An edit makes another index, which shares what did not change with the one before it.
    """

    def __init__(self, base: IndexArrays, edits: Edits | None = None) -> None:
        self._base = base
        self._edits = edits or {}
        self._arrays = layered(base, self._edits) if self._edits else base
        self._stored = _remembered(self._arrays)

    @classmethod
    def build(cls, entities: Iterable[Entity]) -> NameIndex:
        """Index every name of every entity. IDs must differ."""
        return cls(build(entities))

    @classmethod
    def open(cls, directory: Path) -> NameIndex:
        """Open a saved index: mapped into memory, read as needed, shared between processes."""
        return cls(IndexArrays.open(directory))

    def save(self, directory: Path) -> None:
        """Save to a directory, which is made if it is not there."""
        self.compacted()._base.save(directory)

    def updated(self, changed: Iterable[Entity], removed: Iterable[str] = ()) -> NameIndex:
        """Return the index after an edit: it answers as one built anew would, to the last digit.

        Entities that changed replace those of the same ID, or are new; IDs that are not there are
        removed in vain. The cost is that of this edit and the edits since the last compaction,
        until these hold _MOST_EDITED names: then it is compacted.
        """
        edits: dict[str, Entity | None] = {**self._edits, **dict.fromkeys(removed)}
        edits |= {entity.id: entity for entity in changed}
        index = NameIndex(self._base, edits)
        return index.compacted() if index._edited() > _MOST_EDITED else index

    def compacted(self) -> NameIndex:
        """Return the same index without the traces of edits: as fast as it was before them."""
        return NameIndex(compacted(self._arrays)) if self._edits else self

    def _edited(self) -> int:
        """Return how many names edits have put in or taken out."""
        return len(self._arrays.names) - len(self._base.names) + len(self._arrays.names_gone)

    def __len__(self) -> int:
        return self._arrays.name_count

    def __reduce__(self) -> tuple[type[NameIndex], tuple[IndexArrays, Edits]]:
        """Pickle what it was made of: what it keeps is made again."""
        return NameIndex, (self._base, self._edits)

    @property
    def magnitude(self) -> int:
        """What rarity is measured against: the number of names, rounded up to a power of two."""
        return self._arrays.magnitude

    def list_lengths(self, keys: Numbers) -> Numbers:
        """Return how many stored parts have each of these keys of their skeletons."""
        return self._arrays.by_skeleton.lengths(keys)

    def match(
        self, name: str, *, type: EntityType | None = None, limit: int = 10
    ) -> tuple[NameMatch, ...]:
        """Return at most `limit` entities, one match each, best first.

        Entities of another type than `type` come too, lower and with a lower probability. No match
        has a greater probability than one before it.
        """
        query = parse(name)
        numbers = search(self._arrays, query, _compared(limit))
        comparisons = self._compare(query, numbers.tolist(), max(_FIRST_COMPARED, limit))
        ranked = self._rank(numbers, comparisons, type)[:limit]
        least = 1.0
        matches = []
        for entity, place in ranked:
            least = min(least, comparisons[place].probability * self._type_factor(entity, type))
            matches.append(self._match(int(numbers[place]), comparisons[place], least))
        return tuple(matches)

    def contrast(
        self, lost: Lost, entities: Mapping[str, Entity], limit: int
    ) -> Callable[[str], bool]:
        """Return what says of a name whether `match` finds the same without some names.

        Args:
            lost: the names of the index to be left out.
            entities: the entities of the index, by ID.
            limit: as that of `match`.

        It says so where this is cheap to see: False means that the answer may differ.
        """
        contrast = Contrast.of(self.compacted()._arrays, lost, entities)
        return lambda name: contrast.is_same(parse(name), _compared(limit))

    def complete(
        self, prefix: str, *, type: EntityType | None = None, limit: int = 10
    ) -> tuple[NameMatch, ...]:
        """Return at most `limit` entities with a name that begins with `prefix`, or a word of it.

        Hamd: Hamdallah, حمد: رامي الحمد الله. Names of few words come first, then in order of code
        points: the order says nothing of likelihood, and stays as it is from call to call. Only
        entities of `type`, if it is given.
        """
        query = parse(prefix)
        names = self._of_type(beginning_with(self._arrays, query), type)
        entities: dict[int, int] = {}
        orders = self._arrays.name_orders[names]
        for number in names[np.argsort(orders, kind="stable")[: _COMPLETED * limit]].tolist():
            entities.setdefault(int(self._arrays.name_entities[number]), number)
        found = sorted(entities.values(), key=self._reading_order)[:limit]
        comparisons = Comparer(query).compare_subjects([self._stored(number) for number in found])
        return tuple(
            self._match(number, comparison, comparison.probability)
            for number, comparison in zip(found, comparisons, strict=True)
        )

    def _of_type(self, names: Numbers, type: EntityType | None) -> Numbers:
        if type is None:
            return names
        types = self._arrays.entity_types[self._arrays.name_entities[names]]
        of_type: Numbers = names[types == TYPES.index(type)]
        return of_type

    def _reading_order(self, number: int) -> tuple[int, str, str]:
        length = len(self._arrays.name_parts.row(number))
        entity = int(self._arrays.name_entities[number])
        return length, self._arrays.names.text(number), self._id(entity)

    def _rank(
        self, numbers: Numbers, comparisons: list[Comparison], wanted: EntityType | None
    ) -> list[tuple[int, int]]:
        """Return entities, best first, each with the place of its best comparison."""
        keys = _keys(comparisons)
        entities = self._arrays.name_entities[numbers[: len(comparisons)]].tolist()
        best: dict[int, int] = {}
        for place, entity in enumerate(entities):
            if entity not in best or keys[place] > keys[best[entity]]:
                best[entity] = place

        def order(item: tuple[int, int]) -> tuple[float, str]:
            entity, place = item
            other_type = self._type_factor(entity, wanted) < 1
            return -keys[place] + other_type * _OTHER_TYPE_SCORE, self._id(entity)

        return sorted(best.items(), key=order)

    def _type_factor(self, entity: int, wanted: EntityType | None) -> float:
        return 1.0 if wanted in (None, TYPES[self._arrays.entity_types[entity]]) else _OTHER_TYPE

    def _id(self, entity: int) -> str:
        return self._arrays.entity_ids.text(entity)

    def _match(self, number: int, comparison: Comparison, probability: float) -> NameMatch:
        entity = int(self._arrays.name_entities[number])
        return NameMatch(
            entity_id=self._id(entity),
            name=self._name(number),
            probability=probability,
            comparison=comparison,
        )

    def _compare(self, query: ParsedName, numbers: list[int], first: int) -> list[Comparison]:
        comparer = Comparer(query)
        compared = comparer.compare_subjects([self._stored(number) for number in numbers[:first]])
        if max((comparison.probability for comparison in compared), default=0.0) < _SETTLED:
            rest = [self._stored(number) for number in numbers[first:]]
            compared += comparer.compare_subjects(rest)
        return compared

    def _name(self, number: int) -> Name:
        return name_of(self._arrays.names.text(number), self._arrays.name_facts[number])


def _remembered(arrays: IndexArrays) -> Callable[[int], Subject]:
    """Return what takes a stored name by its number, ready to be compared, and keeps it.

    A closure: a method kept by its own object would make a circle, which only the collector opens.
    """

    @lru_cache(maxsize=_KEPT_NAMES)
    def stored(number: int) -> Subject:
        """Return a stored name as it was parsed, without parsing it again."""
        parts = arrays.name_parts.row(number)
        roles = arrays.part_roles[parts].tolist()
        named = zip(parts.tolist(), roles, strict=True)
        return subject(
            assemble(
                arrays.names.text(number),
                tuple([part_of(arrays.parts.text(part), ROLES[role]) for part, role in named]),
                int(arrays.name_articles[number]),
            )
        )

    return stored
