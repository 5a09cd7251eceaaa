"""Ranks collected names cheaply: all by the parts that they share, the best by their letters too.

The weights are fitted to the order in which a comparison in full puts the candidates of the
development tasks, and rounded. With them, the best of 450 by that comparison is among the first 60
for 474 of 476 queries. No sum here depends on where a name stands among the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nisba_service.gazetteer.index_arrays import IndexArrays, Numbers, columns, rounded_up
from nisba_service.gazetteer.index_parts import Likeness, telling_parts
from nisba_service.names.parse import ParsedName
from nisba_service.names.spelling import SCALE, best_sums, together
from nisba_service.names.symbols import FIRST_ARABIC
from nisba_service.names.types import Script

# How rare the shared parts are: Arouri tells more than Saleh.
_RARITY = 0.3
# How rare the rarest pair of skeletons that a name shares with the query is: Saleh al-Arouri.
_PAIR_RARITY = 0.25
# How much of the query the name covers, and of the name the query: Saleh Mohammad is nearer to
# صالح محمد than to صالح محمد كاكر اختر محمد.
_QUERY_COVER = 2.5
_NAME_COVER = 2.0
# How well all letters agree, without regard to spaces: Kafarram, Kafr Ram.
_LETTERS = 9.5
# What a part is worth besides its letters.
_PART_WORTH = 0.3


@dataclass(frozen=True, slots=True)
class _Shared:
    """What names share with a query.

    Attributes:
        shares: [likenesses, names], how well the best of a name's parts agrees with each likeness.
        covers: of each name, the weight of its parts that agree, in its whole weight.
    """

    shares: Numbers
    covers: Numbers


def by_parts(
    arrays: IndexArrays, query: ParsedName, found: Sequence[Likeness], names: Numbers
) -> Numbers:
    """Score names by the parts that they share with the query."""
    scores = np.zeros(len(names))
    if not found:
        return scores
    shared = _shared(arrays, found, names)
    count = arrays.magnitude
    for likeness, shares in zip(found, shared.shares, strict=True):
        scores += _RARITY * np.log(2 + count / (1 + likeness.rounded_count)) * shares**2
    scores += _QUERY_COVER * _query_cover(query, found, shared.shares)
    scores += _NAME_COVER * shared.covers
    return scores


def by_pairs(arrays: IndexArrays, pairs: Numbers, names: Numbers) -> Numbers:
    """Score names, which are sorted, by the rarest key of a pair that they share with the query."""
    paired, owners = arrays.by_pair.several(pairs)
    worth = _PAIR_RARITY * np.log(2 + arrays.magnitude / rounded_up(arrays.by_pair.lengths(pairs)))
    scores = np.zeros(len(names))
    np.maximum.at(scores, np.searchsorted(names, paired), worth[owners])
    return scores


def by_letters(arrays: IndexArrays, query: ParsedName, names: Numbers) -> Numbers:
    """Score names by how well all their letters agree with the query's."""
    parts, _ = arrays.name_parts.several(names)
    counts = arrays.name_parts.lengths(names)
    letters = arrays.part_symbols.lengths(parts)
    rows = columns(arrays.part_symbols.several(parts)[0], _sums(letters, counts))
    crosses = (rows[0] >= FIRST_ARABIC) != (query.script is Script.ARABIC)
    best_same, best_cross = best_sums(query.joined.symbols)
    best = np.where(
        crosses,
        _sums(arrays.part_best_cross[parts], counts) + best_cross,
        _sums(arrays.part_best_same[parts], counts) + best_same,
    )
    weights = together(query.joined.symbols, rows).astype(np.float64)
    scores: Numbers = _LETTERS * np.minimum(1.0, 2 * weights / np.maximum(best, 1))
    return scores


def _shared(arrays: IndexArrays, found: Sequence[Likeness], names: Numbers) -> _Shared:
    parts, owners = arrays.name_parts.several(names)
    worth = arrays.part_best_same[parts] + _PART_WORTH * SCALE
    count = len(names)
    starts = _starts(np.bincount(owners, minlength=count))
    share_of = np.zeros(len(arrays.parts), np.float32)
    shares = np.zeros((len(found), count))
    covered = np.zeros(len(parts), np.float32)
    for row, likeness in zip(shares, found, strict=True):
        share_of[likeness.parts] = likeness.shares
        agreeing = share_of.take(parts)
        share_of[likeness.parts] = 0
        row[:] = np.maximum.reduceat(agreeing, starts)
        np.maximum(covered, agreeing, out=covered)
    covers = np.bincount(owners, covered * worth, count) / np.bincount(owners, worth, count)
    return _Shared(shares, covers)


def _query_cover(query: ParsedName, found: Sequence[Likeness], shares: Numbers) -> Numbers:
    """Return how much of the query's weight is in parts that agree, for each name."""
    telling = telling_parts(query)
    cover = np.zeros((len(telling), shares.shape[1]))
    for likeness, row in zip(found, shares, strict=True):
        for place in range(likeness.first, likeness.last + 1):
            np.maximum(cover[place], row, out=cover[place])
    worths = [part.spelling.best_same + _PART_WORTH for part in telling]
    total = np.zeros(shares.shape[1])
    for worth, row in zip(worths, cover, strict=True):
        total += worth / sum(worths) * row
    return total


def _sums(values: Numbers, counts: Numbers) -> Numbers:
    """Return the sum of each row of values; no row is empty."""
    sums: Numbers = np.add.reduceat(values, _starts(counts))
    return sums


def _starts(counts: Numbers) -> Numbers:
    """Return where each row begins in the values of all, none of which is empty."""
    starts: Numbers = counts.cumsum() - counts
    return starts
