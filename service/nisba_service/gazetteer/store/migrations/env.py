"""What Alembic runs for each change of schema: on the connection that `migrate` hands over."""

from __future__ import annotations

from alembic import context

from nisba_service.gazetteer.store.tables import METADATA, SCHEMA_VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=SCHEMA_VERSION_TABLE,
)
context.run_migrations()
