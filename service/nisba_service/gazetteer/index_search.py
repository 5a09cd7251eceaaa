"""Finds the names that a query may be a spelling of: many cheaply, then fewer, best first.

1. Parts like each part of the query: those that share a key of their skeletons, the ones with the
   most sounds in common first, are aligned with it letter by letter.
2. Names that have such parts, beginning with the rarest part of the query, and names that share two
   skeletons with it.
3. The names are ranked by how much of the query, and of themselves, these parts cover.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from nisba_service.gazetteer.index_arrays import IndexArrays, Numbers
from nisba_service.gazetteer.index_keys import pair_keys, skeleton_keys, sound_bits
from nisba_service.names.letters import skeleton
from nisba_service.names.parse import ParsedName, Role
from nisba_service.names.spelling import Spelling, best_sums, join, together
from nisba_service.names.symbols import FIRST_ARABIC
from nisba_service.names.types import Script

_ARABIC = bytes([FIRST_ARABIC])
# Parts aligned with a part of the query, and of these the ones kept: alike enough, and not more.
_ALIGNED = 128
_KEPT = 64
_MIN_SHARE = 0.5
# Names ranked for a query. Names of the rarest parts come first; where all parts are frequent, the
# pairs of skeletons find the names that have two of them.
_MAX_NAMES = 3_000
_MAX_PAIRED = 5_000
# Sharing two skeletons in a row is worth this part of what their rarity is.
_PAIR_WORTH = 0.5
_SPARE_PART = 0.5


@dataclass(frozen=True, slots=True)
class _Unit:
    """A part of the query, or two in one, with the stored parts like it, best first."""

    parts: Numbers
    shares: Numbers
    name_count: int


_NOTHING = _Unit(np.empty(0, np.int64), np.empty(0), 0)


def search(arrays: IndexArrays, query: ParsedName, limit: int) -> Numbers:
    """Return the numbers of at most `limit` names, the likeliest first."""
    units = _units(arrays, query)
    pairs = _pairs(arrays, query)
    names = _collect(arrays, pairs, units)
    if not len(names):
        return names
    scores = _part_scores(arrays, units, names) + _pair_scores(arrays, pairs, names)
    if len(names) > limit:
        best = np.argpartition(-scores, limit)[:limit]
        names, scores = names[best], scores[best]
    ranked: Numbers = names[np.argsort(-scores, kind="stable")]
    return ranked


def _units(arrays: IndexArrays, query: ParsedName) -> list[_Unit]:
    telling = [p for p in query.parts if p.role not in (Role.FILLER, Role.TITLE)]
    parts = telling or list(query.parts)
    units = [
        _unit(arrays, skeleton_keys(part.skeleton), part.sounds, part.spelling) for part in parts
    ]
    for left, right in pairwise(parts):  # Abd Rabbo, Abdrabbo
        heard = left.sounds + right.sounds
        keys = skeleton_keys(skeleton(heard))[:1]
        units.append(_unit(arrays, keys, heard, join((left.spelling, right.spelling))))
    return [unit for unit in units if len(unit.parts)]


def _unit(arrays: IndexArrays, keys: tuple[int, ...], heard: str, spelling: Spelling) -> _Unit:
    found = arrays.by_skeleton.find(np.array(keys, np.uint32))
    if not len(found):
        return _NOTHING
    near, _ = arrays.by_skeleton.rows.several(found)
    near, shared = np.unique(near, return_counts=True)
    if len(near) > _ALIGNED:
        apart = np.bitwise_count(arrays.part_sounds[near] ^ np.uint64(sound_bits(heard)))
        near = near[np.argpartition(apart.astype(np.int32) - shared, _ALIGNED)[:_ALIGNED]]
    shares = _shares(arrays, spelling, near)
    kept = np.argsort(-shares, kind="stable")[:_KEPT]
    kept = kept[shares[kept] >= _MIN_SHARE]
    return _Unit(near[kept], shares[kept], int(arrays.part_names.lengths(near[kept]).sum()))


def _shares(arrays: IndexArrays, spelling: Spelling, parts: Numbers) -> Numbers:
    """Return how well a spelling agrees with stored parts, as `spelling.agreement` does."""
    values = arrays.part_symbols.values.data
    starts = arrays.part_symbols.starts[parts].tolist()
    ends = arrays.part_symbols.starts[parts + 1].tolist()
    rows = [values[start:end].tobytes() for start, end in zip(starts, ends, strict=True)]
    best_same, best_cross = best_sums(spelling.symbols)
    is_arabic = np.array([row[:1] >= _ARABIC for row in rows], bool)
    crosses = is_arabic != (spelling.script is Script.ARABIC)
    best = np.where(
        crosses,
        arrays.part_best[parts, 1] + best_cross,
        arrays.part_best[parts, 0] + best_same,
    )
    weights = np.array(together(spelling.symbols, rows), np.float64)
    shares: Numbers = np.minimum(1.0, 2 * weights / np.maximum(best, 1))
    return shares


def _pairs(arrays: IndexArrays, query: ParsedName) -> Numbers:
    if not query.parts:
        return np.empty(0, np.int64)
    pairs = arrays.by_pair.find(np.array(sorted(pair_keys(query.parts)), np.uint32))
    counts = arrays.by_pair.rows.lengths(pairs)
    few: Numbers = pairs[counts <= _MAX_PAIRED]
    return few


def _collect(arrays: IndexArrays, pairs: Numbers, units: list[_Unit]) -> Numbers:
    found = [arrays.by_pair.rows.several(pairs)[0]]
    room = _MAX_NAMES
    for unit in sorted(units, key=lambda u: u.name_count):
        counts = np.cumsum(arrays.part_names.lengths(unit.parts))
        fitting = unit.parts[: max(1, int(np.searchsorted(counts, room, side="right")))]
        names = arrays.part_names.several(fitting)[0][:room]
        found.append(names)
        room -= len(names)
        if room <= 0:
            break
    return np.unique(np.concatenate(found))


def _part_scores(arrays: IndexArrays, units: list[_Unit], names: Numbers) -> Numbers:
    """Score names by the parts of the query that they cover, and by what they have besides."""
    parts, owners = arrays.name_parts.several(names)
    scores = np.zeros(len(names))
    if not units:
        return scores
    known = np.unique(np.concatenate([unit.parts for unit in units]))
    places = np.minimum(np.searchsorted(known, parts), len(known) - 1)
    hits = np.flatnonzero(known[places] == parts)
    places, hit_owners = places[hits], owners[hits]
    covered = np.zeros(len(hits))
    for unit in units:
        of_known = np.zeros(len(known))
        of_known[np.searchsorted(known, unit.parts)] = unit.shares
        shares = of_known[places]
        np.maximum(covered, shares, out=covered)
        best = np.zeros(len(names))
        np.maximum.at(best, hit_owners, shares)
        scores += best**2 * np.log(2 + len(arrays.names) / (1 + unit.name_count))
    counts = arrays.name_parts.lengths(names)
    spare = counts - np.bincount(hit_owners, covered, minlength=len(names))
    result: Numbers = scores - _SPARE_PART * spare
    return result


def _pair_scores(arrays: IndexArrays, pairs: Numbers, names: Numbers) -> Numbers:
    """Score names by the rarest key of two skeletons that they share with the query."""
    paired, owners = arrays.by_pair.rows.several(pairs)
    worth = _PAIR_WORTH * np.log(2 + len(arrays.names) / arrays.by_pair.rows.lengths(pairs))
    scores = np.zeros(len(names))
    np.maximum.at(scores, np.searchsorted(names, paired), worth[owners])
    return scores
