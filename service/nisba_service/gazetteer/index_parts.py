"""Finds the stored parts that a part of a query may be a spelling of.

Parts that share a key of their skeletons are thousands in a large index. The ones whose signatures
differ least are aligned with it letter by letter, all at once, and the best are kept. No cut goes
through equals, so that the order in which parts are numbered changes no result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from nisba_service.gazetteer.index_arrays import IndexArrays, Numbers, columns, distinct, rounded_up
from nisba_service.gazetteer.index_keys import part_keys, signature, skeleton_keys
from nisba_service.names.letters import skeleton
from nisba_service.names.parse import ParsedName, Part, Role
from nisba_service.names.spelling import Spelling, best_sums, join, together
from nisba_service.names.symbols import FIRST_ARABIC
from nisba_service.names.types import Script

# Parts aligned with a part of the query, and of these the ones kept: alike enough, and not more.
ALIGNED = 640
_KEPT = 96
MIN_SHARE = 0.65


@dataclass(frozen=True, slots=True)
class Likeness:
    """Parts `first` to `last` of a query in one, with the stored parts like it, best first.

    Attributes:
        shares: of each stored part, how well it agrees, in [0, 1].
        name_counts: of each stored part, how many names have it.
    """

    first: int
    last: int
    parts: Numbers
    shares: Numbers
    name_counts: Numbers

    @property
    def name_count(self) -> int:
        """Return how many names the parts have."""
        return int(self.name_counts.sum())

    @property
    def rounded_count(self) -> int:
        """Return how many names the parts have, rounded as `IndexArrays.magnitude` is."""
        return int(rounded_up(self.name_counts.sum()))


@dataclass(frozen=True, slots=True)
class Sought:
    """Parts `first` to `last` of a query in one, as like parts are sought for them.

    Attributes:
        keys: of the lists of stored parts that are looked into, and of no others.
        heard: its sounds.
        spelling: what the parts in these lists are aligned with.
    """

    first: int
    last: int
    keys: tuple[int, ...]
    heard: str
    spelling: Spelling


def telling_parts(query: ParsedName) -> Sequence[Part]:
    """Return the parts to find names by: no fillers, no titles, unless little else is left.

    A title may be a name: Hafiz Saeed.
    """
    telling = [part for part in query.parts if part.role is not Role.FILLER] or query.parts
    names = [part for part in telling if part.role is not Role.TITLE]
    return names if len(names) > 1 else telling


def sought(query: ParsedName) -> list[Sought]:
    """Return what is sought of a query: each part, and each two in a row as one."""
    parts = telling_parts(query)
    found = [
        Sought(i, i, part_keys(part.text), part.sounds, part.spelling)
        for i, part in enumerate(parts)
    ]
    for i, (left, right) in enumerate(pairwise(parts)):
        heard = left.sounds + right.sounds
        keys = skeleton_keys(skeleton(heard))[:1]
        found.append(Sought(i, i + 1, keys, heard, join((left.spelling, right.spelling))))
    return found


def likenesses(arrays: IndexArrays, query: ParsedName) -> list[Likeness]:
    """Return what is like each part of a query, and each two in a row in one: Abd Rabbo, Abdrabbo.

    Where nothing is, there is none.
    """
    found = [likeness(arrays, one) for one in sought(query)]
    return [like for like in found if like is not None]


def likeness(arrays: IndexArrays, one: Sought) -> Likeness | None:
    """Return what is like a part of a query, or two in one; None: nothing is."""
    near = _near(arrays, one.keys, one.heard)
    if not len(near):
        return None
    shares = _shares(arrays, one.spelling, near)
    kept = _best(shares)
    near, shares = near[kept], shares[kept]
    counts = arrays.part_names.lengths(near)
    return Likeness(one.first, one.last, near, shares, counts) if len(near) else None


def _near(arrays: IndexArrays, keys: tuple[int, ...], heard: str) -> Numbers:
    """Return the parts that share a key, at most about ALIGNED: the ones that sound most alike."""
    near = arrays.by_skeleton.joined(np.array(keys, np.uint32))
    if len(near) > ALIGNED:
        apart = np.bitwise_count(arrays.part_signatures[near] ^ np.uint64(signature(heard)))
        levels = np.bincount(apart).cumsum()
        furthest = max(np.searchsorted(levels, ALIGNED, "right") - 1, np.flatnonzero(levels)[0])
        near = near[apart <= furthest]
    return distinct(near)


def _best(shares: Numbers) -> Numbers:
    """Return the places of the _KEPT best shares, best first, with all that equal the last."""
    least = MIN_SHARE
    if len(shares) > _KEPT:
        least = max(least, np.partition(shares, -_KEPT)[-_KEPT])
    kept = np.flatnonzero(shares >= least)
    ordered: Numbers = kept[np.argsort(-shares[kept], kind="stable")]
    return ordered


def _shares(arrays: IndexArrays, spelling: Spelling, parts: Numbers) -> Numbers:
    """Return how well a spelling agrees with stored parts, as `spelling.agreement` does."""
    rows = columns(arrays.part_symbols.several(parts)[0], arrays.part_symbols.lengths(parts))
    crosses = (rows[0] >= FIRST_ARABIC) != (spelling.script is Script.ARABIC)
    best_same, best_cross = best_sums(spelling.symbols)
    best = np.where(
        crosses,
        arrays.part_best_cross[parts] + best_cross,
        arrays.part_best_same[parts] + best_same,
    )
    weights = together(spelling.symbols, rows).astype(np.float64)
    shares: Numbers = np.minimum(1.0, 2 * weights / np.maximum(best, 1))
    return shares
