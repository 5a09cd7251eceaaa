"""From curators' values to the service's answers: what the fake of `nisba.testing` needs."""

from __future__ import annotations

from nisba import _to_proto
from nisba._curation_model import DocumentPreview, EntityChange, NewName, Preview, Revision
from nisba._enum_tables import ENTITY_TYPES
from nisba.v1 import gazetteer_service_pb2 as pb


def revision(revision: Revision) -> pb.Revision:
    """Render a revision."""
    message = pb.Revision(
        number=revision.number,
        version=revision.version,
        author=revision.author,
        reason=revision.reason,
        restored_revision=revision.restored or 0,
        entity_count=revision.entity_count,
        name_count=revision.name_count,
        created_count=revision.created_count,
        updated_count=revision.updated_count,
        deleted_count=revision.deleted_count,
    )
    if revision.created_at is not None:
        message.create_time.FromDatetime(revision.created_at)
    return message


def change(change: EntityChange) -> pb.EntityChange:
    """Render how an entity differs."""
    return pb.EntityChange(
        entity_id=change.entity_id,
        before=None if change.before is None else _to_proto.entity(change.before),
        after=None if change.after is None else _to_proto.entity(change.after),
        merged_into_before=change.merged_into_before,
        merged_into_after=change.merged_into_after,
    )


def preview(preview: Preview) -> pb.PreviewChangeResponse:
    """Render what some edits would do."""
    return pb.PreviewChangeResponse(
        documents=map(_document, preview.documents),
        changes=map(change, preview.changes),
        provenance=_to_proto.provenance(preview.provenance),
    )


def new_name(name: NewName) -> pb.NewName:
    """Render a new name."""
    message = pb.NewName(
        key=name.key,
        type=ENTITY_TYPES[name.type],
        spellings=[pb.NewNameSpelling(name=s, mention_count=n) for s, n in name.spellings],
        mention_count=name.mention_count,
        document_count=name.document_count,
    )
    message.first_seen_time.FromDatetime(name.first_seen)
    message.last_seen_time.FromDatetime(name.last_seen)
    return message


def _document(document: DocumentPreview) -> pb.DocumentPreview:
    return pb.DocumentPreview(
        id=document.id,
        changes=[
            pb.MentionChange(
                before=None if c.before is None else _to_proto.mention(c.before),
                after=None if c.after is None else _to_proto.mention(c.after),
            )
            for c in document.changes
        ],
        unchanged_count=document.unchanged_count,
        error=None if document.error is None else _to_proto.status(document.error),
    )
