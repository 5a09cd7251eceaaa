"""The report as one self-contained page: no script, no font, nothing to fetch."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from string import Template

from nisba_service.archive.report.elements import heading, label, note
from nisba_service.archive.report.facts import Report, Totals
from nisba_service.archive.report.page_changes import changes
from nisba_service.archive.report.page_lists import doubts, new_names, over_time
from nisba_service.archive.report.words import OUTCOMES, Label, Words
from nisba_service.look import LOOK
from nisba_service.names.types import Language

_LANGUAGES = {Language.EN.value: "English", Language.AR.value: "Arabic"}


def page(report: Report) -> str:
    """Return the page."""
    sections = (
        (Words.CHANGES, "changes", "" if report.changes is None else changes(report.changes)),
        (Words.OVER_TIME, "over-time", over_time(report)),
        (Words.NEW_NAMES, "new-names", new_names(report)),
        (Words.DOUBTS, "doubts", doubts(report)),
    )
    template = Template(
        files("nisba_service.archive.report").joinpath("page.html").read_text("utf-8")
    )
    return template.substitute(
        look=LOOK,
        title=heading(1, Words.REPORT),
        state=escape(_state(report)),
        totals=_totals(report.totals),
        nav=" ".join(_link(words, anchor) for words, anchor, content in sections if content),
        sections="\n".join(content for _, _, content in sections),
        provenance=escape(_provenance(report)),
    )


def _state(report: Report) -> str:
    if report.changes is None:
        return report.state
    return f"{report.changes.before} → {report.state}"


def _provenance(report: Report) -> str:
    origin = report.origin
    return (
        f"state {report.state}, gazetteer {origin.gazetteer_version}, models {origin.model},"
        f" policy {origin.policy}"
    )


def _totals(totals: Totals) -> str:
    figures = [
        (totals.documents, Words.DOCUMENTS.value),
        (totals.mentions, Words.MENTIONS.value),
        *((counted.mentions, OUTCOMES[outcome]) for outcome, counted in totals.outcomes),
        (totals.entities, Words.ENTITIES.value),
    ]
    boxes = "\n".join(map(_figure, figures))
    languages = ", ".join(
        f"{counted.mentions:,} in {_LANGUAGES.get(language, language)}"
        for language, counted in totals.languages
    )
    undated = f"; {totals.undated:,} in documents without a date" if totals.undated else ""
    return f'<div class="figures">\n{boxes}\n</div>\n{note(f"Mentions: {languages}{undated}.")}'


def _figure(figure: tuple[int, Label]) -> str:
    value, name = figure
    return f"<div><b>{value:,}</b>{label(name)}</div>"


def _link(words: Words, anchor: str) -> str:
    return f'<a href="#{anchor}">{label(words)}</a>'
