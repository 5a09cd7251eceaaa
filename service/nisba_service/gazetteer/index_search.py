"""Finds the names that a query may be a spelling of: many cheaply, then fewer, best first.

1. Parts like each part of the query (`index_parts`).
2. Names that have such parts, beginning with the rarest part of the query, and names that share two
   skeletons with it.
3. All of them are ranked by the parts that they share, the best by their letters too
   (`index_rank`).

Where equals must be cut, `name_orders` decides: how names are numbered changes no result.
"""

from __future__ import annotations

from collections.abc import Sequence

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
_SPELLED = 160


def search(arrays: IndexArrays, query: ParsedName, limit: int) -> Numbers:
    """Return the numbers of at most `limit` names, the likeliest first."""
    found = likenesses(arrays, query)
    pairs = _pairs(arrays, query)
    names = _collect(arrays, pairs, found)
    if not len(names):
        return names
    scores = by_parts(arrays, query, found, names) + by_pairs(arrays, pairs, names)
    best = _best(arrays, names, scores, max(_SPELLED, limit))
    names, scores = names[best], scores[best] + by_letters(arrays, query, names[best])
    ranked: Numbers = names[_best(arrays, names, scores, limit)]
    return ranked


def _pairs(arrays: IndexArrays, query: ParsedName) -> Numbers:
    """Return the keys of pairs that some names share with the query, and not too many."""
    pairs = np.array(sorted(pair_keys(query.parts)), np.uint32)
    counts = arrays.by_pair.lengths(pairs)
    few: Numbers = pairs[(counts > 0) & (counts <= _MAX_PAIRED)]
    return few


def _collect(arrays: IndexArrays, pairs: Numbers, found: Sequence[Likeness]) -> Numbers:
    """Return the numbers of the names to rank, in order."""
    names = [arrays.by_pair.joined(pairs)]
    room = _MAX_NAMES
    for likeness in sorted(found, key=lambda like: like.name_count):
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


def _best(arrays: IndexArrays, names: Numbers, scores: Numbers, count: int) -> Numbers:
    """Return the places of the `count` best scores, best first."""
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
