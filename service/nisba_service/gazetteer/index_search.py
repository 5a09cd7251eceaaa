"""Finds the names that a query may be a spelling of: many cheaply, then fewer, best first.

1. Parts like each part of the query (`index_parts`).
2. Names that have such parts, beginning with the rarest part of the query, and names that share two
   skeletons with it.
3. All of them are ranked by the parts that they share, the best by their letters too
   (`index_rank`).

Where equals must be cut, `name_orders` decides: how names are numbered changes no result.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from nisba_service.gazetteer.index_arrays import IndexArrays, Numbers, distinct
from nisba_service.gazetteer.index_keys import pair_keys
from nisba_service.gazetteer.index_parts import Likeness, likenesses
from nisba_service.gazetteer.index_rank import by_letters, by_pairs, by_parts
from nisba_service.names.parse import ParsedName

# Names ranked for a query. Names of the rarest parts come first; where all parts are frequent, the
# pairs of skeletons find the names that have two of them.
_MAX_NAMES = 2_000
_MAX_PAIRED = 5_000
# Names ranked by their letters.
SPELLED = 160


@dataclass(frozen=True, slots=True)
class Traits:
    """What names are collected by.

    Attributes:
        pairs: keys of pairs, as `few_paired` returns them.
        found: the parts like those of the query.
    """

    query: ParsedName
    pairs: Numbers
    found: Sequence[Likeness]

    @property
    def are_few(self) -> bool:
        """Whether all names that have such parts are collected, for certain."""
        return sum(likeness.name_count for likeness in self.found) <= _MAX_NAMES


@dataclass(frozen=True, slots=True)
class Scored:
    """Names that were collected, in order of their numbers, and how they are scored so far."""

    names: Numbers
    scores: Numbers

    def only(self, chosen: Numbers) -> Scored:
        """Return some of the names: those at these places, or where this is true."""
        return Scored(self.names[chosen], self.scores[chosen])


def search(arrays: IndexArrays, query: ParsedName, limit: int) -> Numbers:
    """Return the numbers of at most `limit` names, the likeliest first."""
    traits = Traits(query, few_paired(arrays, pair_keys(query.parts)), likenesses(arrays, query))
    return ranked(arrays, query, scored(arrays, traits, collect(arrays, traits)), limit)


def scored(arrays: IndexArrays, traits: Traits, names: Numbers) -> Scored:
    """Score names, which are in order, without their letters."""
    if not len(names):
        return Scored(names, np.zeros(0))
    scores = by_parts(arrays, traits.query, traits.found, names)
    return Scored(names, scores + by_pairs(arrays, traits.pairs, names))


def ranked(arrays: IndexArrays, query: ParsedName, found: Scored, limit: int) -> Numbers:
    """Return the numbers of at most `limit` of the names, by their letters too, best first."""
    if not len(found.names):
        return found.names
    best = found.only(_best(arrays, found, max(SPELLED, limit)))
    letters = by_letters(arrays, query, best.names)
    numbers: Numbers = best.names[_best(arrays, Scored(best.names, best.scores + letters), limit)]
    return numbers


def few_paired(arrays: IndexArrays, keys: Iterable[int]) -> Numbers:
    """Return those keys of pairs that some names have, and not too many, in order."""
    pairs = np.array(sorted(keys), np.uint32)
    counts = arrays.by_pair.lengths(pairs)
    few: Numbers = pairs[(counts > 0) & (counts <= _MAX_PAIRED)]
    return few


def collect(arrays: IndexArrays, traits: Traits) -> Numbers:
    """Return the numbers of the names to rank, in order."""
    names = [arrays.by_pair.joined(traits.pairs)]
    room = _MAX_NAMES
    for likeness in sorted(traits.found, key=lambda like: like.name_count):
        alike = arrays.part_names.joined(likeness.parts[: _fitting(likeness, room)])
        if len(alike) > room:
            alike = distinct(alike)
            alike = alike[_lowest(arrays.name_orders[alike], room)]
        names.append(alike)
        room -= len(alike)
        if room <= 0:
            break
    return distinct(np.concatenate(names))


def _fitting(likeness: Likeness, room: int) -> int:
    """Return how many of the parts fit by the names that they have; of equals all or none.

    The best part and its equals always do.
    """
    shares = likeness.shares
    ends = np.append(np.flatnonzero(np.diff(shares)) + 1, len(shares))
    counts = likeness.name_counts.cumsum()[ends - 1]
    return int(ends[max(int(np.searchsorted(counts, room, side="right")) - 1, 0)])


def _best(arrays: IndexArrays, found: Scored, count: int) -> Numbers:
    """Return the places of the `count` best scores, best first."""
    names, scores = found.names, found.scores
    places = np.arange(len(names))
    if len(names) > count:
        least = np.partition(scores, -count)[-count]
        sure, level = np.flatnonzero(scores > least), np.flatnonzero(scores == least)
        lowest = _lowest(arrays.name_orders[names[level]], count - len(sure))
        places = np.concatenate([sure, level[lowest]])
    order = np.lexsort((arrays.name_orders[names[places]], -scores[places]))
    return places[order]


def _lowest(orders: Numbers, count: int) -> Numbers:
    """Return the places of the `count` lowest orders."""
    if len(orders) <= count:
        return np.arange(len(orders))
    return np.argpartition(orders, count)[:count]
