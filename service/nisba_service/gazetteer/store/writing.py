"""A new revision, as it comes into being within one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from nisba_service.gazetteer.store import reading
from nisba_service.gazetteer.store.backend import Backend, Row
from nisba_service.gazetteer.store.model import ChangeCounts, Note, Revision
from nisba_service.gazetteer.store.states import State, is_same, targets_of
from nisba_service.gazetteer.store.tables import REFERENCE, REVISION, STATE
from nisba_service.gazetteer.version import ContentHash


@dataclass(frozen=True, slots=True)
class Step:
    """What an ID stood for until now (None: it was never used), and what it stands for next."""

    before: State | None
    after: State


class Draft:
    """The revision after the newest one, before it is finished.

    Each part of an edit sees what the parts before it did.
    """

    def __init__(self, connection: Connection, backend: Backend) -> None:
        self._connection = connection
        self._backend = backend
        self.base = reading.head(connection)
        self.number = self.base.number + 1
        self._total = reading.total(connection, self.base.number)
        self._entity_count = self.base.entity_count
        self._name_count = self.base.name_count
        self._rows = 0
        self._changed_twice: set[str] = set()

    def states(self, ids: Iterable[str]) -> dict[str, State]:
        """Return what IDs stand for by now, deleted ones too; those never used are left out."""
        return reading.states(self._connection, self.number, ids)

    def state(self, entity_id: str) -> State | None:
        """Return what one ID stands for by now; None: it was never used."""
        return self.states([entity_id]).get(entity_id)

    def referrers(self, target: str) -> Iterator[State]:
        """Yield the states that refer to an ID: relations of entities, and merged IDs.

        They may be changed while they are read.
        """
        last = ""
        query = sa.select(REFERENCE.c.source).where(REFERENCE.c.target == target)
        query = query.order_by(REFERENCE.c.source).limit(reading.PAGE)
        while True:
            next_page = query.where(REFERENCE.c.source > last)
            sources = list(self._connection.execute(next_page).scalars())
            if not sources:
                return
            yield from self.states(sources).values()
            last = sources[-1]

    def write(self, steps: Iterable[Step]) -> None:
        """Add rows to the log, and let references and counts follow. An ID may come once."""
        changed = [step for step in steps if not is_same(step.before, step.after)]
        if changed:
            self._write_states(changed)
            self._write_references(changed)
            self._count(changed)

    def _write_states(self, steps: Sequence[Step]) -> None:
        # An ID that this very revision has changed before: its row is not history yet.
        again = [s.after.entity_id for s in steps if s.before and s.before.revision == self.number]
        self._delete_rows(again)
        self._changed_twice.update(again)
        self._backend.insert(self._connection, STATE, [_row(step.after) for step in steps])
        self._rows += len(steps)

    def _delete_rows(self, entity_ids: Sequence[str]) -> None:
        draft = sa.and_(STATE.c.entity_id == sa.bindparam("id"), STATE.c.revision == self.number)
        if entity_ids:
            ids = [{"id": entity_id} for entity_id in entity_ids]
            self._connection.execute(sa.delete(STATE).where(draft), ids)
            self._rows -= len(ids)

    def _write_references(self, steps: Sequence[Step]) -> None:
        outdated: list[dict[str, str]] = []
        rows: list[Row] = []
        for step in steps:
            source, old, new = step.after.entity_id, targets_of(step.before), targets_of(step.after)
            outdated += [{"s": source, "t": target} for target in old - new]
            rows += [(source, target) for target in sorted(new - old)]
        if outdated:
            pair = sa.and_(
                REFERENCE.c.source == sa.bindparam("s"), REFERENCE.c.target == sa.bindparam("t")
            )
            self._connection.execute(sa.delete(REFERENCE).where(pair), outdated)
        self._backend.insert(self._connection, REFERENCE, rows)

    def _count(self, steps: Sequence[Step]) -> None:
        before = [step.before for step in steps if step.before is not None]
        after = [step.after for step in steps]
        self._total = self._total.without(map(_member, before)).with_(map(_member, after))
        self._entity_count += _entities(after) - _entities(before)
        self._name_count += sum(s.name_count for s in after) - sum(s.name_count for s in before)

    def finish(self, note: Note, restores: int | None = None) -> Revision:
        """Write the revision itself and return it; the newest one, if nothing has changed."""
        self._forget_detours()
        if not self._rows:
            return self.base
        finished = Revision(
            number=self.number,
            version=self._total.version,
            created_at=datetime.now(UTC),
            author=note.author,
            reason=note.reason,
            restores=restores,
            entity_count=self._entity_count,
            name_count=self._name_count,
            changes=self._changes(),
        )
        self._backend.insert(self._connection, REVISION, [_revision_row(finished, self._total)])
        self._backend.announce(self._connection)
        return finished

    def _forget_detours(self) -> None:
        """Delete the rows of IDs that stand for the same as before after all."""
        for ids in reading.pages(self._changed_twice):
            before = reading.states(self._connection, self.base.number, ids)
            now = self.states(ids)
            self._delete_rows([id for id in ids if is_same(before.get(id), now.get(id))])

    def _changes(self) -> ChangeCounts:
        if self.base.number == 0:
            return ChangeCounts(created=self._entity_count)
        old, older = STATE.alias("old"), STATE.alias("older")
        previous = (
            sa.select(sa.func.max(older.c.revision))
            .where(older.c.entity_id == STATE.c.entity_id, older.c.revision < self.number)
            .scalar_subquery()
        )
        same_id = sa.and_(old.c.entity_id == STATE.c.entity_id, old.c.revision == previous)
        was, is_ = old.c.record.is_not(None), STATE.c.record.is_not(None)
        counts = (~was & is_, was & is_ & (old.c.etag != STATE.c.etag), was & ~is_)
        query = (
            sa.select(*(sa.func.coalesce(sa.func.sum(sa.case((c, 1), else_=0)), 0) for c in counts))
            .select_from(STATE.outerjoin(old, same_id))
            .where(STATE.c.revision == self.number)
        )
        return ChangeCounts(*self._connection.execute(query).one())


def _entities(states: Iterable[State]) -> int:
    return sum(state.is_entity for state in states)


def _member(state: State) -> int:
    return int.from_bytes(state.member, "big")


def _row(state: State) -> Row:
    return (
        state.entity_id,
        state.revision,
        state.record,
        state.served,
        state.merged_into,
        state.etag,
        state.member,
        state.name_count,
    )


def _revision_row(revision: Revision, total: ContentHash) -> Row:
    return (
        revision.number,
        revision.version,
        total.total.to_bytes(32, "big"),
        revision.created_at.isoformat(timespec="microseconds"),
        revision.author,
        revision.reason,
        revision.restores,
        revision.entity_count,
        revision.name_count,
        revision.changes.created,
        revision.changes.updated,
        revision.changes.removed,
    )
