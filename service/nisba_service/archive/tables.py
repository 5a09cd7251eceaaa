"""The tables of an archive: their columns, and shards written so that equal rows are equal bytes.

Nothing in a row names a revision, a model or a time: a shard that two runs made of the same input
is the same file. (The bytes do depend on the version of pyarrow, which each manifest names.)
Offsets are Unicode code points of the text, half-open.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from nisba_service.archive import durable
from nisba_service.errors import ArchiveDamaged

FORMAT = 1
"""The version of the tables. A change of a column, or of how files are written, raises it."""

ROW_GROUP_DOCUMENTS = 64
"""Documents that are read together to get at one of them: about 200 kB of text."""

_ROW_GROUP = 1 << 20
_COMPRESSION_LEVEL = 3


class Change(StrEnum):
    """What became of a mention from one state to another, in rows of deltas; the gravest first."""

    REPOINTED = "repointed"  # LINKED to another entity, also because the two were merged
    NEWLY_AMBIGUOUS = "newly_ambiguous"  # LINKED or NIL before, AMBIGUOUS now
    NEWLY_NIL = "newly_nil"  # LINKED or AMBIGUOUS before, NIL now
    NEWLY_LINKED = "newly_linked"  # NIL before, LINKED now
    RESOLVED = "resolved"  # AMBIGUOUS before, LINKED now
    REMOVED = "removed"  # there is no mention any longer
    ADDED = "added"  # there was no mention
    REDESCRIBED = "redescribed"  # the same answer; the shown name or the type differs
    RESCORED = "rescored"  # the same answer; the confidence differs, or who an AMBIGUOUS is between


DOCUMENTS = pa.schema(
    [
        pa.field("document_id", pa.string(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("language", pa.string(), nullable=False),
        pa.field("date", pa.date32()),
        pa.field("source", pa.string(), nullable=False),
        pa.field("row", pa.int64(), nullable=False),
    ]
)
"""`language` is "" where nobody said it. `source` and `row` say where the document was read: the
address of the file; the line of JSON Lines, or the record of a table, from 1."""

TAGGED = pa.schema(
    [
        pa.field("document_id", pa.string(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("type", pa.string(), nullable=False),
    ]
)
"""One row a span, in the order of the documents; a document without spans has no row."""

CANDIDATE = pa.struct(
    [
        pa.field("entity_id", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("type", pa.string(), nullable=False),
        pa.field("score", pa.float64(), nullable=False),
        pa.field("matched_name", pa.string(), nullable=False),
    ]
)

LINKS = pa.schema(
    [
        pa.field("document_id", pa.string(), nullable=False),
        pa.field("date", pa.date32()),
        pa.field("mention", pa.int32(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("prefix", pa.string(), nullable=False),
        pa.field("type", pa.string(), nullable=False),
        pa.field("language", pa.string(), nullable=False),
        pa.field("source", pa.string(), nullable=False),
        pa.field("outcome", pa.string(), nullable=False),
        pa.field("entity_id", pa.string()),
        pa.field("entity_name", pa.string()),
        pa.field("matched_name", pa.string()),
        pa.field("confidence", pa.float64(), nullable=False),
        pa.field("candidates", pa.list_(CANDIDATE), nullable=False),
        pa.field("antecedent", pa.int32()),
        pa.field("new_name_key", pa.string()),
    ]
)
"""One row a mention, in the order of the documents; `mention` counts those of a document from 0,
and `antecedent` is such a number. A document without mentions has no row."""


def _sides() -> list[pa.Field]:
    return [
        field
        for side in ("before", "after")
        for field in (
            pa.field(f"{side}_outcome", pa.string()),
            pa.field(f"{side}_entity_id", pa.string()),
            pa.field(f"{side}_entity_name", pa.string()),
            pa.field(f"{side}_confidence", pa.float64()),
        )
    ]


DELTA = pa.schema(
    [
        pa.field("document_id", pa.string(), nullable=False),
        pa.field("date", pa.date32()),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("change", pa.string(), nullable=False),
        *_sides(),
        pa.field("because", pa.list_(pa.string()), nullable=False),
    ]
)
"""One row a mention that is not as it was. `because` holds the IDs of the entities whose change
made the document be linked again; empty where nobody asked."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that a worker has written under a temporary name, for the coordinator to commit."""

    path: Path
    rows: int
    bytes: int
    sha256: str


def of_rows(rows: Iterable[Sequence[object]], schema: pa.Schema) -> pa.Table:
    """Return rows, whose values stand in the order of the columns, as a table."""
    columns: Sequence[Sequence[object]] = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(c, field.type) for c, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def encode(table: pa.Table, schema: pa.Schema) -> bytes:
    """Return a shard as the bytes of a Parquet file.

    Equal rows give equal bytes, however the table was put together.
    """
    rows = ROW_GROUP_DOCUMENTS if schema is DOCUMENTS else _ROW_GROUP
    sink = pa.BufferOutputStream()
    pq.write_table(
        table.cast(schema).combine_chunks(),
        sink,
        row_group_size=rows,
        compression="zstd",
        compression_level=_COMPRESSION_LEVEL,
        version="2.6",
    )
    return bytes(sink.getvalue())


def stage(path: Path, table: pa.Table, schema: pa.Schema) -> Staged:
    """Write the shard that is to become `path` under a temporary name. Raises OSError."""
    return stage_bytes(path, encode(table, schema), table.num_rows)


def stage_arrow(path: Path, table: pa.Table, rows: int) -> Staged:
    """Write a table that is to be mapped into memory as `path`: uncompressed. Raises OSError."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return stage_bytes(path, bytes(sink.getvalue()), rows)


def stage_bytes(path: Path, content: bytes, rows: int) -> Staged:
    """Write what is to become `path` under a temporary name. Raises OSError."""
    digest = hashlib.sha256(content).hexdigest()
    return Staged(durable.stage(path, content), rows, len(content), digest)


def stage_same(path: Path, source: Path, rows: int) -> Staged:
    """Take a file for what is to become `path`: it under a temporary name. Raises OSError."""
    staged = durable.stage_same(path, source)
    return Staged(staged, rows, staged.stat().st_size, durable.checksum(staged))


def read(path: Path, schema: pa.Schema, columns: Sequence[str] | None = None) -> pa.Table:
    """Return a shard, or some columns of it.

    Raises:
        ArchiveDamaged: it is missing, is no Parquet file, or has other columns.
    """
    wanted = schema if columns is None else pa.schema([schema.field(name) for name in columns])
    try:
        with pq.ParquetFile(path) as file:
            return file.read(columns=wanted.names).cast(wanted)
    except (OSError, pa.ArrowException, ValueError) as error:
        raise ArchiveDamaged(path, _reason(error)) from error


def _reason(error: Exception) -> str:
    # Arrow's messages may quote what they choke on, over several lines: its kind is enough.
    return "it is missing" if isinstance(error, FileNotFoundError) else type(error).__name__
