"""From what a caller wants changed to edits of the store, and from the store's refusal to errors.

Pure but for reading the store: called in one of its threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nisba.v1 import gazetteer_service_pb2 as pb
from nisba_service.errors import EditError, EntityNotFound, FieldInvalid, FieldRequired
from nisba_service.gazetteer.store.model import (
    Create,
    Delete,
    Edit,
    Merge,
    Note,
    Put,
    Split,
    Stored,
)
from nisba_service.gazetteer.store.store import Store
from nisba_service.server import convert_records, limits, validate
from nisba_service.server.errors import (
    EditInvalid,
    EntityExists,
    EntityReferenced,
    ServerError,
)


def read_create(request: pb.CreateEntityRequest, field: str = "entity") -> Create:
    """Return the edit of CreateEntity."""
    if not request.HasField("entity"):
        raise FieldRequired(field, "must be set")
    if request.entity.etag:
        raise FieldInvalid(f"{field}.etag", "must be empty: the entity does not exist yet")
    return Create(convert_records.read_record(request.entity, field))


def read_put(
    store: Store, change: pb.UpdateEntityRequest | pb.EntityUpdate, field: str = "entity"
) -> Put:
    """Return the edit of UpdateEntity: the current record with the masked fields changed.

    Without an etag of the caller's, the one read here guards the fields that are not masked.
    """
    if not change.HasField("entity"):
        raise FieldRequired(field, "must be set")
    message = change.entity
    entity_id = validate.entity_id(message.id, f"{field}.id")
    stored = store.stored(entity_id)
    if stored is None or stored.record is None:
        raise EntityNotFound(f"{field}.id", (entity_id,))
    record = convert_records.updated_record(stored.record, message, change.update_mask, field)
    return Put(record, etag=message.etag or stored.etag)


def read_delete(request: pb.DeleteEntityRequest) -> Delete:
    """Return the edit of DeleteEntity."""
    entity_id = validate.entity_id(request.id, "id")
    return Delete(entity_id, etag=request.etag or None, cascade=request.cascade)


def read_merge(merge: pb.MergeEntitiesRequest | pb.EntityMerge, field: str = "") -> Merge:
    """Return the edit of MergeEntities."""
    sources = validate.items(merge.source_ids, f"{field}source_ids", limits.MERGED)
    etag = merge.target_etag if isinstance(merge, pb.MergeEntitiesRequest) else ""
    return Merge(
        tuple(validate.entity_id(s, f"{field}source_ids[{i}]") for i, s in enumerate(sources)),
        validate.entity_id(merge.target_id, f"{field}target_id"),
        etag=etag or None,
    )


def read_edit(store: Store, edit: pb.Edit, field: str) -> Edit:
    """Return one edit of PreviewChange."""
    match edit.WhichOneof("edit"):
        case "create":
            return Create(convert_records.read_record(edit.create, f"{field}.create"))
        case "update":
            return read_put(store, edit.update, f"{field}.update.entity")
        case "delete_id":
            entity_id = validate.entity_id(edit.delete_id, f"{field}.delete_id")
            return Delete(entity_id, cascade=True)
        case "merge":
            return read_merge(edit.merge, f"{field}.merge.")
        case _:
            raise FieldRequired(field, "must hold an edit")


def refusal(store: Store, edit: Edit, note: Note, error: EditError) -> ServerError | EntityNotFound:
    """Return what is wrong with the one edit of a call, in the words of the contract."""
    match edit:
        case Create(record=record) if store.history(record.id):
            return EntityExists(record.id)
        case Delete(entity_id=entity_id) if gone := _unknown(store, (entity_id,)):
            return EntityNotFound("id", gone)
        case Delete(entity_id=entity_id):
            return EntityReferenced(entity_id, _referrers(store, edit, note))
        case Merge(source_ids=sources, target_id=target) if gone := _unknown(
            store, (*sources, target)
        ):
            return EntityNotFound("source_ids", gone)
        case Merge():
            return invalid(error, ["source_ids"])
        case _:
            return invalid(error, ["entity"])


def _referrers(store: Store, edit: Delete, note: Note) -> tuple[str, ...]:
    """Return whose relations a deletion would remove, if it could."""
    preview = store.check([replace(edit, cascade=True)], note)
    return tuple(
        c.entity_id for c in preview.changes if c.before is not None and c.after is not None
    )


def invalid(error: EditError, fields: Sequence[str]) -> EditInvalid:
    """Return the rules that edits break, each under the field of its edit.

    A problem's line is the place of its edit in the commit, from 1.
    """
    return EditInvalid(
        [
            convert_records.violation(problem, fields[min(max(problem.line, 1), len(fields)) - 1])
            for problem in error.problems
        ]
    )


def changed_id(edit: Edit) -> str:
    """Return the ID of the entity that an edit is about; of a merge, the one that stays."""
    match edit:
        case Create(record=record) | Put(record=record):
            return record.id
        case Merge(target_id=entity_id) | Delete(entity_id=entity_id):
            return entity_id
        case Split(remaining=record):
            return record.id


def _unknown(store: Store, entity_ids: Sequence[str]) -> tuple[str, ...]:
    """Return those of the IDs that no entity has."""

    def is_entity(stored: Stored | None) -> bool:
        return stored is not None and stored.record is not None

    return tuple(i for i in entity_ids if not is_entity(store.stored(i)))
