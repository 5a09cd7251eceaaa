"""Broken rules of the edits of one commit, gathered so that all are told at once."""

from __future__ import annotations

from collections.abc import Iterable

from nisba_service.errors import EditError, Problem
from nisba_service.gazetteer.source import Finding, Place, SourceRecord

PROBLEM_LIMIT = 1000
"""So many, and the rest of an import is not looked at any more: nobody reads a million lines."""


class Problems:
    """What has been found so far. `broken_ids` are the IDs of the records that it is about."""

    def __init__(self) -> None:
        self.found: list[Problem] = []
        self.broken_ids: set[str] = set()

    def add(self, source: SourceRecord, findings: Iterable[Finding]) -> bool:
        """Take in what is wrong with a record, and say whether anything is."""
        found = list(findings)
        if found:
            self.broken_ids.add(source.claimed_id())
            self.extend(source.problems(found))
        return bool(found)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Take in problems. Raises EditError with those so far when they are too many."""
        self.found += problems
        if len(self.found) >= PROBLEM_LIMIT:
            message = f"there are {PROBLEM_LIMIT} problems: the rest was not looked at"
            last = self.found[-1]
            raise EditError((*self.found, Problem(last.path, last.line, message)))

    def raise_any(self) -> None:
        """Raise EditError if there is any problem."""
        if self.found:
            raise EditError(tuple(self.found))


def numbered(number: int, entity_id: str) -> SourceRecord:
    """Return what stands for the source of an edit that was read from no file."""
    return SourceRecord(Place("edit", number), {"id": entity_id})
