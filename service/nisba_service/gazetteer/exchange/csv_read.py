"""Tables in: CSV or TSV, as spreadsheets and OpenRefine write them, with a map of their columns."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, TextIO

from nisba_service.errors import ExchangeError
from nisba_service.gazetteer.exchange.csv_columns import (
    ASSIGNMENT,
    ESCAPE,
    SEPARATOR,
    Column,
    own_columns,
)
from nisba_service.gazetteer.exchange.drafts import Item, Reject, Tally, drafted, reject
from nisba_service.gazetteer.exchange.spellings import Spelling, name_records
from nisba_service.gazetteer.source import Place, SourceRecord
from nisba_service.names.types import EntityType

FIELD_LIMIT = 1_000_000
"""Characters of a cell: where quotation marks are left open, the rest of the table is one cell."""

# What is not UTF-8 is read as these, which no text holds, so that only its own row is rejected.
_NOT_UTF8 = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class TableForm:
    """How a table is to be read.

    Attributes:
        columns: what its columns hold; none: as our own headers say.
        separator: between several names in one cell.
        delimiter: between cells; empty: a tab, semicolon or comma, whichever the header has most.
        type: of the entities, where no column says it.
    """

    columns: Sequence[Column] = ()
    separator: str = SEPARATOR
    delimiter: str = ""
    type: EntityType | None = None


@dataclass(slots=True)
class _Cells:
    """The values of one row, by what they are."""

    plain: dict[str, str] = field(default_factory=dict)
    keyed: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    spellings: list[Spelling] = field(default_factory=list)
    not_names: list[str] = field(default_factory=list)


def read_csv(path: str, content: BinaryIO, form: TableForm, tally: Tally) -> Iterator[Item]:
    """Yield the entities of a table, one a row.

    Raises:
        ExchangeError: a table without a header, or without a column that the map names.
    """
    csv.field_size_limit(FIELD_LIMIT)
    text = io.TextIOWrapper(content, "utf-8-sig", errors="surrogateescape", newline="")
    try:
        yield from _table(path, text, form, tally)
    finally:
        text.detach()  # whoever opened the file closes it


def _table(path: str, text: TextIO, form: TableForm, tally: Tally) -> Iterator[Item]:
    header = text.readline()
    delimiter = form.delimiter or max("\t;,", key=header.count)
    headers = [cell.strip() for cell in next(csv.reader([header], delimiter=delimiter), [])]
    columns = _placed(path, headers, form, tally)
    for place, row in _rows(path, csv.reader(text, delimiter=delimiter)):
        if isinstance(row, str):
            yield Reject(place, row, "")
        elif len(row) > len(headers):
            message = f"has {len(row)} cells, and the header {len(headers)}"
            yield reject(place, message, json.dumps(row, ensure_ascii=False))
        elif any(map(str.strip, row)):
            yield from _entity(place, dict(zip(headers, row, strict=False)), columns, form, tally)


def _placed(path: str, headers: Sequence[str], form: TableForm, tally: Tally) -> list[Column]:
    columns = list(form.columns) or own_columns(headers)
    if not columns:
        raise ExchangeError(
            f"{path}: no column is named as ours (id, type, name_en, name_ar …); "
            f"its columns are {', '.join(headers) or 'none'}: say what they hold with --map"
        )
    missing = [column.header for column in columns if column.header not in headers]
    if missing:
        raise ExchangeError(
            f'{path}: there is no column "{missing[0]}"; its columns are {", ".join(headers)}'
        )
    if not any(column.target == "id" for column in columns):
        raise ExchangeError(f"{path}: no column is the id, by which callers will know an entity")
    mapped = {column.header for column in columns}
    for header in headers:
        if header not in mapped:
            tally.left_out[f"column {header}"] += 1
    return columns


def _rows(path: str, rows: Iterator[list[str]]) -> Iterator[tuple[Place, list[str] | str]]:
    """Yield each row with the line that it ends on, or what is wrong with it."""
    line = 2
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Place(path, line), f"not valid CSV: {error}"
            row = []
        if row is None:
            return
        yield Place(path, line), row
        line = 2 + getattr(rows, "line_num", 0)


def _entity(
    place: Place, row: dict[str, str], columns: Sequence[Column], form: TableForm, tally: Tally
) -> Iterator[Item]:
    written = json.dumps(row, ensure_ascii=False)
    if _NOT_UTF8.search("".join(row.values())):
        shown = written.encode("utf-8", "surrogateescape")
        yield reject(place, "is not valid UTF-8: save the table as UTF-8", shown)
        return
    cells = _cells(row, columns, form.separator)
    if cells.plain.get("merged_into"):
        redirect = {key: cells.plain.get(key, "") for key in ("id", "merged_into")}
        yield from drafted(SourceRecord(place, redirect), written)
        return
    names = name_records(cells.spellings, tally, kinds_are_ours=True)
    if not names:
        yield reject(place, "has no name in Latin or Arabic letters", written)
        return
    yield from drafted(SourceRecord(place, _record(cells, names, form.type)), written)


def _record(
    cells: _Cells, names: list[dict[str, object]], type: EntityType | None
) -> dict[str, object]:
    record: dict[str, object] = {
        "id": cells.plain.get("id", ""),
        "type": cells.plain.get("type", type or "").upper(),
        "names": names,
        **{key: cells.plain.get(key) for key in ("description", "wikidata", "notes")},
        "other_ids": dict(cells.keyed.get("other_ids", ())) or None,
        "relations": [{"rel": k, "target": v} for k, v in cells.keyed.get("relations", ())] or None,
        "not_names": cells.not_names or None,
    }
    return {key: value for key, value in record.items() if value is not None}


def _cells(row: dict[str, str], columns: Sequence[Column], separator: str) -> _Cells:
    cells = _Cells()
    for column in columns:
        cell = row.get(column.header, "").strip()
        if not cell:
            continue
        values = _values(cell, separator)
        if column.names is not None:
            cells.spellings += (
                Spelling(value, column.names.kind, language=column.names.language)
                for value in values
            )
        elif column.target == "not_names":
            cells.not_names += values
        elif column.target in ("other_ids", "relations"):
            keyed = cells.keyed.setdefault(column.target, [])
            keyed += (_keyed(column.key, value) for value in values)
        else:
            cells.plain[column.target] = cell
    return cells


def _values(cell: str, separator: str) -> list[str]:
    parts = re.split(rf"(?<!{re.escape(ESCAPE)}){re.escape(separator)}", cell)
    values = (part.replace(f"{ESCAPE}{separator}", separator).strip() for part in parts)
    return [value for value in values if value]


def _keyed(key: str, value: str) -> tuple[str, str]:
    """Return the system and the ID, or the relation and its target."""
    if key:
        return key, value
    key, _, value = value.partition(ASSIGNMENT)
    return key.strip(), value.strip()
