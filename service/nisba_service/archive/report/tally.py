"""Counts of mentions and documents by key, over the shards of a dataset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

_WAITING = 1 << 15
"""Rows that wait to be added up: adding seldom costs little, and they are small beside texts."""

Row = Mapping[str, Any]
"""A row of a table of Arrow, by column."""

_SUMS = ("mentions", "documents")
_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Count:
    """How many mentions there are, and in how many documents."""

    mentions: int = 0
    documents: int = 0


class Tally:
    """Counts shards; holds a row for each distinct key, and a bounded number that wait.

    With `lowest`, a column of rows, the lowest value of each key is kept as well.
    """

    def __init__(self, keys: Sequence[str], lowest: str = "") -> None:
        self._keys = list(keys)
        self._lowest = (lowest,) if lowest else ()
        self._parts: list[pa.Table] = []
        self._waiting = 0

    def count(self, rows: pa.Table) -> None:
        """Count the rows of one shard: a row a mention, with `document_id` and the keys."""
        counts = [("document_id", "count"), ("document_id", "count_distinct")]
        part = self._grouped(rows, counts)
        self._parts.append(part)
        self._waiting += part.num_rows
        if self._waiting > max(_WAITING, self._parts[0].num_rows):
            self._add_up()

    @property
    def distinct(self) -> int:
        """Return the number of distinct keys."""
        self._add_up()
        return sum(part.num_rows for part in self._parts)

    def top(self, count: int | None, *order: tuple[str, str]) -> list[Row]:
        """Return the first rows (None: all) in an order of columns, equals in order of key.

        Args:
            count: how many rows.
            order: columns, each with "ascending" or "descending".
        """
        self._add_up()
        if not self._parts:
            return []
        by_key = [(key, "ascending") for key in self._keys]
        rows: list[Row] = self._parts[0].sort_by([*order, *by_key]).slice(0, count).to_pylist()
        return rows

    def _add_up(self) -> None:
        if len(self._parts) > 1:
            sums = [(column, "sum") for column in _SUMS]
            self._parts = [self._grouped(pa.concat_tables(self._parts), sums)]
        self._waiting = 0

    def _grouped(self, rows: pa.Table, sums: list[tuple[str, str]]) -> pa.Table:
        lowest = [(column, "min") for column in self._lowest]
        # One thread: the order of groups, and so of equals, is the same in every run.
        grouped = rows.group_by(self._keys, use_threads=False).aggregate([*sums, *lowest])
        return grouped.rename_columns([*self._keys, *_SUMS, *self._lowest])


def count_of(row: Row) -> Count:
    """Return the count in a row of a tally."""
    return Count(row["mentions"], row["documents"])


def joined(rows: pa.Table, keys: Sequence[str]) -> pa.ChunkedArray:
    """Return several columns as one of texts; null counts as empty."""
    texts = [pc.fill_null(rows[key], "") for key in keys]
    return pc.binary_join_element_wise(*texts, _SEPARATOR)


def joined_key(row: Row, keys: Sequence[str]) -> str:
    """Return the same for one row."""
    return _SEPARATOR.join(row[key] or "" for key in keys)
