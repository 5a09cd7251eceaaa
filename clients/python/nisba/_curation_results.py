"""From the service's answers to curators' values; the counterpart of `_results`."""

from __future__ import annotations

from datetime import UTC
from typing import Protocol

from nisba._curation_model import (
    DocumentPreview,
    Edited,
    EntityChange,
    MentionChange,
    NewName,
    Preview,
    Revision,
)
from nisba._error_mapping import error_of_status
from nisba._model import Provenance
from nisba._results import entity_of, entity_type, mention, provenance
from nisba.v1 import gazetteer_service_pb2 as pb


class _Revised(Protocol):
    @property
    def revision(self) -> pb.Revision:
        """The revision that an edit made."""
        ...


def revision(message: pb.Revision) -> Revision:
    """Read a revision."""
    made = message.HasField("create_time")
    return Revision(
        number=message.number,
        version=message.version,
        created_at=message.create_time.ToDatetime(UTC) if made else None,
        author=message.author,
        reason=message.reason,
        restored=message.restored_revision or None,
        entity_count=message.entity_count,
        name_count=message.name_count,
        created_count=message.created_count,
        updated_count=message.updated_count,
        deleted_count=message.deleted_count,
    )


def made(response: _Revised) -> Revision:
    """Read the answer of an edit that leaves no entity, or of a watch."""
    return revision(response.revision)


def edited(
    response: pb.CreateEntityResponse | pb.UpdateEntityResponse | pb.MergeEntitiesResponse,
) -> Edited:
    """Read the answer of an edit that leaves an entity."""
    return Edited(
        entity_of(response.entity, provenance(response.provenance)), revision(response.revision)
    )


def revisions(response: pb.ListRevisionsResponse) -> tuple[Revision, ...]:
    """Read a page of ListRevisions."""
    return tuple(map(revision, response.revisions))


def changes(response: pb.DiffRevisionsResponse) -> tuple[EntityChange, ...]:
    """Read one message of DiffRevisions."""
    return tuple(map(_change, response.changes))


def preview(response: pb.PreviewChangeResponse) -> Preview:
    """Read the answer of PreviewChange."""
    return Preview(
        documents=tuple(map(_document, response.documents)),
        changes=tuple(map(_change, response.changes)),
        provenance=provenance(response.provenance),
    )


def new_names(response: pb.ListNewNamesResponse) -> tuple[NewName, ...]:
    """Read a page of ListNewNames."""
    return tuple(
        NewName(
            key=name.key,
            type=entity_type(name.type),
            spellings=tuple((s.name, s.mention_count) for s in name.spellings),
            mention_count=name.mention_count,
            document_count=name.document_count,
            first_seen=name.first_seen_time.ToDatetime(UTC),
            last_seen=name.last_seen_time.ToDatetime(UTC),
        )
        for name in response.new_names
    )


def _change(change: pb.EntityChange) -> EntityChange:
    nowhere = Provenance()
    return EntityChange(
        entity_id=change.entity_id,
        before=entity_of(change.before, nowhere) if change.HasField("before") else None,
        after=entity_of(change.after, nowhere) if change.HasField("after") else None,
        merged_into_before=change.merged_into_before,
        merged_into_after=change.merged_into_after,
    )


def _document(document: pb.DocumentPreview) -> DocumentPreview:
    return DocumentPreview(
        id=document.id,
        changes=tuple(
            MentionChange(
                before=mention(change.before) if change.HasField("before") else None,
                after=mention(change.after) if change.HasField("after") else None,
            )
            for change in document.changes
        ),
        unchanged_count=document.unchanged_count,
        error=error_of_status(document.error) if document.HasField("error") else None,
    )
