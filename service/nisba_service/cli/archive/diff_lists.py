"""What differs between two states, for a person, as JSON, or for a spreadsheet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from nisba_service.archive.diff_states import StateDiff
from nisba_service.archive.reading import Reader
from nisba_service.archive.report.changes import ChangeCounts
from nisba_service.archive.report.tally import Row
from nisba_service.archive.tables import DELTA
from nisba_service.cli.archive import spreadsheet
from nisba_service.cli.archive.later import tell_later
from nisba_service.cli.archive.list_options import ListFormat
from nisba_service.cli.archive.writing import write as write_pieces
from nisba_service.cli.counting import counted

_NOBODY = "-"


def write(folder: Path, states: tuple[str, str], format: ListFormat, output: Path | None) -> None:
    """Write what differs. Raises ArchiveError, FieldInvalid."""
    reader = Reader.open(folder)
    difference = StateDiff.of(reader.layout, *map(reader.state, states))
    tell_later(reader, difference.after)
    if format is ListFormat.JSON:
        write_pieces(map(_json_line, _rows(difference)), output)
    elif format is ListFormat.CSV:
        write_pieces(spreadsheet.lines(DELTA.names, map(_cells, _rows(difference))), output)
    else:
        write_pieces(_summary(difference), output)


def _rows(difference: StateDiff) -> Iterator[Row]:
    for _, deltas in difference.deltas():
        yield from deltas.to_pylist()


def _json_line(row: Row) -> str:
    day = row["date"]
    content = {**row, "date": None if day is None else day.isoformat()}
    return f"{json.dumps(content, ensure_ascii=False)}\n"


def _cells(row: Row) -> list[spreadsheet.Cell]:
    day = row["date"]
    texts = {"date": None if day is None else day.isoformat(), "because": " ".join(row["because"])}
    return [texts.get(column, row[column]) for column in DELTA.names]


def _summary(difference: StateDiff) -> Iterator[str]:
    counts = ChangeCounts.of(difference)
    yield f"{difference.before.name} → {difference.after.name}: {_compared(difference)}\n"
    if not counts.kinds:
        yield "no mention has another answer\n"
        return
    yield (
        f"{counted(counts.total.mentions, 'mention')} in"
        f" {counted(counts.total.documents, 'document')} changed\n"
    )
    for change, count in counts.kinds.items():
        yield (
            f"\n{change}: {counted(count.mentions, 'mention')} in"
            f" {counted(count.documents, 'document')}\n"
        )
        ways = counts.ways(change)
        yield from (f"  {row['mentions']:>9,}  {_way(row)}\n" for row in ways)
        if more := counts.way_total(change) - len(ways):
            yield f"  {'…':>9}  and {more:,} other ways\n"


def _compared(difference: StateDiff) -> str:
    equal = len(difference.common) - len(difference.unlike)
    compared = counted(difference.documents, "document")
    told = f"{compared}; {equal:,} of {len(difference.common):,} shards are the same files"
    if difference.not_compared:
        told += f"; {difference.not_compared:,} documents are in one state only"
    return told


def _way(row: Row) -> str:
    before, after = _answer(row, "before"), _answer(row, "after")
    return after if before == after else f"{before} → {after}"


def _answer(row: Row, side: str) -> str:
    return row[f"{side}_entity_id"] or row[f"{side}_outcome"] or _NOBODY
