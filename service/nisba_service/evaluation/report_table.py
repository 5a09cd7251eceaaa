"""An evaluation as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from nisba_service.evaluation.matching import Answer
from nisba_service.evaluation.mistakes import Mistake
from nisba_service.evaluation.tables import Table

# A quoted name keeps its own direction in a line of the other one (Unicode's isolates).
_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


def report(tables: Iterable[Table]) -> str:
    """Return the tables one below the other, columns aligned."""
    return "\n\n".join("\n".join(_lines(table)) for table in tables)


def mistakes(made: Iterable[Mistake]) -> str:
    """Return one line a mistake: document, span, kind, gold → answer, the text, tags."""
    return "\n".join(map(_mistake, made))


def _lines(table: Table) -> Iterator[str]:
    yield table.title
    rows = (table.header, *table.rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        label, *cells = (
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join((label, *cells)).rstrip()


def _mistake(mistake: Mistake) -> str:
    answers = ", ".join(_answer(answer, mistake) for answer in mistake.answers)
    return "\t".join(
        chain(
            (mistake.document_id, f"{mistake.start}-{mistake.end}", mistake.kind),
            (f"{mistake.gold or 'no mention'} → {answers or 'nothing'}",),
            (_ISOLATE + " ".join(mistake.text.split()) + _POP_ISOLATE,),
            (" ".join(mistake.tags),) if mistake.tags else (),
        )
    )


def _answer(answer: Answer, mistake: Mistake) -> str:
    said = f"{answer.entity_id or answer.outcome.value} {answer.confidence:.2f}"
    elsewhere = (answer.start, answer.end) != (mistake.start, mistake.end)
    return f"{said} at {answer.start}-{answer.end}" if elsewhere else said
