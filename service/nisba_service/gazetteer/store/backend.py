"""What the two databases do differently, behind one interface."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from typing import Protocol

import sqlalchemy.exc
from sqlalchemy import Connection, Engine, Table

from nisba_service.errors import StoreBusy, StoreError

BUSY_SECONDS = 30.0
"""How long a writer waits for another one: an edit takes milliseconds, an import minutes."""

WRITING = "nisba_writing"
"""The execution option of a connection whose transaction will write."""

_POLL_SECONDS = 0.2
"""Between looks for a new revision: reading one number costs about 50 µs."""

Row = tuple[object, ...]

Head = Callable[[], int]
"""Returns the number of the newest revision."""


class Patience:
    """How long somebody waits: until a time, or until told to stop, whichever comes first."""

    def __init__(self, timeout: float, stop: Event | None) -> None:
        self._deadline = time.monotonic() + timeout
        self._stop = Event() if stop is None else stop

    def left(self, most: float) -> float:
        """Return for how many seconds to wait on, at most so many; 0: no longer."""
        if self._stop.is_set():
            return 0.0
        return min(most, max(0.0, self._deadline - time.monotonic()))

    def sleep(self, seconds: float) -> None:
        """Sleep, or wake early when told to stop."""
        self._stop.wait(seconds)


class Backend(Protocol):
    """One of the databases."""

    engine: Engine

    def lock(self, connection: Connection) -> None:
        """Keep other writers waiting from now until the end of the transaction.

        Those who read see the newest finished revision meanwhile.
        """

    def insert(self, connection: Connection, table: Table, rows: Sequence[Row]) -> None:
        """Insert many rows, each with a value for every column of the table, in order."""

    def announce(self, connection: Connection) -> None:
        """Wake those who wait for a revision, as soon as this transaction has succeeded."""

    def wait(self, head: Head, after: int, patience: Patience) -> int:
        """Return the number of the newest revision, once it exceeds `after` or patience ends."""

    def explain(self, error: BaseException) -> StoreError | None:
        """Return what to tell the operator of a driver's error; None: it is no driver's error."""


def poll(head: Head, after: int, patience: Patience) -> int:
    """Look again and again until the newest revision exceeds `after`, or patience ends."""
    while (number := head()) <= after and (seconds := patience.left(_POLL_SECONDS)):
        patience.sleep(seconds)
    return number


@dataclass(frozen=True, slots=True)
class Database:
    """Transactions on a backend, with errors that an operator can act on."""

    backend: Backend

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that only reads. Raises StoreError."""
        with self.explained(), self.backend.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that only one can have at a time; an error undoes all of it.

        Raises StoreError; StoreBusy if another one took too long.
        """
        with self._writer() as connection, connection.begin():
            self.backend.lock(connection)
            yield connection

    @contextmanager
    def trying(self) -> Iterator[Connection]:
        """Open a transaction as `writing` does, and undo all of it in any case."""
        with self._writer() as connection:
            connection.begin()
            self.backend.lock(connection)
            yield connection

    @contextmanager
    def _writer(self) -> Iterator[Connection]:
        with self.explained(), self.backend.engine.connect() as connection:
            yield connection.execution_options(**{WRITING: True})

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turn errors of the database into StoreError."""
        try:
            yield
        except Exception as error:
            if isinstance(error, sqlalchemy.exc.TimeoutError):
                raise StoreBusy("all connections to the store are in use: try again") from error
            cause = error.orig if isinstance(error, sqlalchemy.exc.DBAPIError) else error
            explanation = None if cause is None else self.backend.explain(cause)
            if explanation is None:
                raise
            raise explanation from error
