"""From what curators pass to the messages that are sent; the counterpart of `_requests`."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from itertools import chain

from google.protobuf.field_mask_pb2 import FieldMask

from nisba import _to_proto
from nisba._curation_model import CreateEntity, DeleteEntity, Edit, MergeEntities, UpdateEntity
from nisba._enums import EntityType
from nisba._model import Document, Entity
from nisba._requests import (
    as_document,
    document_message,
    link_options,
    sendable,
    several,
    type_number,
)
from nisba.v1 import gazetteer_service_pb2 as pb

_BATCH_ENTITIES = 1000
_BATCH_BYTES = 1024 * 1024
"""What a message of an import holds at most: the contract's figure, and an eighth of its bytes."""


def create_entity(entity: Entity, reason: str, validate_only: bool) -> pb.CreateEntityRequest:
    """Build the request of CreateEntity."""
    with sendable("entity"):
        return pb.CreateEntityRequest(
            entity=_to_proto.entity(entity), reason=reason, validate_only=validate_only
        )


def update_entity(
    entity: Entity, fields: Iterable[str] | None, reason: str, validate_only: bool
) -> pb.UpdateEntityRequest:
    """Build the request of UpdateEntity; no fields: those that are not empty."""
    with sendable("entity"):
        return pb.UpdateEntityRequest(
            entity=_to_proto.entity(entity),
            update_mask=_mask(fields),
            reason=reason,
            validate_only=validate_only,
        )


def delete_entity(
    entity_id: str, etag: str, cascade: bool, reason: str, validate_only: bool
) -> pb.DeleteEntityRequest:
    """Build the request of DeleteEntity."""
    with sendable("id"):
        return pb.DeleteEntityRequest(
            id=entity_id, etag=etag, cascade=cascade, reason=reason, validate_only=validate_only
        )


def merge_entities(
    source_ids: Iterable[str], into: str, etag: str, reason: str, validate_only: bool
) -> pb.MergeEntitiesRequest:
    """Build the request of MergeEntities."""
    with sendable("source_ids"):
        return pb.MergeEntitiesRequest(
            source_ids=several(source_ids, "source_ids"),
            target_id=into,
            target_etag=etag,
            reason=reason,
            validate_only=validate_only,
        )


def import_options(create_only: bool, reason: str, validate_only: bool) -> pb.ImportEntitiesRequest:
    """Build the first message of ImportEntities."""
    mode = pb.IMPORT_MODE_CREATE if create_only else pb.IMPORT_MODE_REPLACE
    with sendable("options"):
        options = pb.ImportOptions(reason=reason, validate_only=validate_only, mode=mode)
    return pb.ImportEntitiesRequest(options=options)


class ImportMessages(Iterator[pb.ImportEntitiesRequest]):
    """The messages of ImportEntities, made as they are sent.

    gRPC takes them in a thread or task of its own and hides what goes wrong there: `error` has it.
    """

    def __init__(self, entities: Iterable[Entity], first: pb.ImportEntitiesRequest) -> None:
        self.error: Exception | None = None
        self._messages = chain([first], _batches(entities))

    def __next__(self) -> pb.ImportEntitiesRequest:
        """Make the next message."""
        try:
            return next(self._messages)
        except StopIteration:
            raise
        except Exception as error:
            self.error = error
            raise


class AsyncImportMessages:
    """The same for asyncio, whose entities may come asynchronously."""

    def __init__(
        self,
        entities: Iterable[Entity] | AsyncIterable[Entity],
        first: pb.ImportEntitiesRequest,
    ) -> None:
        self.error: Exception | None = None
        self._entities = entities
        self._first = first

    async def __aiter__(self) -> AsyncIterator[pb.ImportEntitiesRequest]:
        """Make the messages."""
        yield self._first
        try:
            if isinstance(self._entities, AsyncIterable):
                batch = _Batch()
                async for entity in self._entities:
                    for message in batch.add(entity):
                        yield message
                for message in batch.end():
                    yield message
            else:
                for message in _batches(self._entities):
                    yield message
        except Exception as error:
            self.error = error
            raise


class _Batch:
    """Gathers entities until a message is full."""

    def __init__(self) -> None:
        self._place = 0
        self._size = 0
        self._batch = pb.EntityBatch()

    def add(self, entity: Entity) -> Iterator[pb.ImportEntitiesRequest]:
        """Take an entity in, and yield the message that it fills."""
        with sendable(f"entities[{self._place}]"):
            message = _to_proto.entity(entity)
        self._place += 1
        self._size += message.ByteSize()
        self._batch.entities.append(message)
        if len(self._batch.entities) == _BATCH_ENTITIES or self._size >= _BATCH_BYTES:
            yield from self.rest()

    def rest(self) -> Iterator[pb.ImportEntitiesRequest]:
        """Yield what has been gathered."""
        if self._batch.entities:
            yield pb.ImportEntitiesRequest(batch=self._batch)
        self._batch, self._size = pb.EntityBatch(), 0

    def end(self) -> Iterator[pb.ImportEntitiesRequest]:
        """Yield what has been gathered, then the message that says that it was all."""
        yield from self.rest()
        yield pb.ImportEntitiesRequest(end=pb.ImportEnd(entity_count=self._place))


def _batches(entities: Iterable[Entity]) -> Iterator[pb.ImportEntitiesRequest]:
    batch = _Batch()
    for entity in entities:
        yield from batch.add(entity)
    yield from batch.end()


def list_revisions(entity_id: str, page_size: int | None) -> pb.ListRevisionsRequest:
    """Build the request of ListRevisions for the first page."""
    with sendable("entity_id"):
        return pb.ListRevisionsRequest(entity_id=entity_id, page_size=page_size or 0)


def diff_revisions(from_revision: int, to_revision: int | None) -> pb.DiffRevisionsRequest:
    """Build the request of DiffRevisions; None is the newest."""
    with sendable("from_revision"):
        return pb.DiffRevisionsRequest(from_revision=from_revision, to_revision=to_revision or 0)


def roll_back(revision: int, reason: str, validate_only: bool) -> pb.RollBackRequest:
    """Build the request of RollBack."""
    with sendable("revision"):
        return pb.RollBackRequest(revision=revision, reason=reason, validate_only=validate_only)


def watch_gazetteer(after_revision: int) -> pb.WatchGazetteerRequest:
    """Build the request of WatchGazetteer."""
    with sendable("after_revision"):
        return pb.WatchGazetteerRequest(after_revision=after_revision)


def preview_change(
    edits: Iterable[Edit], documents: Iterable[str | Document], max_candidates: int | None
) -> pb.PreviewChangeRequest:
    """Build the request of PreviewChange."""
    messages = [
        document_message(as_document(document), f"documents[{place}]")
        for place, document in enumerate(documents)
    ]
    with sendable("edits"):
        return pb.PreviewChangeRequest(
            edits=map(_edit, edits), documents=messages, options=link_options(max_candidates)
        )


def list_new_names(type: EntityType | None, page_size: int | None) -> pb.ListNewNamesRequest:
    """Build the request of ListNewNames for the first page."""
    with sendable("page_size"):
        return pb.ListNewNamesRequest(type=type_number(type), page_size=page_size or 0)


def _edit(edit: Edit) -> pb.Edit:
    match edit:
        case CreateEntity(entity):
            return pb.Edit(create=_to_proto.entity(entity))
        case UpdateEntity(entity, fields):
            update = pb.EntityUpdate(entity=_to_proto.entity(entity), update_mask=_mask(fields))
            return pb.Edit(update=update)
        case DeleteEntity(entity_id):
            return pb.Edit(delete_id=entity_id)
        case MergeEntities(source_ids, into):
            sources = several(source_ids, "source_ids")
            return pb.Edit(merge=pb.EntityMerge(source_ids=sources, target_id=into))


def _mask(fields: Iterable[str] | None) -> FieldMask:
    return FieldMask() if fields is None else FieldMask(paths=several(fields, "fields"))
