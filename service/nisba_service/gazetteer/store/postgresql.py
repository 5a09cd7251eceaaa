"""A store in a PostgreSQL database, for several servers that share one gazetteer."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg
import sqlalchemy as sa
from sqlalchemy import Connection, Table

from nisba_service.errors import StoreBusy, StoreError
from nisba_service.gazetteer.location import StoreUrl
from nisba_service.gazetteer.store.backend import BUSY_SECONDS, Head, Patience, Row, poll

_CHANNEL = "nisba_revision"
# Any number will do that no other program takes in this database: "nisba" in ASCII.
_LOCK = int.from_bytes(b"nisba", "big")
_CONNECT_SECONDS = 10
# Between looks at whether to stop listening.
_LISTEN_SECONDS = 0.5
# There is an index for every question. Just after an import, there are no statistics yet by which
# the planner would see it: 1 000 records took 250 ms to find then, and take 10 so.
_PLANNER = "; ".join(
    f"SET {setting} = off"
    for setting in ("enable_seqscan", "enable_bitmapscan", "enable_hashagg", "enable_sort", "jit")
)
# What to do, by SQLSTATE or its class.
_ADVICE = {
    "53100": "free some space on the server's disk; nothing was written",
    "25006": "it only reads: name the primary server; nothing was written",
    "42501": "grant the role what docs/deploy/postgresql.md lists",
    "57P": "the server is going down or starting up: try again later",
    "08": "the connection was lost: try again",
}
_LOCK_NOT_AVAILABLE = "55P03"


class PostgresqlBackend:
    """PostgreSQL, by psycopg."""

    def __init__(self, url: StoreUrl) -> None:
        self._url = url
        # Asked for life before each use: a restart of the server costs no call.
        self.engine = sa.create_engine(
            "postgresql+psycopg://", creator=self._connect, pool_pre_ping=True
        )

    def _connect(self) -> psycopg.Connection:
        connection = psycopg.connect(
            self._url.secret, connect_timeout=_CONNECT_SECONDS, application_name="nisba"
        )
        connection.execute(_PLANNER)
        connection.commit()
        return connection

    def lock(self, connection: Connection) -> None:
        """Take a lock that only Nisba's writers know; it ends with the transaction."""
        milliseconds = round(BUSY_SECONDS * 1000)
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {milliseconds}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")

    def insert(self, connection: Connection, table: Table, rows: Sequence[Row]) -> None:
        """Insert by COPY: several times as fast as INSERT for many rows."""
        if not rows:
            return
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection), "the engine's creator says so"
        with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def announce(self, connection: Connection) -> None:
        """Notify at the end of the transaction."""
        connection.exec_driver_sql(f"NOTIFY {_CHANNEL}")

    def wait(self, head: Head, after: int, patience: Patience) -> int:
        """Listen on a connection of its own; on a standby, where none may listen, look."""
        with self._connect() as connection:
            connection.autocommit = True
            try:
                connection.execute(f"LISTEN {_CHANNEL}")
            except psycopg.errors.ReadOnlySqlTransaction:
                return poll(head, after, patience)
            # Looked at after LISTEN, so that no revision slips through between the two.
            while (number := head()) <= after and (seconds := patience.left(_LISTEN_SECONDS)):
                for _ in connection.notifies(timeout=seconds, stop_after=1):
                    pass
        return number

    def explain(self, error: BaseException) -> StoreError | None:
        """Add what to do to the server's own words."""
        if not isinstance(error, psycopg.Error):
            return None
        state = error.sqlstate or ""
        if state == _LOCK_NOT_AVAILABLE:
            return StoreBusy(f"{self._url}: another commit is being written: try again later")
        advice = next((_ADVICE[key] for key in (state, state[:3], state[:2]) if key in _ADVICE), "")
        return StoreError(": ".join(filter(None, (str(self._url), _words(error), advice))))


def _words(error: psycopg.Error) -> str:
    if isinstance(error, psycopg.ProgrammingError) and error.sqlstate is None:
        # libpq quotes the part of a URL that it cannot read: it may be of the password.
        return "libpq cannot read this URL: percent-encode what is special in it"
    return error.diag.message_primary or (str(error).splitlines() or ["no connection"])[0]
