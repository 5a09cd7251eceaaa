"""Whether a query finds the same names with and without a few: a state before an edit and after it.

Much cheaper than to ask in both: most queries that an edit reaches rank its names far below those
that are compared, and nothing else that a query reads of an index has changed.

1. What is like each part of the query is the same, but for parts that only these names have; and so
   is how rare it is, and each pair of its skeletons, since both are counted in powers of two. So
   every other name is collected as without them, and scores what it would.
2. These names are not among those that are ranked by their letters, or push none out that would be
   among the likeliest, and are not among these themselves.

Whatever is not seen so is said to differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Self, TypeAlias

import numpy as np

from nisba_service.gazetteer.index_arrays import IndexArrays, Numbers, distinct, rounded_up
from nisba_service.gazetteer.index_edit import names_of, numbered, without
from nisba_service.gazetteer.index_keys import pair_keys, part_keys
from nisba_service.gazetteer.index_layers import contains
from nisba_service.gazetteer.index_parts import Likeness, Sought, likeness, sought
from nisba_service.gazetteer.index_search import (
    SPELLED,
    Scored,
    Traits,
    collect,
    few_paired,
    ranked,
    scored,
)
from nisba_service.gazetteer.model import Entity, Name
from nisba_service.names.parse import ParsedName, parse

Lost: TypeAlias = Mapping[str, Counter[Name]]
"""Names that an index has and another has not, by the IDs of their entities."""


@dataclass(frozen=True, slots=True)
class _Few:
    """The names that are left out.

    Attributes:
        names: their numbers, in order.
        kin: the same, and those of their entities that are spelt like one of them: an answer tells
            of a name which others are spelt so.
        parts: the numbers of the parts that no other name has, in order.
        part_keys, pair_keys: the keys of all their parts, and of their pairs.
    """

    names: Numbers
    kin: Numbers
    parts: Numbers
    part_keys: frozenset[int]
    pair_keys: frozenset[int]


class _Seen(NamedTuple):
    """What is like a part of a query with and without the few names, and whether it is the same."""

    whole: Likeness | None
    rest: Likeness | None
    is_same: bool


@dataclass(frozen=True, slots=True)
class Contrast:
    """An index in one layer with and without a few names. Threads may share it."""

    _whole: IndexArrays
    _rest: IndexArrays
    _few: _Few
    _seen: dict[tuple[object, ...], _Seen] = field(default_factory=dict)

    @classmethod
    def of(cls, whole: IndexArrays, lost: Lost, entities: Mapping[str, Entity]) -> Self:
        """Prepare to leave names out.

        Args:
            whole: an index in one layer.
            lost: the names to leave out; each is in it.
            entities: those of the index; only the ones that lose a name are looked at.
        """
        names, kin = _numbers(whole, lost, entities)
        rest = without(whole, names)
        parts = distinct(whole.name_parts.several(names)[0])
        parsed = [parse(name.name).parts for few in lost.values() for name in few]
        few = _Few(
            names,
            kin,
            parts[rest.part_names.lengths(parts) == 0],
            frozenset(key for parts in parsed for part in parts for key in part_keys(part.text)),
            frozenset(key for parts in parsed for key in pair_keys(parts)),
        )
        return cls(whole, rest, few)

    def is_same(self, query: ParsedName, limit: int) -> bool:
        """Say whether the `limit` likeliest names are the same, in the same order, without the few,
        and none of them is spelt like one of the few. False: they may be others."""
        found = [(one, self._alike(one)) for one in sought(query)]
        pairs = self._pairs(query)
        if pairs is None or not all(seen.is_same for _, seen in found):
            return False
        whole = Traits(query, pairs, _placed((one, seen.whole) for one, seen in found))
        names = collect(self._whole, whole)
        either, others = names, names[~contains(self._few.names, names)]
        if not whole.are_few:
            rest = _placed((one, seen.rest) for one, seen in found)
            others = collect(self._rest, Traits(query, few_paired(self._rest, pairs), rest))
            either = distinct(np.concatenate([names, others]))
        collected = contains(names, either), contains(others, either)
        return self._ranks_same(query, scored(self._whole, whole, either), collected, limit)

    def _alike(self, one: Sought) -> _Seen:
        key = (one.keys, one.heard, one.spelling.symbols)
        seen = self._seen.get(key)
        if seen is None:
            seen = self._seen[key] = self._look(one)
        return seen

    def _look(self, one: Sought) -> _Seen:
        whole = likeness(self._whole, one)
        if self._few.part_keys.isdisjoint(one.keys):
            return _Seen(whole, whole, True)
        rest = likeness(self._rest, one)
        return _Seen(whole, rest, _is_same(whole, rest, self._few.parts))

    def _pairs(self, query: ParsedName) -> Numbers | None:
        """Return the pairs that a query finds names by; None: those of others are not the same, or
        not as rare, without the few."""
        keys = pair_keys(query.parts)
        pairs = few_paired(self._whole, keys)
        if self._few.pair_keys.isdisjoint(keys):
            return pairs
        others = few_paired(self._rest, keys)
        gone = np.setdiff1d(pairs, others)
        if not np.isin(others, pairs).all() or self._rest.by_pair.lengths(gone).any():
            return None
        with_few, without_few = (
            rounded_up(arrays.by_pair.lengths(others)) for arrays in (self._whole, self._rest)
        )
        return pairs if np.array_equal(with_few, without_few) else None

    def _ranks_same(
        self, query: ParsedName, found: Scored, collected: Sequence[Numbers], limit: int
    ) -> bool:
        """Say so of names, of which some are collected with the few, and some without them."""
        is_kin = contains(self._few.kin, found.names)
        with_few, without_few = collected
        may_tell = is_kin | (with_few != without_few)
        best = found.scores[may_tell].max(initial=-np.inf)
        if np.count_nonzero(found.scores > best) >= max(SPELLED, limit):
            return True
        likeliest = ranked(self._whole, query, found.only(with_few), limit)
        if contains(self._few.kin, likeliest).any():
            return False
        others = ranked(self._whole, query, found.only(without_few), limit)
        return np.array_equal(likeliest, others)


def _is_same(whole: Likeness | None, rest: Likeness | None, gone: Numbers) -> bool:
    """Say whether as much is like a part without the parts that are gone, and as rare."""
    if whole is None:
        return rest is None
    kept = whole.parts[~contains(gone, whole.parts)]
    if rest is None:
        return not len(kept)
    return np.array_equal(kept, rest.parts) and whole.rounded_count == rest.rounded_count


def _placed(found: Iterable[tuple[Sought, Likeness | None]]) -> list[Likeness]:
    """Return what is like parts, which other queries have too, for their places in this one."""
    return [
        Likeness(one.first, one.last, like.parts, like.shares, like.name_counts)
        for one, like in found
        if like is not None
    ]


def _numbers(
    whole: IndexArrays, lost: Lost, entities: Mapping[str, Entity]
) -> tuple[Numbers, Numbers]:
    """Return the numbers of the names that are lost, and those of their kin, in order."""
    names: list[int] = []
    kin: list[int] = []
    for entity_id, few in lost.items():
        left = Counter(few)
        spellings = {name.name for name in few}
        first = int(names_of(whole, numbered(whole, [entity_id]))[0])
        for number, name in enumerate(entities[entity_id].names, first):
            if left[name] > 0:
                left[name] -= 1
                names.append(number)
            if name.name in spellings:
                kin.append(number)
    return np.array(sorted(names), np.int64), np.array(sorted(kin), np.int64)
