"""The tables of a store, as they are after the newest migration.

The log is `state`: one row for each ID and each revision that changed it, never changed again. Any
revision can be read from it: an ID stands for what its newest row not after that revision says.
`reference` follows from it and speaks of the newest revision only: who names whom, so that nobody
is removed while others name them.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, String, Table, Text

METADATA = MetaData()
SCHEMA_VERSION_TABLE = "nisba_schema"

# IDs are compared as bytes in both databases: records come in the same order from everywhere.
_ID = String(128).with_variant(String(128, collation="C"), "postgresql")
# Points in time are ISO 8601 in UTC: they sort as text, and SQLite has no type for them.
_TIME = String(32)

REVISION = Table(
    "revision",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("version", String(16), nullable=False),
    # The sum of the hashes of all members: see gazetteer/version.py.
    Column("total", LargeBinary, nullable=False),
    Column("created_at", _TIME, nullable=False),
    Column("author", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("restores", Integer),
    Column("entity_count", Integer, nullable=False),
    Column("name_count", Integer, nullable=False),
    Column("created", Integer, nullable=False),
    Column("updated", Integer, nullable=False),
    Column("removed", Integer, nullable=False),
)

# A record and no merged_into: an entity. merged_into and no record: merged. Neither: deleted.
STATE = Table(
    "state",
    METADATA,
    Column("entity_id", _ID, primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("record", Text),
    # What follows from the record for those who serve it: see served.py.
    Column("served", Text),
    Column("merged_into", _ID),
    Column("etag", String(32), nullable=False),
    # What the ID adds to its revision's total and name_count.
    Column("member", LargeBinary, nullable=False),
    Column("name_count", Integer, nullable=False),
    Index("state_revision", "revision", "entity_id"),
)

# A relation's target, or what a merged ID leads to.
REFERENCE = Table(
    "reference",
    METADATA,
    Column("source", _ID, primary_key=True),
    Column("target", _ID, primary_key=True),
    Index("reference_target", "target", "source"),
    sqlite_with_rowid=False,
)

TOKEN = Table(
    "token",
    METADATA,
    Column("id", String(16), primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("created_at", _TIME, nullable=False),
    Column("expires_at", _TIME),
    Column("revoked_at", _TIME),
)
