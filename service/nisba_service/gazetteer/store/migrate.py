"""A store's schema brought up to this version of Nisba, or a clear word why it cannot be."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from nisba_service.errors import StoreError
from nisba_service.gazetteer.location import StoreUrl
from nisba_service.gazetteer.store.backend import Database
from nisba_service.gazetteer.store.tables import METADATA, SCHEMA_VERSION_TABLE

_SCRIPTS = Path(__file__).with_name("migrations")


def migrate(database: Database, url: StoreUrl, *, create: bool) -> None:
    """Make the tables, if `create`, or change those of an older version, in one transaction.

    Raises StoreError: there is no store and it shall not be made, it was written by a newer
    version, or its tables are somebody else's.
    """
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    with database.reading() as connection:
        if _schema(connection) == scripts.get_current_head():
            return
    with database.writing() as connection:
        reason = _reason_not_to(connection, scripts, create=create)
        if reason is not None:
            raise StoreError(f"{url}: {reason}")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _schema(connection: Connection) -> str | None:
    options = {"version_table": SCHEMA_VERSION_TABLE}
    return MigrationContext.configure(connection, opts=options).get_current_revision()


def _reason_not_to(connection: Connection, scripts: ScriptDirectory, *, create: bool) -> str | None:
    schema = _schema(connection)
    if schema is None and not create:
        return "there is no gazetteer in this database yet: import one"
    if schema is None and set(inspect(connection).get_table_names()) & set(METADATA.tables):
        return "this database holds tables of another program: name an empty one"
    if schema is not None and schema not in {s.revision for s in scripts.walk_revisions()}:
        return (
            f"this store was written by a newer version of Nisba (schema {schema}, this version"
            f" knows {scripts.get_current_head()}): install that version"
        )
    return None
