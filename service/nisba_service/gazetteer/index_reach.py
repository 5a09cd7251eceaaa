"""Which queries a change of stored names can reach: exactly, without asking any of them.

A query reads the lists of its keys, the names of the parts in them, and how many names there are,
rounded up (`IndexArrays.magnitude`). A stored name is written to the lists of its own keys, and to
the names of its own parts. So a change reaches a query only

- by a pair key that they share, or
- by a part of the changed name that shares a key with what the query seeks, and of that only if

  - the two are alike enough to be kept (MIN_SHARE), or
  - so many parts share the query's keys that they are cut: then every one counts.

Of a part that is not kept nothing is read further: neither its names nor how many they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from nisba_service.gazetteer.index import NameIndex
from nisba_service.gazetteer.index_arrays import Keyed, Numbers, Rows, columns, distinct
from nisba_service.gazetteer.index_build import inverse
from nisba_service.gazetteer.index_keys import pair_keys, part_keys
from nisba_service.gazetteer.index_parts import ALIGNED, MIN_SHARE, sought
from nisba_service.names.normalise import unmarked
from nisba_service.names.parse import parse
from nisba_service.names.spelling import best_sums, together
from nisba_service.names.symbols import FIRST_ARABIC, symbols
from nisba_service.names.types import Script

_KEPT = 1 << 16


class Seek(NamedTuple):
    """What stored parts are sought for: a part of a query, or two in one."""

    symbols: bytes
    is_arabic: bool
    keys: tuple[int, ...]


class Reads(NamedTuple):
    """What a query reads of an index: the lists of these pairs, and those of what it seeks."""

    pairs: tuple[int, ...]
    seeks: tuple[Seek, ...]


@lru_cache(maxsize=_KEPT)
def reads_of(query: str) -> Reads:
    """Return what a query reads."""
    parsed = parse(query)
    seeks = {
        Seek(one.spelling.symbols, one.spelling.script is Script.ARABIC, tuple(sorted(one.keys)))
        for one in sought(parsed)
    }
    return Reads(tuple(sorted(pair_keys(parsed.parts))), tuple(sorted(seeks)))


class _Part(NamedTuple):
    """A part of a stored name that changed."""

    symbols: bytes
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StoredChange:
    """Stored names that came or went between two states of an index."""

    pairs: Numbers
    parts: tuple[_Part, ...]
    before: NameIndex
    after: NameIndex

    @classmethod
    def of(cls, names: Iterable[str], before: NameIndex, after: NameIndex) -> StoredChange:
        """Return the change of names, spelt so, that only one of two states has."""
        parsed = [parse(name) for name in names]
        pairs = sorted({key for name in parsed for key in pair_keys(name.parts)})
        marked = sorted({part.marked for name in parsed for part in name.parts})
        parts = tuple(_Part(symbols(text), part_keys(unmarked(text))) for text in marked)
        return cls(np.array(pairs, np.uint32), parts, before, after)

    @property
    def reaches_all(self) -> bool:
        """Whether what rarity is measured against has changed."""
        return self.before.magnitude != self.after.magnitude

    def are_cut(self, seeks: Rows) -> Numbers:
        """Return of each of these key rows whether more parts share its keys than are aligned."""
        keys = seeks.values.astype(np.uint32)
        lengths = np.maximum(self.before.list_lengths(keys), self.after.list_lengths(keys))
        owners = np.repeat(np.arange(len(seeks)), np.diff(seeks.starts))
        are_cut: Numbers = np.bincount(owners, lengths, len(seeks)) > ALIGNED
        return are_cut


@dataclass(frozen=True, slots=True)
class Queries:
    """Many queries by what they read; they are numbered from 0.

    Attributes:
        pairs: of each query, its pair keys.
        seeks: of each query, the numbers of what it seeks, which other queries may seek too.
        symbols: of each seek, what it is aligned by.
        arabic: of each seek, whether it is in Arabic letters.
        best_same, best_cross: of each seek, the most that an alignment of it can reach.
        keys: of each seek, its keys.
        by_pair: queries by their pair keys.
        by_key: seeks by their keys.
        seekers: of each seek, its queries.
    """

    pairs: Rows
    seeks: Rows
    symbols: Rows
    arabic: Numbers
    best_same: Numbers
    best_cross: Numbers
    keys: Rows
    by_pair: Keyed
    by_key: Keyed
    seekers: Rows

    @classmethod
    def of(cls, reads: Sequence[Reads]) -> Queries:
        """Return the table of queries; equal reads make equal tables."""
        seeks = sorted({seek for one in reads for seek in one.seeks})
        numbers = {seek: number for number, seek in enumerate(seeks)}
        pairs = _rows([one.pairs for one in reads], np.uint32)
        sought_by = _rows([[numbers[seek] for seek in one.seeks] for one in reads], np.int32)
        keys = _rows([seek.keys for seek in seeks], np.uint32)
        best = np.array([best_sums(seek.symbols) for seek in seeks], np.int32).reshape(-1, 2)
        return cls(
            pairs=pairs,
            seeks=sought_by,
            symbols=_rows([seek.symbols for seek in seeks], np.uint8),
            arabic=np.array([seek.is_arabic for seek in seeks], np.uint8),
            best_same=best[:, 0].copy(),
            best_cross=best[:, 1].copy(),
            keys=keys,
            by_pair=_by_key(pairs),
            by_key=_by_key(keys),
            seekers=_compact(inverse(sought_by, len(seeks))),
        )

    def __len__(self) -> int:
        return len(self.pairs)

    def reads(self) -> list[Reads]:
        """Return what each query reads."""
        seeks = [
            Seek(bytes(row), bool(arabic), tuple(keys))
            for row, arabic, keys in zip(
                _lists(self.symbols), self.arabic.tolist(), _lists(self.keys), strict=True
            )
        ]
        return [
            Reads(tuple(pairs), tuple([seeks[number] for number in numbers]))
            for pairs, numbers in zip(_lists(self.pairs), _lists(self.seeks), strict=True)
        ]

    def reached(self, change: StoredChange) -> Numbers:
        """Return the numbers of the queries that a change may give another answer, in order."""
        if change.reaches_all:
            return np.arange(len(self))
        found = [self.by_pair.several(change.pairs)[0]]
        for part in change.parts:
            near = distinct(self.by_key.joined(np.array(part.keys, np.uint32)))
            if len(near):
                reached = near[self._are_alike(part, near) | self._are_cut(change, near)]
                found.append(self.seekers.several(reached)[0])
        return distinct(np.concatenate(found))

    def _are_cut(self, change: StoredChange, seeks: Numbers) -> Numbers:
        return change.are_cut(Rows.of(self.keys.several(seeks)[0], self.keys.lengths(seeks)))

    def _are_alike(self, part: _Part, seeks: Numbers) -> Numbers:
        """Return which seeks would keep a part, by the same sums as they do."""
        rows = columns(self.symbols.several(seeks)[0], self.symbols.lengths(seeks))
        is_arabic = bool(part.symbols) and part.symbols[0] >= FIRST_ARABIC
        same, cross = best_sums(part.symbols)
        crosses = self.arabic[seeks] != is_arabic
        best = np.where(crosses, self.best_cross[seeks] + cross, self.best_same[seeks] + same)
        weights = together(part.symbols, rows).astype(np.float64)
        alike: Numbers = 2 * weights / np.maximum(best, 1) >= MIN_SHARE
        return alike


def _rows(rows: Sequence[Sequence[int]], type: type[np.generic]) -> Rows:
    values = np.array([value for row in rows for value in row], type)
    return _compact(Rows.of(values, np.array([len(row) for row in rows], np.int64)))


def _compact(rows: Rows) -> Rows:
    return Rows(rows.values, rows.starts.astype(np.int32))


def _by_key(rows: Rows) -> Keyed:
    keys, owners = rows.entries()
    keyed = Keyed.of(keys, owners.astype(np.int32))
    return Keyed(keyed.keys, _compact(keyed.rows))


def _lists(rows: Rows) -> list[list[int]]:
    values, starts = rows.values.tolist(), rows.starts.tolist()
    return [values[start:end] for start, end in pairwise(starts)]
