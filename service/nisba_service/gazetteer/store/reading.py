"""Questions to the log: revisions, what IDs stood for, what changed between two revisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa
from sqlalchemy import Connection, Row, Select

from nisba_service.errors import RevisionNotFound
from nisba_service.gazetteer.store.model import ChangeCounts, Revision
from nisba_service.gazetteer.store.states import State
from nisba_service.gazetteer.store.tables import REVISION, STATE
from nisba_service.gazetteer.version import ContentHash

_T = TypeVar("_T")

PAGE = 1000
"""States read at once: what a reader holds in memory, and IDs that a question may list."""

SERVED_PAGE = 5000
"""The same for those who want no records: they read all, and each question has its price."""


class Served(NamedTuple):
    """What is served of an ID: the entity's text, or the ID that it leads to, or nothing."""

    entity_id: str
    text: str | None
    merged_into: str | None


EMPTY = Revision(
    number=0,
    version=ContentHash().version,
    created_at=datetime.fromtimestamp(0, UTC),
    author="",
    reason="",
    restores=None,
    entity_count=0,
    name_count=0,
    changes=ChangeCounts(),
)
"""The state of a store before its first commit."""


def head(connection: Connection) -> Revision:
    """Return the newest revision."""
    newest = sa.select(REVISION).order_by(REVISION.c.number.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    return EMPTY if row is None else _revision(row)


def head_number(connection: Connection) -> int:
    """Return the number of the newest revision."""
    return connection.execute(sa.select(sa.func.max(REVISION.c.number))).scalar_one() or 0


def revision(connection: Connection, number: int) -> Revision:
    """Return one revision. Raises RevisionNotFound."""
    if number == 0:
        return EMPTY
    row = connection.execute(sa.select(REVISION).where(REVISION.c.number == number)).one_or_none()
    if row is None:
        raise RevisionNotFound(number, head_number(connection))
    return _revision(row)


def revisions(
    connection: Connection, before: int | None, limit: int, entity_id: str | None
) -> list[Revision]:
    """Return revisions older than `before`, newest first; with an ID, those that changed it."""
    query = sa.select(REVISION).order_by(REVISION.c.number.desc()).limit(limit)
    if before is not None:
        query = query.where(REVISION.c.number < before)
    if entity_id is not None:
        its_own = sa.select(STATE.c.revision).where(STATE.c.entity_id == entity_id)
        query = query.where(REVISION.c.number.in_(its_own))
    return list(map(_revision, connection.execute(query)))


def total(connection: Connection, number: int) -> ContentHash:
    """Return the sum over all members of a revision."""
    row = connection.execute(sa.select(REVISION.c.total).where(REVISION.c.number == number))
    return ContentHash(int.from_bytes(row.scalar() or b"", "big"))


def _revision(row: Row[tuple[object, ...]]) -> Revision:
    return Revision(
        number=row.number,
        version=row.version,
        created_at=datetime.fromisoformat(row.created_at),
        author=row.author,
        reason=row.reason,
        restores=row.restores,
        entity_count=row.entity_count,
        name_count=row.name_count,
        changes=ChangeCounts(row.created, row.updated, row.removed),
    )


def page(connection: Connection, number: int, after: str) -> list[State]:
    """Return up to PAGE states of a revision, deleted ones too, whose ID comes after `after`."""
    query = _states_at(number).where(STATE.c.entity_id > after)
    return _states(connection, query.order_by(STATE.c.entity_id).limit(PAGE))


def served_page(connection: Connection, number: int, after: str) -> list[Served]:
    """Return, of up to SERVED_PAGE IDs as for `page`, what is served of them."""
    query = _states_at(number).where(STATE.c.entity_id > after)
    lean = query.with_only_columns(STATE.c.entity_id, STATE.c.served, STATE.c.merged_into)
    rows = connection.execute(lean.order_by(STATE.c.entity_id).limit(SERVED_PAGE))
    return list(map(Served._make, rows))


def states(connection: Connection, number: int, ids: Iterable[str]) -> dict[str, State]:
    """Return what IDs stood for in a revision, by ID; those never used by then are left out."""
    found: dict[str, State] = {}
    for some in pages(ids):
        query = _states_at(number).where(STATE.c.entity_id.in_(some))
        found |= {state.entity_id: state for state in _states(connection, query)}
    return found


def history(connection: Connection, entity_id: str) -> list[State]:
    """Return the states of an ID, newest first."""
    query = sa.select(STATE).where(STATE.c.entity_id == entity_id)
    return _states(connection, query.order_by(STATE.c.revision.desc()))


def changed_ids(connection: Connection, from_: int, to: int) -> list[str]:
    """Return the IDs that may stand for something else in one revision than in the other."""
    lower, upper = sorted((from_, to))
    query = sa.select(STATE.c.entity_id).distinct().order_by(STATE.c.entity_id)
    between = query.where(STATE.c.revision > lower, STATE.c.revision <= upper)
    return list(connection.execute(between).scalars())


def _states_at(number: int) -> Select[Any]:
    """Select the newest row of each ID that is not after a revision."""
    newer = STATE.alias("newer")
    newest = (
        sa.select(sa.func.max(newer.c.revision))
        .where(newer.c.entity_id == STATE.c.entity_id, newer.c.revision <= number)
        .scalar_subquery()
    )
    return sa.select(STATE).where(STATE.c.revision == newest)


def _states(connection: Connection, query: Select[Any]) -> list[State]:
    return [State(*row) for row in connection.execute(query)]


def pages(items: Iterable[_T]) -> Iterator[list[_T]]:
    """Cut items into lists that one question may hold."""
    rest = iter(items)
    while some := list(islice(rest, PAGE)):
        yield some
