"""The IDs that the archive has, and where each stands: in a file, not in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from nisba_service.archive.rejects import Place


class KnownIds:
    """A set of IDs that may be larger than the memory. Its file is scratch: nothing lasts."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.unlink(missing_ok=True)
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute(
            "CREATE TABLE ids (id TEXT PRIMARY KEY, source TEXT, row INTEGER) WITHOUT ROWID"
        )
        self._database.execute("BEGIN")

    def close(self) -> None:
        """Remove the file."""
        self._database.close()
        self._path.unlink(missing_ok=True)

    def add_all(self, ids: Iterable[tuple[str, str, int]]) -> None:
        """Add IDs that are known to be new, each with its source and row."""
        self._database.executemany("INSERT OR IGNORE INTO ids VALUES (?, ?, ?)", ids)

    def add(self, document_id: str, place: Place) -> Place | None:
        """Add an ID; if it is known already, return where it stands."""
        row = (document_id, place.source, place.row)
        if self._database.execute("INSERT OR IGNORE INTO ids VALUES (?, ?, ?)", row).rowcount:
            return None
        found = self._database.execute(
            "SELECT source, row FROM ids WHERE id = ?", (document_id,)
        ).fetchone()
        return Place(*found)
