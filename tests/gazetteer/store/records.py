"""Short ways to write records and to say what a store holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing

import psycopg

from nisba_service.gazetteer.location import Database, StoreUrl
from nisba_service.gazetteer.schema import NameRecord, Record, RelationRecord
from nisba_service.gazetteer.store.model import Create, Edit, Note, Revision, Stored
from nisba_service.gazetteer.store.store import Store
from nisba_service.names.types import EntityType

NOTE = Note("ليلى", "تصحيح الأسماء")
_TYPES = {
    "per": EntityType.PERSON,
    "org": EntityType.ORGANIZATION,
    "loc": EntityType.LOCATION,
}


def record(entity_id: str, *names: str, **relations: str) -> Record:
    """Return a record of the type that its ID begins with; without names, it bears its ID's."""
    links = [RelationRecord(rel=rel, target=target) for rel, target in relations.items()]
    return Record.model_validate(
        {
            "id": entity_id,
            "type": _TYPES[entity_id.partition(":")[0]],
            "names": [NameRecord(name=name) for name in names or (entity_id.partition(":")[2],)],
            "relations": links or None,
        }
    )


HAMAS = record("org:hamas", "Hamas", "حماس")
FATAH = record("org:fatah", "Fatah", "فتح")
ARURI = record("per:aruri", "Saleh al-Arouri", "صالح العاروري", member_of="org:hamas")
ARAFAT = record("per:arafat", "Yasser Arafat", "ياسر عرفات", leader_of="org:fatah")
ALL = (HAMAS, FATAH, ARURI, ARAFAT)


def filled(store: Store, records: Iterable[Record] = ALL) -> Revision:
    """Commit records to an empty store."""
    return store.commit(map(Create, records), NOTE)


def edit(store: Store, *edits: Edit) -> Revision:
    """Commit edits."""
    return store.commit(edits, NOTE)


def etag(store: Store, entity_id: str) -> str:
    """Return the etag of what an ID stands for."""
    stored = store.stored(entity_id)
    assert stored is not None
    return stored.etag


def content(stored: Iterable[Stored]) -> dict[str, Record | str | None]:
    """Return what IDs stand for: a record, or the ID that they lead to."""
    return {s.entity_id: s.record if s.record is not None else s.merged_into for s in stored}


def names(stored: Stored | None) -> list[str]:
    """Return the names of an entity."""
    assert stored is not None
    assert stored.record is not None
    return [name.name for name in stored.record.names]


def relations(stored: Stored | None) -> list[tuple[str, str]]:
    """Return the relations of an entity."""
    assert stored is not None
    assert stored.record is not None
    return [(relation.rel, relation.target) for relation in stored.record.relations or ()]


def execute(url: StoreUrl, statement: str) -> None:
    """Do to a database what the store itself would not."""
    if url.database is Database.SQLITE:
        with closing(sqlite3.connect(url.secret, isolation_level=None)) as connection:
            connection.execute(statement)
    else:
        with psycopg.connect(url.secret, autocommit=True) as connection:
            connection.execute(statement)


def rows(url: StoreUrl, query: str) -> list[tuple[object, ...]]:
    """Return what stands in a database."""
    if url.database is Database.SQLITE:
        with closing(sqlite3.connect(url.secret)) as connection:
            return connection.execute(query).fetchall()
    with psycopg.connect(url.secret) as connection:
        return connection.execute(query).fetchall()
