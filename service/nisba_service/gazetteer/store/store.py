"""The gazetteer as curators change it: numbered revisions in a database, none ever lost.

One class for both databases. Who reads never waits for who writes; who writes waits for other
writers. Each call is a transaction of its own, or several that see one revision: the log is only
ever added to, so a revision reads the same however long the reading takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from threading import Event
from typing import Self, TypeVar

from sqlalchemy import Connection

from nisba_service.errors import EditError, StoreError
from nisba_service.gazetteer.location import Database as Kind
from nisba_service.gazetteer.location import StoreUrl
from nisba_service.gazetteer.store import editing, reading
from nisba_service.gazetteer.store.backend import Backend, Database, Patience
from nisba_service.gazetteer.store.model import (
    Change,
    CommitPreview,
    Edit,
    EntityChange,
    Note,
    Revision,
    Stored,
)
from nisba_service.gazetteer.store.problems import Problems, note_problems
from nisba_service.gazetteer.store.reading import Served
from nisba_service.gazetteer.store.schema import is_current
from nisba_service.gazetteer.store.sqlite import SqliteBackend
from nisba_service.gazetteer.store.states import State, deleted_state, is_same, stored_of
from nisba_service.gazetteer.store.tokens import Tokens
from nisba_service.gazetteer.store.writing import Draft, Step

_Row = TypeVar("_Row", State, Served)


class Store:
    """A gazetteer in a database. Threads may share it; processes open their own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.tokens = Tokens(database)

    @classmethod
    def open(cls, url: StoreUrl, *, create: bool = True) -> Self:
        """Open a store, and bring its schema up to this version of Nisba.

        Unless `create`, a database that holds no gazetteer yet is refused. Raises StoreError.
        """
        if url.database is Kind.SQLITE and not create and not Path(url.secret).exists():
            raise StoreError(f"{url}: there is no such file")
        store = cls(Database(_backend(url)))
        try:
            if not is_current(store._database):
                _migrate(store._database, url, create=create)
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Let go of the database. A call after this opens it again."""
        self._database.backend.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def head(self) -> Revision:
        """Return the newest revision; number 0 while there is none."""
        with self._database.reading() as connection:
            return reading.head(connection)

    def revision(self, number: int) -> Revision:
        """Return one revision. Raises RevisionNotFound."""
        with self._database.reading() as connection:
            return reading.revision(connection, number)

    def revisions(
        self, before: int | None = None, limit: int = 100, *, entity_id: str | None = None
    ) -> list[Revision]:
        """Return up to `limit` revisions, those before number `before`, newest first.

        With an ID, only the revisions that changed what it stands for.
        """
        with self._database.reading() as connection:
            return reading.revisions(connection, before, limit, entity_id)

    def records(self, revision: int | None = None) -> Iterator[Stored]:
        """Yield all entities and redirects of a revision, the newest by default, in order of ID.

        Little is held in memory. Raises RevisionNotFound.
        """
        number = self._number(revision)
        for state in self._pages(number, reading.page):
            stored = stored_of(state)
            if stored is not None:
                yield stored

    def served(self, revision: int | None = None) -> Iterator[Served]:
        """Yield what is served of each ID of a revision, as for `records`; see `load_gazetteer`."""
        return self._pages(self._number(revision), reading.served_page)

    def _pages(
        self, number: int, page: Callable[[Connection, int, str], list[_Row]]
    ) -> Iterator[_Row]:
        last = ""
        while True:
            with self._database.reading() as connection:
                rows = page(connection, number, last)
            if not rows:
                return
            yield from rows
            last = rows[-1].entity_id

    def _number(self, revision: int | None) -> int:
        return self.head().number if revision is None else self.revision(revision).number

    def stored(self, entity_id: str, revision: int | None = None) -> Stored | None:
        """Return what an ID stands for; None: nothing. Raises RevisionNotFound."""
        number = self._number(revision)
        with self._database.reading() as connection:
            return stored_of(reading.states(connection, number, [entity_id]).get(entity_id))

    def history(self, entity_id: str) -> list[EntityChange]:
        """Return what became of an ID, newest first; nothing if it was never used."""
        with self._database.reading() as connection:
            states = reading.history(connection, entity_id)
            return [
                EntityChange(
                    reading.revision(connection, after.revision),
                    Change(entity_id, stored_of(before), stored_of(after)),
                )
                for after, before in zip(states, [*states, None][1:], strict=True)
            ]

    def diff(self, from_: int, to: int) -> Iterator[Change]:
        """Yield what differs between two revisions, in order of ID; `to` may be the older one.

        The IDs are held in memory, records only a page at a time. Raises RevisionNotFound.
        """
        with self._database.reading() as connection:
            for number in (from_, to):
                reading.revision(connection, number)
            ids = reading.changed_ids(connection, from_, to)
        for some in reading.pages(ids):
            with self._database.reading() as connection:
                changes = _changes(connection, from_, to, some)
            yield from changes

    def commit(self, edits: Iterable[Edit], note: Note) -> Revision:
        """Make one revision of all the edits, or none at all.

        If they change nothing, the newest revision is returned and none is made. Other
        writers wait until the last edit was read: gather those of a slow source first.

        Raises EditError with every broken rule, EtagConflict, StoreError.
        """
        with self._database.writing() as connection:
            draft = self._draft(connection, edits, note)
            return draft.finish(note)

    def check(self, edits: Iterable[Edit], note: Note, limit: int = 1000) -> CommitPreview:
        """Return what `commit` would do, with up to `limit` of the changes; nothing is written.

        Raises EtagConflict, StoreError.
        """
        with self._database.trying() as connection:
            try:
                draft = self._draft(connection, edits, note)
            except EditError as error:
                return CommitPreview(problems=error.problems, revision=None, changes=())
            after = draft.finish(note)
            before = draft.base.number
            pages = reading.pages(reading.changed_ids(connection, before, after.number))
            changes = (_changes(connection, before, after.number, some) for some in pages)
            return CommitPreview((), after, tuple(islice(chain.from_iterable(changes), limit)))

    def roll_back(self, to: int, note: Note) -> Revision:
        """Make a new revision with the content of an older one.

        Returns the newest one if that has the same content already. Raises RevisionNotFound,
        EditError (of the note), StoreError.
        """
        with self._database.writing() as connection:
            reading.revision(connection, to)
            draft = self._draft(connection, (), note)
            for some in reading.pages(reading.changed_ids(connection, to, draft.base.number)):
                then, now = reading.states(connection, to, some), draft.states(some)
                draft.write(Step(now.get(id), _again(then.get(id), id, draft)) for id in some)
            return draft.finish(note, restores=to)

    def wait(self, after: int, timeout: float, stop: Event | None = None) -> int:
        """Return the newest revision's number once it exceeds `after`, or `timeout` seconds on.

        Once `stop` is set it returns within half a second.
        """
        with self._database.explained():
            patience = Patience(timeout, stop)
            return self._database.backend.wait(self._head_number, after, patience)

    def _head_number(self) -> int:
        with self._database.reading() as connection:
            return reading.head_number(connection)

    def _draft(self, connection: Connection, edits: Iterable[Edit], note: Note) -> Draft:
        draft, problems = Draft(connection, self._database.backend), Problems()
        problems.extend(note_problems(note))
        editing.apply(edits, draft, problems)
        problems.raise_any()
        return draft


def _backend(url: StoreUrl) -> Backend:
    if url.database is Kind.SQLITE:
        return SqliteBackend(url)
    from nisba_service.gazetteer.store.postgresql import (  # noqa: PLC0415 (psycopg: a tenth of a second)
        PostgresqlBackend,
    )

    return PostgresqlBackend(url)


def _migrate(database: Database, url: StoreUrl, *, create: bool) -> None:
    from nisba_service.gazetteer.store.migrate import (  # noqa: PLC0415 (Alembic: a sixth of a second)
        migrate,
    )

    migrate(database, url, create=create)


def _changes(connection: Connection, from_: int, to: int, ids: list[str]) -> list[Change]:
    before, after = (reading.states(connection, number, ids) for number in (from_, to))
    return [
        Change(id, stored_of(before.get(id)), stored_of(after.get(id)))
        for id in ids
        if not is_same(before.get(id), after.get(id))
    ]


def _again(state: State | None, entity_id: str, draft: Draft) -> State:
    if state is None:
        return deleted_state(entity_id, draft.number)
    return replace(state, revision=draft.number)
