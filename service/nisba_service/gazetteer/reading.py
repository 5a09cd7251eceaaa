"""All records of a path, held against every rule; problems are gathered, not raised."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from nisba_service.errors import Problem
from nisba_service.gazetteer.files import read_records
from nisba_service.gazetteer.model import Entity
from nisba_service.gazetteer.references import Reference, references_of
from nisba_service.gazetteer.rules import names_findings, names_of, to_entity
from nisba_service.gazetteer.schema import FormError, Record, RedirectRecord, parse
from nisba_service.gazetteer.source import Place, SourceRecord


@dataclass(slots=True)
class Reading:
    """What has been read: sound entities, redirects of merged ones, and every problem.

    `places` says of each ID where it was first used.
    """

    entities: dict[str, Entity] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _references: list[Reference] = field(default_factory=list, init=False)
    _all_ids_known: bool = field(default=True, init=False)

    def add(self, source: SourceRecord) -> None:
        """Take in one record."""
        try:
            record = parse(source)
        except FormError as error:
            self.problems += error.problems
            self._claim(source.claimed_id(), source)
            return
        self._claim(record.id, source)
        if isinstance(record, RedirectRecord):
            self._add_redirect(record, source)
        else:
            self._add_entity(record, source)

    def _add_redirect(self, record: RedirectRecord, source: SourceRecord) -> None:
        self.redirects.setdefault(record.id, record.merged_into)
        self._references += references_of(record, source)

    def _add_entity(self, record: Record, source: SourceRecord) -> None:
        names = names_of(record)
        findings = list(names_findings(record, names, source))
        if findings:
            self.problems += source.problems(findings)
        else:
            self.entities.setdefault(record.id, to_entity(record, names))
        self._references += references_of(record, source)

    def unreadable(self, problem: Problem) -> None:
        """Note that something could not be read: IDs may be missing from now on."""
        self.problems.append(problem)
        self._all_ids_known = False

    def finish(self, path: Path) -> None:
        """Check the rules that need every record."""
        if not self.places and not self.problems:
            self.problems.append(Problem(str(path), 0, "holds no records"))
        # A target in a record that could not be read is not dangling.
        if self._all_ids_known:
            self.problems += [r.dangling() for r in self._references if r.target not in self.places]
        # What was merged is no entity: a redirect points at one at once, so that there is no chain.
        self.problems += [
            r.merged(self.redirects[r.target])
            for r in self._references
            if r.target in self.redirects
        ]

    def _claim(self, entity_id: str, source: SourceRecord) -> None:
        if not entity_id:
            self._all_ids_known = False
            return
        first = self.places.setdefault(entity_id, source.place)
        if first is not source.place:
            self.problems += source.problems([(("id",), f"is used twice; first at {first}")])


def read(path: Path) -> Reading:
    """Read every record under `path`, in order."""
    reading = Reading()
    for item in read_records(path):
        if isinstance(item, Problem):
            reading.unreadable(item)
        else:
            reading.add(item)
    reading.finish(path)
    return reading
