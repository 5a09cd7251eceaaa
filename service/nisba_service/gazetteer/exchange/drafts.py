"""What an importer yields, and how it counts what it leaves behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from nisba_service.gazetteer.rules import names_findings, names_of
from nisba_service.gazetteer.schema import FormError, Record, RedirectRecord, parse
from nisba_service.gazetteer.source import Place, SourceRecord

ROW_LIMIT = 4_000
"""Characters of a row in the rejects file: enough to find and mend it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An entity as read. Its relations come as edges beside it."""

    place: Place
    record: Record


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation, which may be read before or after the entities at its ends."""

    source_id: str
    rel: str
    target_id: str


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that makes no entity: where it stands, why, and the row, for whoever mends it."""

    place: Place
    reason: str
    row: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


Item: TypeAlias = Draft | Edge | RedirectRecord | Reject


@dataclass(frozen=True, slots=True)
class Tally:
    """What is left behind by design, which nobody need mend.

    Attributes:
        passed_over: rows that are no entities of a gazetteer, by what they are.
        left_out: parts of entities that the gazetteer, or the format written, has no place for.
    """

    passed_over: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)


def reject(place: Place, reason: str, row: bytes | str) -> Reject:
    """Return the reject of a row, cut short if it is very long."""
    text = row.decode("utf-8", "replace") if isinstance(row, bytes) else row
    return Reject(place, reason, text[:ROW_LIMIT])


def drafted(source: SourceRecord, row: bytes | str) -> Iterator[Item]:
    """Yield what a record in the curators' form makes, held against the rules of one record.

    Args:
        source: the record, with its place.
        row: it as it stands in the file.
    """
    try:
        record = parse(source)
    except FormError as error:
        reasons = (problem.message for problem in error.problems)
        yield reject(source.place, "; ".join(reasons), row)
        return
    if isinstance(record, RedirectRecord):
        yield record
        return
    findings = list(names_findings(record, names_of(record), source))
    if findings:
        reasons = (problem.message for problem in source.problems(findings))
        yield reject(source.place, "; ".join(reasons), row)
        return
    yield Draft(source.place, record.model_copy(update={"relations": None}))
    for relation in record.relations or ():
        yield Edge(record.id, relation.rel, relation.target)
