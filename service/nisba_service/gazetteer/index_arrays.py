"""The name index as flat arrays: built once, saved to a directory, memory-mapped when opened again.

Rows of unequal length (the parts of a name, the names of a part) are one array of all their values
and one of where each row starts, so that a million names cost bytes, not objects.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[Any]


class Column(Protocol):
    """One value for each name, part or entity."""

    def __len__(self) -> int: ...

    def __getitem__(self, numbers: Any, /) -> Any: ...


class Lists(Protocol):
    """Values by number or key: none, one or more of each."""

    def lengths(self, numbers: Numbers) -> Numbers:
        """Return how many values each has."""
        ...

    def several(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """Return the values of all in one, and for each value the place of its owner in `numbers`.

        The values of one owner stand together, and owners in the order of `numbers`.
        """
        ...

    def joined(self, numbers: Numbers) -> Numbers:
        """Return the values alone: faster where `numbers` are few and their values many."""
        ...

    def entries(self) -> tuple[Numbers, Numbers]:
        """Return all values, and the number or key of the owner of each."""
        ...


class RowLists(Lists, Protocol):
    """Lists by number, of which each may be read alone."""

    def __len__(self) -> int: ...

    def row(self, number: int) -> Numbers:
        """Return the values of one."""
        ...

    def text(self, number: int) -> str:
        """Return one row of UTF-8 bytes as text."""
        ...


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of unequal length: row i is values[starts[i] : starts[i + 1]]."""

    values: Numbers
    starts: Numbers

    @classmethod
    def of(cls, values: Numbers, counts: Numbers) -> Rows:
        """Return rows of these lengths, in a row."""
        return cls(values, np.concatenate([[0], np.cumsum(counts)]).astype(np.int64))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row(self, number: int) -> Numbers:
        """Return one row."""
        row: Numbers = self.values[self.starts[number] : self.starts[number + 1]]
        return row

    def text(self, number: int) -> str:
        """Return one row of UTF-8 bytes as text."""
        return self.row(number).tobytes().decode()

    def lengths(self, numbers: Numbers) -> Numbers:
        """Return the lengths of several rows."""
        # `take` needs half of the time of an index in brackets.
        lengths: Numbers = self.starts.take(numbers + 1) - self.starts.take(numbers)
        return lengths

    def several(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """Return the values of several rows in one, and for each value its place in `numbers`."""
        starts = self.starts.take(numbers)
        lengths = self.starts.take(numbers + 1) - starts
        owners = np.repeat(np.arange(len(numbers)), lengths)
        skipped = starts - (lengths.cumsum() - lengths)
        places = np.arange(len(owners)) + skipped.take(owners)
        return self.values.take(places), owners

    def joined(self, numbers: Numbers) -> Numbers:
        """Return the values of a few rows in one."""
        starts, ends = self.starts[numbers].tolist(), self.starts[numbers + 1].tolist()
        rows = [self.values[start:end] for start, end in zip(starts, ends, strict=True)]
        return np.concatenate(rows) if rows else self.values[:0]

    def entries(self) -> tuple[Numbers, Numbers]:
        """Return all values, and the number of the row of each."""
        return self.values, np.repeat(np.arange(len(self)), np.diff(self.starts))


@dataclass(frozen=True, slots=True)
class Keyed:
    """Rows found by keys, which are sorted: row i is that of keys[i].

    Where keys are hashes of 32 bits, different things may, rarely, have one key.
    """

    keys: Numbers
    rows: Rows

    @classmethod
    def of(cls, keys: Numbers, values: Numbers) -> Keyed:
        """Group values by key; those of one key stay in order."""
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(keys)])
        return cls(ordered[starts], Rows(values[order], np.append(starts, len(keys))))

    def lengths(self, numbers: Numbers) -> Numbers:
        """Return how many values each key has: none if there is no such key."""
        places, found = self._find(numbers)
        lengths = np.zeros(len(numbers), np.int64)
        lengths[found] = self.rows.lengths(places)
        return lengths

    def several(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """Return the values of several keys in one, and for each its key's place in `numbers`."""
        places, found = self._find(numbers)
        values, owners = self.rows.several(places)
        return values, found[owners]

    def joined(self, numbers: Numbers) -> Numbers:
        """Return the values of a few keys in one."""
        return self.rows.joined(self._find(numbers)[0])

    def entries(self) -> tuple[Numbers, Numbers]:
        """Return all values, and the key of each."""
        values, owners = self.rows.entries()
        return values, self.keys[owners]

    def _find(self, keys: Numbers) -> tuple[Numbers, Numbers]:
        """Return the rows of those keys that there are, and the places of these in `keys`."""
        if not len(self.keys):
            return np.empty(0, np.int64), np.empty(0, np.int64)
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        found = np.flatnonzero(self.keys[places] == keys)
        return places[found], found


@dataclass(frozen=True, slots=True)
class IndexArrays:
    """Everything that an index holds. Names, entities and parts are numbered from 0.

    Attributes:
        entity_ids: of each entity, UTF-8.
        entity_types: of each entity, its place in EntityType.
        by_id: entities by the keys of their IDs.
        names: of each name, UTF-8. Those of an entity have numbers in a row.
        name_entities: of each name, the number of its entity.
        name_facts: of each name, what `index_facts` makes of the rest of a Name.
        name_articles: of each name, how often the article stands in it.
        name_orders: of each name, 64 bits to order names by that do not depend on its number: the
            fewest parts first, then by a hash.
        name_parts: of each name, the numbers of its parts.
        names_gone: the numbers that names had that edits took away, in order.
        parts: of each distinct part, its marked text in UTF-8.
        part_alphabet: the numbers of the parts in order of their normal forms.
        part_roles: of each part, its place in Role: one text in two roles is two parts.
        part_signatures: of each part, 64 bits that say how it sounds.
        part_symbols: of each part, the symbols that it is compared by.
        part_best_same, part_best_cross: of each part, the most an alignment of it can reach, in one
            script and in two.
        part_names: of each part, the names that have it.
        by_text: parts by the keys of their texts.
        by_skeleton: parts by the keys of their skeletons.
        by_pair: names by the keys of two skeletons in a row, and of all.
    """

    entity_ids: RowLists
    entity_types: Column
    by_id: Lists
    names: RowLists
    name_entities: Column
    name_facts: Column
    name_articles: Column
    name_orders: Column
    name_parts: RowLists
    names_gone: Numbers
    parts: RowLists
    part_alphabet: Column
    part_roles: Column
    part_signatures: Column
    part_symbols: RowLists
    part_best_same: Column
    part_best_cross: Column
    part_names: Lists
    by_text: Lists
    by_skeleton: Lists
    by_pair: Lists

    @property
    def name_count(self) -> int:
        """Return how many names there are."""
        return len(self.names) - len(self.names_gone)

    @property
    def magnitude(self) -> int:
        """Return the number of names, rounded up to a power of two.

        Rarity is measured against this: a name more or less is not to change, if by a hair, how
        every other name is found.
        """
        return int(rounded_up(np.array(self.name_count)))

    def save(self, directory: Path) -> None:
        """Write one file an array. What is in layers must be made one before."""
        directory.mkdir(parents=True, exist_ok=True)
        for name, array in _flatten(self):
            np.save(directory / f"{name}.npy", array)

    @classmethod
    def open(cls, directory: Path) -> IndexArrays:
        """Map the files of a directory into memory; they are read as they are needed."""

        def load(name: str) -> Numbers:
            # A plain view: indexing a np.memmap costs microseconds more.
            return np.asarray(np.load(directory / f"{name}.npy", mmap_mode="r"))

        def rows(name: str) -> Rows:
            return Rows(load(f"{name}.values"), load(f"{name}.starts"))

        loaded: dict[str, Any] = {}
        for name in (field.name for field in fields(cls)):
            if (directory / f"{name}.npy").exists():
                loaded[name] = load(name)
            elif (directory / f"{name}.keys.npy").exists():
                loaded[name] = Keyed(load(f"{name}.keys"), rows(f"{name}.rows"))
            else:
                loaded[name] = rows(name)
        return cls(**loaded)


def rounded_up(counts: Numbers) -> Numbers:
    """Return counts rounded up to powers of two; 0 becomes 1.

    >>> rounded_up(np.array([0, 1, 2, 3, 4, 5])).tolist()
    [1, 1, 2, 4, 4, 8]
    """
    _, exponents = np.frexp(np.maximum(counts - 1.0, 0.0))
    rounded: Numbers = np.left_shift(1, exponents, dtype=np.int64)
    return rounded


def distinct(numbers: Numbers) -> Numbers:
    """Return the distinct numbers in order. For thousands, sorting is faster than np.unique."""
    ordered = np.sort(numbers)
    first = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]


def columns(values: Numbers, lengths: Numbers) -> Numbers:
    """Return rows of these lengths as columns of one array [longest row, rows], 0 below their ends.

    `values` are those of all rows in one.
    """
    starts = lengths.cumsum() - lengths
    owners = np.repeat(np.arange(len(lengths)), lengths)
    array = np.zeros((int(lengths.max(initial=1)), len(lengths)), values.dtype)
    array[np.arange(len(values)) - starts[owners], owners] = values
    return array


def _flatten(node: Any, path: str = "") -> list[tuple[str, Numbers]]:
    if isinstance(node, np.ndarray):
        return [(path, node)]
    return [
        leaf
        for field in fields(node)
        for leaf in _flatten(
            getattr(node, field.name), f"{path}.{field.name}" if path else field.name
        )
    ]
