"""A store in one SQLite file. Readers and one writer work side by side: write-ahead logging."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, Table, event
from sqlalchemy.pool import QueuePool

from nisba_service.errors import StoreBusy, StoreError
from nisba_service.gazetteer.location import StoreUrl
from nisba_service.gazetteer.store.backend import BUSY_SECONDS, WRITING, Head, Patience, Row, poll

_PRAGMAS = (
    # A commit that was acknowledged survives a loss of power, not only of the process.
    "synchronous = FULL",
    # KiB: the upper pages of the indexes of a million entities.
    "cache_size = -65536",
    # The log of a large import is cut back to this afterwards.
    "journal_size_limit = 67108864",
)
# What to do, by the name of SQLite's error.
_ADVICE = {
    "SQLITE_FULL": "free some space on its disk; nothing was written",
    "SQLITE_READONLY": "it, or its folder, may not be written to; nothing was written",
    "SQLITE_CANTOPEN": "does its folder exist, and may it be read and written?",
    "SQLITE_NOTADB": "it is not a SQLite database",
    "SQLITE_CORRUPT": "restore a backup",
    "SQLITE_IOERR": "its disk fails or is full; nothing was written",
}


class SqliteBackend:
    """SQLite, by the standard library's driver."""

    def __init__(self, url: StoreUrl) -> None:
        self._url = url
        self.engine = self._engine()

    def _engine(self) -> Engine:
        engine = sa.create_engine("sqlite://", creator=self._connect, poolclass=QueuePool)
        # The driver's own idea of when a transaction begins is switched off in _connect.
        event.listen(engine, "begin", _begin)
        return engine

    def _connect(self) -> sqlite3.Connection:
        mode = "ro" if self._url.read_only else "rwc"
        connection = sqlite3.connect(
            f"file:{quote(str(Path(self._url.secret).absolute()))}?mode={mode}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,  # the pool lends a connection to one thread at a time
        )
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if not self._url.read_only:
            connection.execute("PRAGMA journal_mode = WAL")
        return connection

    def lock(self, connection: Connection) -> None:
        """SQLite's lock was taken as the transaction began."""

    def insert(self, connection: Connection, table: Table, rows: Sequence[Row]) -> None:
        """Insert by one prepared statement."""
        if rows:
            values = ",".join("?" * len(table.columns))
            connection.exec_driver_sql(f"INSERT INTO {table.name} VALUES ({values})", list(rows))

    def announce(self, connection: Connection) -> None:
        """SQLite tells nobody: those who wait look again and again."""

    def wait(self, head: Head, after: int, patience: Patience) -> int:
        """Look at the newest revision again and again."""
        return poll(head, after, patience)

    def explain(self, error: BaseException) -> StoreError | None:
        """Add what to do to SQLite's own words."""
        if not isinstance(error, sqlite3.Error):
            return None
        # Extended codes add a word: SQLITE_READONLY_DIRECTORY.
        name = "_".join(getattr(error, "sqlite_errorname", "").split("_")[:2])
        if name == "SQLITE_BUSY":
            return StoreBusy(f"{self._url}: another commit is being written: try again later")
        advice = f": {_ADVICE[name]}" if name in _ADVICE else ""
        return StoreError(f"{self._url}: {error}{advice}")


def _begin(connection: Connection) -> None:
    # Immediate: the lock for writers is taken before anything is read, so that what was read holds.
    writes = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
