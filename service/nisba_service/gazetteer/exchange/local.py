"""The records of a folder or file as a curator left them, each sound by itself.

Rules between records are the store's to check: a folder need not hold the whole gazetteer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from nisba_service.errors import GazetteerError, Problem
from nisba_service.gazetteer.files import read_records
from nisba_service.gazetteer.rules import names_findings, names_of
from nisba_service.gazetteer.schema import FormError, Record, RedirectRecord, parse
from nisba_service.gazetteer.source import SourceRecord


@dataclass(frozen=True, slots=True)
class Local:
    """What the files hold, by ID, and where each record stands."""

    contents: dict[str, Record | RedirectRecord] = field(default_factory=dict)
    sources: dict[str, SourceRecord] = field(default_factory=dict)


def read_local(path: Path) -> Local:
    """Return the records under a path. Raises GazetteerError with every problem."""
    local, problems = Local(), list[Problem]()
    for source in read_records(path):
        problems += [source] if isinstance(source, Problem) else _add(local, source)
    if problems:
        raise GazetteerError(tuple(problems))
    return local


def _add(local: Local, source: SourceRecord) -> list[Problem]:
    try:
        record = parse(source)
    except FormError as error:
        return error.problems
    first = local.sources.setdefault(record.id, source)
    if first is not source:
        return source.problems([(("id",), f"is used twice; first at {first.place}")])
    local.contents[record.id] = record
    if isinstance(record, RedirectRecord):
        return []
    return source.problems(names_findings(record, names_of(record), source))
