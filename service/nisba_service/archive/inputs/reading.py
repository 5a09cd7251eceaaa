"""The rows of an input, file by file: a reader for each format, none of which holds a whole file.

Bytes that are not UTF-8 are carried through as lone surrogates, so that one wrong row is rejected
and the others are read; see `rows.checked`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import BinaryIO, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

from nisba_service.archive.inputs.columns import Columns
from nisba_service.archive.inputs.html import text_of
from nisba_service.archive.inputs.locations import Content, Form, InputFile
from nisba_service.archive.inputs.rows import Row
from nisba_service.archive.rejects import Place, Reason, Reject
from nisba_service.errors import InputError

ROW_LIMIT = 16 * 1024 * 1024
"""Bytes of one row. A file without line ends, or a quotation mark that is never closed, must not
fill the memory."""

Item: TypeAlias = Row | Reject

_BOM = "\ufeff"
# Rows of a Parquet file that are made Python values together.
_BATCH = 256


def rows(file: InputFile, columns: Columns, content: Content) -> Iterator[Item]:
    """Yield the rows of a file that is open.

    Raises InputError: the file as a whole cannot be read, or lacks a column.
    """
    if file.form is Form.PARQUET:
        yield from _parquet(file, columns)
    elif file.form is Form.CSV:
        yield from _csv(file, columns, content.uncompressed())
    elif file.form is Form.JSONL:
        yield from _jsonl(file, columns, content.uncompressed())
    else:
        yield _page(file, content.uncompressed())


def _jsonl(file: InputFile, columns: Columns, content: BinaryIO) -> Iterator[Item]:
    for number, line in enumerate(_lines(content), start=1):
        place = Place(file.source, number)
        if line is None:
            yield Reject(Reason.TOO_LONG, place, detail=f"a line of more than {ROW_LIMIT} bytes")
        elif text := _decoded(line).removeprefix(_BOM if number == 1 else "").strip():
            yield _record(text, place, columns, f"{file.name}:{number}")


def _record(text: str, place: Place, columns: Columns, default_id: str) -> Item:
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        reason = Reason.WRONG_ENCODING if _has_wrong_bytes(text) else Reason.BAD_ROW
        return Reject(reason, place)
    if not isinstance(record, dict):
        return Reject(Reason.BAD_ROW, place)
    return columns.row(record, place, default_id)


def _lines(content: BinaryIO) -> Iterator[bytes | None]:
    """Yield each line, None for one that is too long."""
    while line := content.readline(ROW_LIMIT):
        whole = len(line) < ROW_LIMIT or line.endswith(b"\n")
        yield line if whole else None
        while not whole and (line := content.readline(ROW_LIMIT)):
            whole = line.endswith(b"\n")


def _csv(file: InputFile, columns: Columns, content: BinaryIO) -> Iterator[Item]:
    csv.field_size_limit(ROW_LIMIT)
    text = io.TextIOWrapper(content, "utf-8", errors="surrogateescape", newline="")
    delimiter = "\t" if ".tsv" in file.name.lower() else ","
    reader = csv.reader(text, delimiter=delimiter)
    header = [name.strip() for name in next(reader, [])]
    if header:
        header[0] = header[0].removeprefix(_BOM)
    wanted = [header.index(name) for name in columns.among(file.source, header)]
    for number, cells in enumerate(_cells(reader), start=1):
        place = Place(file.source, number)
        if cells is None:
            yield Reject(Reason.TOO_LONG, place, detail=f"a cell of more than {ROW_LIMIT} bytes")
        elif len(cells) > len(header):
            yield Reject(Reason.BAD_ROW, place)
        elif cells:
            values = {header[i]: cells[i] for i in wanted if i < len(cells) and cells[i] != ""}
            yield columns.row(values, place, f"{file.name}:{number}")


def _cells(reader: Iterator[list[str]]) -> Iterator[list[str] | None]:
    """Yield the cells of each record, None for one that is too long."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield None


def _parquet(file: InputFile, columns: Columns) -> Iterator[Item]:
    with file.seekable() as content:
        try:
            table = pq.ParquetFile(content)
            wanted = columns.among(file.source, table.schema_arrow.names)
            batches = table.iter_batches(batch_size=_BATCH, columns=wanted)
            yield from _records(file, columns, batches)
        except (pa.ArrowException, OSError, ValueError) as error:  # a name that is no UTF-8, too
            message = f"{file.source}: is no Parquet file, or damaged ({type(error).__name__})"
            raise InputError(message) from None


def _records(
    file: InputFile, columns: Columns, batches: Iterator[pa.RecordBatch]
) -> Iterator[Item]:
    number = 0
    for batch in batches:
        for index in range(batch.num_rows):
            number += 1
            place = Place(file.source, number)
            try:
                record = {name: batch.column(name)[index].as_py() for name in batch.schema.names}
            except (UnicodeDecodeError, ValueError):
                # Arrow checks neither the bytes of a string nor the range of a date.
                yield Reject(Reason.WRONG_ENCODING, place)
            else:
                yield columns.row(record, place, f"{file.name}:{number}")


def _page(file: InputFile, content: BinaryIO) -> Item:
    place = Place(file.source, 1)
    page = content.read(ROW_LIMIT + 1)
    if len(page) > ROW_LIMIT:
        return Reject(Reason.TOO_LONG, place, detail=f"more than {ROW_LIMIT} bytes")
    text = _decoded(page).removeprefix(_BOM)
    if file.form is Form.HTML:
        text = text_of(text)
    return Row(place, file.name, None, text, None, None)


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", errors="surrogateescape")


def _has_wrong_bytes(text: str) -> bool:
    return any("\udc80" <= letter <= "\udcff" for letter in text)
