"""Why documents were linked again: what the runs that led from one state to another wrote down."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from nisba_service.archive import tables
from nisba_service.archive.layout import PARQUET, Layout

_COLUMNS = ("document_id", "because")


@dataclass(frozen=True, slots=True)
class Reasons:
    """The reasons of documents that changed: as large as their number, not as the archive.

    Attributes:
        table: document_id, because; a document may have several rows.
        known: whether the states are joined by incremental runs: a full run has no reasons.
    """

    table: pa.Table
    known: bool

    @classmethod
    def between(cls, layout: Layout, before: str, after: str) -> Reasons:
        """Return the reasons of the runs between two states, in either direction.

        Raises ArchiveDamaged.
        """
        runs = _way(layout, before, after)
        read = [_distinct(tables.read(layout.delta(*run), tables.DELTA, _COLUMNS)) for run in runs]
        empty = pa.schema([tables.DELTA.field(name) for name in _COLUMNS]).empty_table()
        return cls(pa.concat_tables([empty, *read]), bool(runs))

    def of(self, document_ids: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """Return the IDs of the changed entities for those documents that have some, in order."""
        wanted = pc.is_in(self.table["document_id"], pa.array(sorted(document_ids), pa.string()))
        found: dict[str, set[str]] = {}
        for row in self.table.filter(wanted).to_pylist():
            found.setdefault(row["document_id"], set()).update(row["because"])
        return {document: tuple(sorted(ids)) for document, ids in found.items()}


def _distinct(deltas: pa.Table) -> pa.Table:
    """Return one row a document: all of its mentions have the same reasons, and stand together."""
    ids = deltas["document_id"].combine_chunks()
    if len(ids) < 2:
        return deltas
    first = pa.concat_arrays([pa.array([True]), pc.not_equal(ids[1:], ids[:-1])])
    return deltas.filter(first)


def _way(layout: Layout, before: str, after: str) -> list[tuple[str, str]]:
    """Return the shortest chain of runs between two states; empty: there is none."""
    runs = list(_runs(layout))
    came_by: dict[str, list[tuple[str, str]]] = {before: []}
    waiting = deque([before])
    while waiting:
        here = waiting.popleft()
        if here == after:
            return came_by[here]
        for run in runs:
            if here in run:
                there = run[1] if run[0] == here else run[0]
                if there not in came_by:
                    came_by[there] = [*came_by[here], run]
                    waiting.append(there)
    return []


def _runs(layout: Layout) -> Iterator[tuple[str, str]]:
    for path in sorted((layout.root / "deltas").glob(f"*..*{PARQUET}")):
        before, after = path.name.removesuffix(PARQUET).split("..")
        yield before, after
