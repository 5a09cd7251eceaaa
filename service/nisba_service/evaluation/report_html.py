"""An evaluation as one self-contained page: no script, no font, nothing to fetch."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from importlib.resources import files
from string import Template

from nisba_service.evaluation.evaluate import Evaluation
from nisba_service.evaluation.matching import Answer
from nisba_service.evaluation.mistakes import Mistake
from nisba_service.evaluation.reliability_plot import plot
from nisba_service.evaluation.tables import Table, tables

_MISTAKE_HEADER = ("document", "span", "kind", "text", "gold", "answer", "tags")


def page(evaluation: Evaluation, *, with_mistakes: bool = False) -> str:
    """Return the page; the mistakes, which quote the texts, only if asked for."""
    template = Template(files("nisba_service.evaluation").joinpath("page.html").read_text("utf-8"))
    return template.substitute(
        plots="\n".join(plot(s.name, s.end_to_end.calibration) for s in evaluation.sections),
        tables="\n".join(map(_table, tables(evaluation))),
        mistakes=_mistakes(evaluation.mistakes) if with_mistakes else "",
    )


def _table(table: Table) -> str:
    header, *rows = (map(escape, row) for row in (table.header, *table.rows))
    return _section(escape(table.title), header, rows, "")


def _mistakes(made: Iterable[Mistake]) -> str:
    return _section("Errors, end to end", _MISTAKE_HEADER, map(_mistake, made), ' class="quoted"')


def _section(title: str, header: Iterable[str], rows: Iterable[Iterable[str]], kind: str) -> str:
    head = "".join(f"<th>{cell}</th>" for cell in header)
    body = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return (
        f'<h2>{title}</h2>\n<div class="wide"><table{kind}>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table></div>"
    )


def _mistake(mistake: Mistake) -> tuple[str, ...]:
    """Return the cells of a row, as HTML: a text keeps its own direction."""
    return (
        escape(mistake.document_id),
        f"{mistake.start}–{mistake.end}",
        mistake.kind,
        f"<bdi>{escape(mistake.text)}</bdi>",
        escape(mistake.gold),
        escape(", ".join(map(_answer, mistake.answers))),
        escape(" ".join(mistake.tags)),
    )


def _answer(answer: Answer) -> str:
    said = answer.entity_id or answer.outcome.value
    return f"{said} {answer.confidence:.2f} at {answer.start}–{answer.end}"
