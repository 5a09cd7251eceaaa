"""The IDs that the archive has, and where each stands: in a file, not in memory."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from nisba_service.archive.rejects import Place

_INSERT = "INSERT OR IGNORE INTO ids VALUES (?, ?, ?)"


class KnownIds:
    """A set of IDs that may be larger than the memory. Its file is scratch: nothing lasts.

    Every method raises OSError if there is no room for it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        path.unlink(missing_ok=True)
        self._database = sqlite3.connect(path, isolation_level=None)
        with self._explained():
            for statement in (
                "PRAGMA journal_mode = OFF",
                "PRAGMA synchronous = OFF",
                "CREATE TABLE ids (id TEXT PRIMARY KEY, source TEXT, row INTEGER) WITHOUT ROWID",
                "BEGIN",
            ):
                self._database.execute(statement)

    def close(self) -> None:
        """Remove the file."""
        self._database.close()
        self._path.unlink(missing_ok=True)

    def add_all(self, ids: Iterable[tuple[str, str, int]]) -> None:
        """Add IDs that are known to be new, each with its source and row."""
        with self._explained():
            self._database.executemany(_INSERT, ids)

    def add(self, document_id: str, place: Place) -> Place | None:
        """Add an ID; if it is known already, return where it stands."""
        with self._explained():
            row = (document_id, place.source, place.row)
            if self._database.execute(_INSERT, row).rowcount:
                return None
            found = self._database.execute(
                "SELECT source, row FROM ids WHERE id = ?", (document_id,)
            ).fetchone()
        return Place(*found)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            # SQLite says "disk I/O error" of a full disk, too.
            raise OSError(errno.ENOSPC, f"no room for the IDs ({error})", str(self._path)) from None
