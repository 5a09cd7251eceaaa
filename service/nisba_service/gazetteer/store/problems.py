"""Broken rules of the edits of one commit, gathered so that all are told at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from nisba_service.errors import EditError, Problem
from nisba_service.gazetteer.source import Finding, Place, SourceRecord
from nisba_service.gazetteer.store.model import Note

PROBLEM_LIMIT = 1000
"""So many, and the rest of an import is not looked at any more: nobody reads a million lines."""

_AUTHOR_LIMIT = 200
_REASON_LIMIT = 2_000
# Control characters, which PostgreSQL refuses in part, and halves of surrogate pairs.
_UNWRITABLE = frozenset({"Cc", "Cs"})


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


def note_problems(note: Note) -> Iterator[Problem]:
    """Yield what is wrong with what is said of a change."""
    if not 0 < len(note.author.strip()) <= _AUTHOR_LIMIT:
        yield Problem("note", 0, f"author: must have 1 to {_AUTHOR_LIMIT} characters")
    if len(note.reason) > _REASON_LIMIT:
        yield Problem("note", 0, f"reason: must have at most {_REASON_LIMIT} characters")
    for name, text in (("author", note.author), ("reason", note.reason)):
        if any(unicodedata.category(c) in _UNWRITABLE for c in text if c not in "\t\r\n"):
            yield Problem("note", 0, f"{name}: must not hold control characters")
