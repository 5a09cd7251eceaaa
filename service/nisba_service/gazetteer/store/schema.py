"""Whether a store's tables are those of this version of Nisba: asked without Alembic, which takes
longer to import than a command takes to run."""

from __future__ import annotations

from sqlalchemy import Column, MetaData, String, Table, inspect, select

from nisba_service.gazetteer.store.backend import Database
from nisba_service.gazetteer.store.tables import SCHEMA_VERSION_TABLE

NEWEST = "0001"
"""The newest migration."""

# As Alembic makes it.
_VERSION = Table(SCHEMA_VERSION_TABLE, MetaData(), Column("version_num", String(32)))


def is_current(database: Database) -> bool:
    """Say whether the newest migration has been made. Raises StoreError."""
    with database.reading() as connection:
        if not inspect(connection).has_table(SCHEMA_VERSION_TABLE):
            return False
        versions = connection.execute(select(_VERSION.c.version_num)).scalars()
        return list(versions) == [NEWEST]
