"""The IDs that lead to an entity, by entity, in a temporary file: there may be millions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Self

from nisba_service.gazetteer.schema import RedirectRecord

_SCHEMA = """
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    CREATE TABLE old_id (target TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (target, id))
    WITHOUT ROWID;
"""


class OldIds:
    """Redirects, looked up by where they lead."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(_SCHEMA)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def add_all(self, redirects: Iterable[RedirectRecord]) -> None:
        """Take in redirects."""
        rows = ((redirect.merged_into, redirect.id) for redirect in redirects)
        self._database.execute("BEGIN")
        self._database.executemany("INSERT INTO old_id VALUES (?, ?)", rows)
        self._database.execute("COMMIT")

    def of(self, entity_id: str) -> list[str]:
        """Return the IDs that were merged into an entity, in order."""
        query = "SELECT id FROM old_id WHERE target = ? ORDER BY id"
        return [row[0] for row in self._database.execute(query, (entity_id,))]
