"""Joins entities with the relations between them, in a temporary file, whatever their order.

A file may name a relation a gigabyte before the entity that it is about. So all that an importer
yields is laid down first; then the entities are read back in order of ID, each with its relations,
without those to entities that are nowhere.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from itertools import groupby
from types import TracebackType
from typing import Self

from nisba_service.gazetteer.exchange.drafts import Draft, Edge, Reject, Tally
from nisba_service.gazetteer.schema import Record, RedirectRecord, RelationRecord

_SCHEMA = """
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA cache_size = -65536;
    CREATE TABLE draft (id TEXT PRIMARY KEY, place TEXT NOT NULL, record TEXT NOT NULL);
    CREATE TABLE edge (source TEXT NOT NULL, rel TEXT NOT NULL, target TEXT NOT NULL);
    CREATE TABLE old_id (id TEXT PRIMARY KEY, target TEXT NOT NULL);
"""
_EDGES = """
    SELECT edge.source, edge.rel, edge.target, there.id IS NOT NULL
    FROM edge JOIN draft AS here ON here.id = edge.source
    LEFT JOIN draft AS there ON there.id = edge.target
    ORDER BY edge.source, edge.rowid
"""
_STRAY_EDGES = "SELECT count(*) FROM edge WHERE source NOT IN (SELECT id FROM draft)"
_OLD_IDS = """
    SELECT old_id.id, old_id.target, target.id IS NOT NULL, draft.id IS NULL
    FROM old_id LEFT JOIN draft AS target ON target.id = old_id.target
    LEFT JOIN draft ON draft.id = old_id.id
    ORDER BY old_id.id
"""

# What a file names as a target may be anything; only IDs are looked up.
_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")
_Relations = list[tuple[str, str]]
_NO_EDGES: tuple[str, _Relations] = ("", [])


class Gathering:
    """The drafts of one import. Its file has no name and vanishes with it.

    Args:
        tally: where edges and old IDs that lead nowhere are counted.
        known: tells whether the store that is imported into has an entity of this ID.
    """

    def __init__(self, tally: Tally, known: Callable[[str], bool]) -> None:
        self._tally = tally
        self._known = known
        # The empty name: a file that SQLite makes and deletes; it fills once the cache is full.
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(_SCHEMA)
        self._database.execute("BEGIN")  # one for all: nothing is ever committed

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._database.close()

    def __len__(self) -> int:
        (count,) = self._database.execute("SELECT count(*) FROM draft").fetchone()
        return int(count)

    def add(self, item: Draft | Edge | RedirectRecord) -> Reject | None:
        """Lay something down; an entity whose ID is taken comes back as a reject."""
        if isinstance(item, Draft):
            return self._add_draft(item)
        if isinstance(item, Edge):
            values = (item.source_id, item.rel, item.target_id)
            self._database.execute("INSERT INTO edge VALUES (?, ?, ?)", values)
        else:
            old = (item.id, item.merged_into)
            self._database.execute("INSERT OR IGNORE INTO old_id VALUES (?, ?)", old)
        return None

    def _add_draft(self, draft: Draft) -> Reject | None:
        record = draft.record
        row = record.model_dump_json(exclude_none=True)
        try:
            self._database.execute(
                "INSERT INTO draft VALUES (?, ?, ?)", (record.id, str(draft.place), row)
            )
        except sqlite3.IntegrityError:
            query = "SELECT place FROM draft WHERE id = ?"
            (first,) = self._database.execute(query, (record.id,)).fetchone()
            return Reject(draft.place, f"{record.id}: id: is used twice; first at {first}", row)
        return None

    def records(self) -> Iterator[Record]:
        """Yield every entity in order of ID, with the relations that lead to an entity."""
        edges = self._edges()
        source, relations = next(edges, _NO_EDGES)
        for entity_id, row in self._database.execute("SELECT id, record FROM draft ORDER BY id"):
            record = Record.model_validate_json(row)
            if source == entity_id:
                record = _related(record, relations)
                source, relations = next(edges, _NO_EDGES)
            yield record

    def _edges(self) -> Iterator[tuple[str, _Relations]]:
        (stray,) = self._database.execute(_STRAY_EDGES).fetchone()
        self._tally.left_out["relations of entities that are not here"] += stray
        rows = self._database.execute(_EDGES)
        for source, group in groupby(rows, key=lambda row: str(row[0])):
            yield source, list(self._kept(group))

    def _kept(self, edges: Iterator[tuple[str, str, str, int]]) -> Iterator[tuple[str, str]]:
        for _, rel, target, is_here in edges:
            if is_here or (_ID.fullmatch(target) and self._known(target)):
                yield rel, target
            else:
                self._tally.left_out["relations to entities that are not here"] += 1

    def old_ids(self) -> Iterator[RedirectRecord]:
        """Yield the old IDs of the entities here, in order, but for those still in use."""
        for entity_id, target, is_here, is_free in self._database.execute(_OLD_IDS):
            if not is_free:
                self._tally.left_out["old IDs that are still in use"] += 1
            elif is_here or self._known(target):
                yield RedirectRecord(id=entity_id, merged_into=target)
            else:
                self._tally.left_out["old IDs of entities that are not here"] += 1


def _related(record: Record, relations: _Relations) -> Record:
    unique = dict.fromkeys(relations)
    listed = [RelationRecord(rel=rel, target=target) for rel, target in unique]
    return record.model_copy(update={"relations": listed or None})
