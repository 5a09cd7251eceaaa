"""Rows as CSV that a spreadsheet opens as they are: Arabic as Arabic, and text as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

BYTE_ORDER_MARK = "\ufeff"
"""Without it, Excel reads a file in the code page of the machine: no letter of Arabic is right."""

# What spreadsheets take for a formula and compute, whoever wrote the text: also in full width, and
# behind white space, which some of them drop.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_BREAKS = ("\t", "\r", "\n")

Cell = str | int | float | None


def lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield the file in pieces, as the rows come."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write(BYTE_ORDER_MARK)
    writer.writerow(header)
    for row in rows:
        writer.writerow(map(cell, row))
        yield _taken(buffer)
    yield _taken(buffer)


def cell(value: Cell) -> str | int | float:
    """Return what stands in a cell: text that looks like a formula behind an apostrophe."""
    if isinstance(value, str) and (
        value.startswith(_BREAKS) or value.lstrip().startswith(_FORMULA)
    ):
        return f"'{value}"
    return "" if value is None else value


def _taken(buffer: io.StringIO) -> str:
    taken = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return taken
