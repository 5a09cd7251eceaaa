"""Entities out as a table, a row each: for a spreadsheet, and to be read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from nisba_service.gazetteer.exchange.csv_columns import (
    ASSIGNMENT,
    ESCAPE,
    KEYED,
    PRIMARY,
    SEPARATOR,
    WRITTEN,
)
from nisba_service.gazetteer.exchange.drafts import Tally
from nisba_service.gazetteer.model import Name, NameKind, NameUse
from nisba_service.gazetteer.rules import names_of
from nisba_service.gazetteer.schema import Record, RedirectRecord

_LOST_OF_RECORD = ("wikidata_source", "wikidata_confidence", "in_seed_article")
_END = "\r\n"
_ENDS = f"white space or {ESCAPE} at the ends of values"
_LOST_OF_NAME = ("valid_from", "valid_to", "evidence", "source")


def write_csv(records: Iterable[Record | RedirectRecord], tally: Tally) -> Iterator[str]:
    """Yield the lines of a table with the columns WRITTEN; several values of a cell stand with |.

    What a table cannot hold is counted in `tally`.
    """
    yield _line(WRITTEN)
    for record in records:
        if isinstance(record, RedirectRecord):
            row = {"id": record.id, "merged_into": record.merged_into}
        else:
            row = _row(record, tally)
            _count_left_out(record, tally)
        yield _line([row.get(column, "") for column in WRITTEN])


def _line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    # The terminator's characters are those that are put in quotation marks.
    csv.writer(line, lineterminator=_END).writerow(cells)
    return line.getvalue().removesuffix(_END)


def _row(record: Record, tally: Tally) -> dict[str, str]:
    cells: dict[str, list[str]] = {}
    for name in names_of(record):
        cells.setdefault(_name_column(name), []).append(name.name)
    cells["not_names"] = list(record.not_names or ())
    relations = [(relation.rel, relation.target) for relation in record.relations or ()]
    for column, pairs in zip(KEYED, ((record.other_ids or {}).items(), relations), strict=True):
        cells[column] = [f"{key}{ASSIGNMENT}{value}" for key, value in pairs]
        tally.left_out[f"{column} whose key holds {ASSIGNMENT}"] += sum(
            ASSIGNMENT in key for key, _ in pairs
        )
    texts = {key: getattr(record, key) or "" for key in ("description", "wikidata", "notes")}
    tally.left_out[_ENDS] += sum(_is_cut(text) for text in texts.values())
    joined = {column: _cell(values, tally) for column, values in cells.items()}
    return {"id": record.id, "type": record.type, **texts, **joined}


def _cell(values: Sequence[str], tally: Tally) -> str:
    tally.left_out[_ENDS] += sum(_is_cut(value) for value in values)
    return SEPARATOR.join(value.replace(SEPARATOR, f"{ESCAPE}{SEPARATOR}") for value in values)


def _is_cut(value: str) -> bool:
    return value != value.strip() or value.endswith(ESCAPE)


def _name_column(name: Name) -> str:
    kind = PRIMARY if name.kind is NameKind.PRIMARY else name.kind.value
    return f"{kind}_{name.language}"


def _count_left_out(record: Record, tally: Tally) -> None:
    left_out = tally.left_out
    left_out.update(key for key in _LOST_OF_RECORD if getattr(record, key) is not None)
    for name in record.names:
        left_out.update(
            f"{key} of names" for key in _LOST_OF_NAME if getattr(name, key) is not None
        )
        if name.use not in (None, NameUse.FREE):
            left_out[f"use {name.use} of names"] += 1
