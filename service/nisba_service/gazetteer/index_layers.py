"""Arrays in two layers: a base that stays as it is, and the little that was put on top since.

Names, parts and entities of the upper layer are numbered on from those of the base. What the edits
took away is left out of every list, so that a search meets what an index built anew would hold.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nisba_service.gazetteer.index_arrays import Column, Keyed, Lists, Numbers, RowLists, Rows


@dataclass(frozen=True, slots=True)
class StackedColumn:
    """One value for each of base and top."""

    base: Column
    top: Column

    def __len__(self) -> int:
        return len(self.base) + len(self.top)

    def __getitem__(self, numbers: Numbers | int) -> Numbers:
        first = len(self.base)
        if isinstance(numbers, int | np.integer):
            value: Numbers = self.top[numbers - first] if numbers >= first else self.base[numbers]
            return value
        is_top = numbers >= first
        values: Numbers = self.base[np.where(is_top, 0, numbers)] if first else self.top[numbers]
        values[is_top] = self.top[numbers[is_top] - first]
        return values


@dataclass(frozen=True, slots=True)
class StackedRows:
    """One row for each of base and top."""

    base: RowLists
    top: RowLists

    def __len__(self) -> int:
        return len(self.base) + len(self.top)

    def row(self, number: int) -> Numbers:
        """Return the values of one."""
        first = len(self.base)
        return self.top.row(number - first) if number >= first else self.base.row(number)

    def text(self, number: int) -> str:
        """Return one row of UTF-8 bytes as text."""
        return self.row(number).tobytes().decode()

    def lengths(self, numbers: Numbers) -> Numbers:
        """Return the lengths of several rows."""
        is_top = numbers >= len(self.base)
        lengths = np.empty(len(numbers), np.int64)
        lengths[~is_top] = self.base.lengths(numbers[~is_top])
        lengths[is_top] = self.top.lengths(numbers[is_top] - len(self.base))
        return lengths

    def several(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """Return the values of several rows in one, and for each its place in `numbers`."""
        is_top = numbers >= len(self.base)
        of_base, of_top = np.flatnonzero(~is_top), np.flatnonzero(is_top)
        base, base_owners = self.base.several(numbers[of_base])
        top, top_owners = self.top.several(numbers[of_top] - len(self.base))
        return _merged(base, of_base[base_owners], top, of_top[top_owners])

    def joined(self, numbers: Numbers) -> Numbers:
        """Return the values alone."""
        return self.several(numbers)[0]

    def entries(self) -> tuple[Numbers, Numbers]:
        """Return all values, and the number of the row of each."""
        return self.several(np.arange(len(self)))


@dataclass(frozen=True, slots=True)
class StackedLists:
    """Lists to which the top adds, and from which edits have taken.

    Attributes:
        gone: the values of the base that are no more, in order.
        losses: the same values by the lists that lose them.
    """

    base: Lists
    top: Keyed
    gone: Numbers
    losses: Keyed

    def lengths(self, numbers: Numbers) -> Numbers:
        """Return how many values each has."""
        lengths: Numbers = self.base.lengths(numbers) + self.top.lengths(numbers)
        return lengths - self.losses.lengths(numbers)

    def several(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """Return the values of all in one, and for each value the place of its owner."""
        values, owners = self.base.several(numbers)
        kept = ~contains(self.gone, values)
        return _merged(values[kept], owners[kept], *self.top.several(numbers))

    def joined(self, numbers: Numbers) -> Numbers:
        """Return the values alone, in any order."""
        values = self.base.joined(numbers)
        return np.concatenate([values[~contains(self.gone, values)], self.top.joined(numbers)])

    def entries(self) -> tuple[Numbers, Numbers]:
        """Return all values, and the number or key of the owner of each."""
        values, owners = self.base.entries()
        kept = ~contains(self.gone, values)
        top, top_owners = self.top.entries()
        return np.concatenate([values[kept], top]), np.concatenate([owners[kept], top_owners])


@dataclass(frozen=True, slots=True)
class Numbered:
    """Rows that are lists too for numbers beyond the last: empty ones."""

    rows: Rows

    def lengths(self, numbers: Numbers) -> Numbers:
        """Return the lengths of several rows."""
        lengths = np.zeros(len(numbers), np.int64)
        inside = np.flatnonzero(numbers < len(self.rows))
        lengths[inside] = self.rows.lengths(numbers[inside])
        return lengths

    def several(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """Return the values of several rows in one, and for each its place in `numbers`."""
        inside = np.flatnonzero(numbers < len(self.rows))
        values, owners = self.rows.several(numbers[inside])
        return values, inside[owners]

    def joined(self, numbers: Numbers) -> Numbers:
        """Return the values alone."""
        return self.rows.joined(numbers[numbers < len(self.rows)])

    def entries(self) -> tuple[Numbers, Numbers]:
        """Return all values, and the number of the row of each."""
        return self.rows.entries()


def contains(ordered: Numbers, values: Numbers) -> Numbers:
    """Return which values are among these, which are in order."""
    if not len(ordered):
        return np.zeros(len(values), bool)
    places = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    found: Numbers = ordered[places] == values
    return found


def _merged(
    base: Numbers, base_owners: Numbers, top: Numbers, top_owners: Numbers
) -> tuple[Numbers, Numbers]:
    if not len(top):
        return base, base_owners
    owners = np.concatenate([base_owners, top_owners])
    order = np.argsort(owners, kind="stable")
    return np.concatenate([base, top])[order], owners[order]
