"""The first schema. A migration says what it made then: it never imports the tables of today."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    id_type = sa.String(128).with_variant(sa.String(128, collation="C"), "postgresql")
    op.create_table(
        "revision",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("version", sa.String(16), nullable=False),
        sa.Column("total", sa.LargeBinary, nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("restores", sa.Integer),
        sa.Column("entity_count", sa.Integer, nullable=False),
        sa.Column("name_count", sa.Integer, nullable=False),
        sa.Column("created", sa.Integer, nullable=False),
        sa.Column("updated", sa.Integer, nullable=False),
        sa.Column("removed", sa.Integer, nullable=False),
    )
    op.create_table(
        "state",
        sa.Column("entity_id", id_type, primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("record", sa.Text),
        sa.Column("served", sa.Text),
        sa.Column("merged_into", id_type),
        sa.Column("etag", sa.String(32), nullable=False),
        sa.Column("member", sa.LargeBinary, nullable=False),
        sa.Column("name_count", sa.Integer, nullable=False),
    )
    op.create_index("state_revision", "state", ["revision", "entity_id"])
    op.create_table(
        "reference",
        sa.Column("source", id_type, primary_key=True),
        sa.Column("target", id_type, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("reference_target", "reference", ["target", "source"])
    op.create_table(
        "token",
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("expires_at", sa.String(32)),
        sa.Column("revoked_at", sa.String(32)),
    )
