"""Revisions of the store and the changes between them, for callers."""

from __future__ import annotations

from collections.abc import Iterable

from nisba.v1 import entity_pb2 as entity_pb
from nisba.v1 import gazetteer_service_pb2 as pb
from nisba_service.gazetteer.store.model import Change, ChangeCounts, Revision, Stored
from nisba_service.server import convert_records
from nisba_service.server.engine import Engine


def revision(revision: Revision) -> pb.Revision:
    """Return a revision of the store."""
    message = pb.Revision(
        number=revision.number,
        version=revision.version,
        author=revision.author,
        reason=revision.reason,
        restored_revision=revision.restores or 0,
        entity_count=revision.entity_count,
        name_count=revision.name_count,
    )
    message.create_time.FromDatetime(revision.created_at)
    _count(message, revision.changes)
    return message


def unwritten(revision: Revision) -> pb.Revision:
    """Return a revision that an edit would make: it has neither number nor time."""
    message = pb.Revision(
        version=revision.version,
        entity_count=revision.entity_count,
        name_count=revision.name_count,
    )
    _count(message, revision.changes)
    return message


def of_files(engine: Engine) -> pb.Revision:
    """Return what stands for a revision where files are served."""
    return pb.Revision(
        version=engine.gazetteer.version,
        entity_count=engine.catalogue.count(),
        name_count=engine.catalogue.name_count,
    )


def provenance(revision: Revision) -> entity_pb.Provenance:
    """Return what made an answer that was read from the store."""
    return entity_pb.Provenance(
        gazetteer_version=revision.version, gazetteer_revision=revision.number
    )


def changes(changes: Iterable[Change]) -> list[pb.EntityChange]:
    """Return how entities differ between two states."""
    return [
        pb.EntityChange(
            entity_id=change.entity_id,
            before=_record(change.before),
            after=_record(change.after),
            merged_into_before=_merged_into(change.before),
            merged_into_after=_merged_into(change.after),
        )
        for change in changes
    ]


def _count(message: pb.Revision, counts: ChangeCounts) -> None:
    message.created_count = counts.created
    message.updated_count = counts.updated
    message.deleted_count = counts.removed


def _record(stored: Stored | None) -> entity_pb.Entity | None:
    return None if stored is None else convert_records.record(stored)


def _merged_into(stored: Stored | None) -> str:
    return "" if stored is None else stored.merged_into or ""
