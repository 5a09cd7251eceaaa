"""All mentions of an entity, found without reading the rest of the links."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
from pyarrow.fs import LocalFileSystem

from nisba_service.archive.context import WIDTH, Context
from nisba_service.archive.layout import shard_name
from nisba_service.archive.reading import State
from nisba_service.archive.texts import Texts
from nisba_service.errors import ArchiveDamaged
from nisba_service.gazetteer.model import Gazetteer

Row = Mapping[str, Any]

_COLUMNS = (
    *("document_id", "date", "start", "end"),
    *("entity_id", "entity_name", "matched_name", "confidence"),
)


@dataclass(frozen=True, slots=True)
class EntityMention:
    """A mention that is linked to the entity, and what stands around it."""

    document_id: str
    date: date | None
    start: int
    end: int
    entity_id: str
    entity_name: str
    matched_name: str
    confidence: float
    context: Context


@dataclass(frozen=True, slots=True)
class Asked:
    """Which mentions are asked for.

    Attributes:
        entity_ids: the IDs that the entity has and had, see `ids_of`.
        first: the first day; with it or `last`, documents without a date are left out.
        last: the last day.
        width: code points of context on each side.
    """

    entity_ids: Collection[str]
    first: date | None = None
    last: date | None = None
    width: int = WIDTH

    @property
    def filter(self) -> ds.Expression:
        """Return what Parquet is asked: statistics may rule out whole shards."""
        wanted = ds.field("entity_id").isin(sorted(self.entity_ids))
        if self.first is not None:
            wanted &= ds.field("date") >= self.first
        if self.last is not None:
            wanted &= ds.field("date") <= self.last
        return wanted


def ids_of(entity_id: str, gazetteer: Gazetteer) -> frozenset[str]:
    """Return an entity's ID and those merged into it, whichever of them is given.

    A state older than a merge knows the entity under the IDs that it had then. An ID that the
    gazetteer does not know stands for itself: an older state may know it.
    """
    now = gazetteer.redirects.get(entity_id, entity_id)
    return frozenset(
        (entity_id, now, *(old for old, new in gazetteer.redirects.items() if new == now))
    )


def mentions(state: State, texts: Texts, asked: Asked) -> Iterator[EntityMention]:
    """Yield the mentions in the archive's order, one shard in memory. Raises ArchiveDamaged."""
    for shard in state.manifest.shards:
        rows = _rows(_Shard(state.folder / shard_name(shard)), asked.filter)
        if rows:
            found = texts.of(shard, {row["document_id"] for row in rows})
            yield from (_mention(row, found[row["document_id"]], asked.width) for row in rows)


def is_linked(state: State, entity_ids: Collection[str]) -> bool:
    """Say whether any mention is linked to one of the entities. Raises ArchiveDamaged."""
    wanted = Asked(entity_ids).filter
    return any(_Shard(state.folder / shard_name(n)).count(wanted) for n in state.manifest.shards)


@dataclass(frozen=True, slots=True)
class _Shard:
    """A file of links, of which Parquet reads what a filter needs."""

    path: Path

    def count(self, wanted: ds.Expression) -> int:
        """Count rows: only the columns of the filter are read, none where statistics say no."""
        with self._reading() as fragment:
            return int(fragment.count_rows(filter=wanted))

    def rows(self, wanted: ds.Expression) -> list[Row]:
        """Return rows."""
        with self._reading() as fragment:
            rows: list[Row] = fragment.to_table(columns=list(_COLUMNS), filter=wanted).to_pylist()
            return rows

    @contextmanager
    def _reading(self) -> Iterator[ds.Fragment]:
        try:
            yield ds.ParquetFileFormat().make_fragment(str(self.path), LocalFileSystem())
        except (OSError, pa.ArrowException) as error:
            raise ArchiveDamaged(self.path, type(error).__name__) from error


def _rows(shard: _Shard, wanted: ds.Expression) -> list[Row]:
    # Most shards end with the count.
    return shard.rows(wanted) if shard.count(wanted) else []


def _mention(row: Row, text: str, width: int) -> EntityMention:
    context = Context.of(text, row["start"], row["end"], width)
    return EntityMention(**row, context=context)
