import datetime

from google.protobuf import field_mask_pb2 as _field_mask_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.rpc import status_pb2 as _status_pb2
from nisba.v1 import entity_pb2 as _entity_pb2
from nisba.v1 import linking_service_pb2 as _linking_service_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class FollowState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FOLLOW_STATE_UNSPECIFIED: _ClassVar[FollowState]
    FOLLOW_STATE_CURRENT: _ClassVar[FollowState]
    FOLLOW_STATE_STORE_UNAVAILABLE: _ClassVar[FollowState]
    FOLLOW_STATE_LOAD_FAILED: _ClassVar[FollowState]

class ImportMode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    IMPORT_MODE_UNSPECIFIED: _ClassVar[ImportMode]
    IMPORT_MODE_REPLACE: _ClassVar[ImportMode]
    IMPORT_MODE_CREATE: _ClassVar[ImportMode]
FOLLOW_STATE_UNSPECIFIED: FollowState
FOLLOW_STATE_CURRENT: FollowState
FOLLOW_STATE_STORE_UNAVAILABLE: FollowState
FOLLOW_STATE_LOAD_FAILED: FollowState
IMPORT_MODE_UNSPECIFIED: ImportMode
IMPORT_MODE_REPLACE: ImportMode
IMPORT_MODE_CREATE: ImportMode

class Gazetteer(_message.Message):
    __slots__ = ("version", "entity_count", "name_count", "type_counts", "revision", "newest_revision", "follow_state")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    ENTITY_COUNT_FIELD_NUMBER: _ClassVar[int]
    NAME_COUNT_FIELD_NUMBER: _ClassVar[int]
    TYPE_COUNTS_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    NEWEST_REVISION_FIELD_NUMBER: _ClassVar[int]
    FOLLOW_STATE_FIELD_NUMBER: _ClassVar[int]
    version: str
    entity_count: int
    name_count: int
    type_counts: _containers.RepeatedCompositeFieldContainer[TypeCount]
    revision: int
    newest_revision: int
    follow_state: FollowState
    def __init__(self, version: _Optional[str] = ..., entity_count: _Optional[int] = ..., name_count: _Optional[int] = ..., type_counts: _Optional[_Iterable[_Union[TypeCount, _Mapping]]] = ..., revision: _Optional[int] = ..., newest_revision: _Optional[int] = ..., follow_state: _Optional[_Union[FollowState, str]] = ...) -> None: ...

class TypeCount(_message.Message):
    __slots__ = ("type", "count")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    type: _entity_pb2.EntityType
    count: int
    def __init__(self, type: _Optional[_Union[_entity_pb2.EntityType, str]] = ..., count: _Optional[int] = ...) -> None: ...

class GetGazetteerRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetGazetteerResponse(_message.Message):
    __slots__ = ("gazetteer",)
    GAZETTEER_FIELD_NUMBER: _ClassVar[int]
    gazetteer: Gazetteer
    def __init__(self, gazetteer: _Optional[_Union[Gazetteer, _Mapping]] = ...) -> None: ...

class GetEntityRequest(_message.Message):
    __slots__ = ("id", "view", "revision")
    ID_FIELD_NUMBER: _ClassVar[int]
    VIEW_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    id: str
    view: _entity_pb2.EntityView
    revision: int
    def __init__(self, id: _Optional[str] = ..., view: _Optional[_Union[_entity_pb2.EntityView, str]] = ..., revision: _Optional[int] = ...) -> None: ...

class GetEntityResponse(_message.Message):
    __slots__ = ("entity", "provenance")
    ENTITY_FIELD_NUMBER: _ClassVar[int]
    PROVENANCE_FIELD_NUMBER: _ClassVar[int]
    entity: _entity_pb2.Entity
    provenance: _entity_pb2.Provenance
    def __init__(self, entity: _Optional[_Union[_entity_pb2.Entity, _Mapping]] = ..., provenance: _Optional[_Union[_entity_pb2.Provenance, _Mapping]] = ...) -> None: ...

class BatchGetEntitiesRequest(_message.Message):
    __slots__ = ("ids", "view")
    IDS_FIELD_NUMBER: _ClassVar[int]
    VIEW_FIELD_NUMBER: _ClassVar[int]
    ids: _containers.RepeatedScalarFieldContainer[str]
    view: _entity_pb2.EntityView
    def __init__(self, ids: _Optional[_Iterable[str]] = ..., view: _Optional[_Union[_entity_pb2.EntityView, str]] = ...) -> None: ...

class BatchGetEntitiesResponse(_message.Message):
    __slots__ = ("entities", "provenance")
    ENTITIES_FIELD_NUMBER: _ClassVar[int]
    PROVENANCE_FIELD_NUMBER: _ClassVar[int]
    entities: _containers.RepeatedCompositeFieldContainer[_entity_pb2.Entity]
    provenance: _entity_pb2.Provenance
    def __init__(self, entities: _Optional[_Iterable[_Union[_entity_pb2.Entity, _Mapping]]] = ..., provenance: _Optional[_Union[_entity_pb2.Provenance, _Mapping]] = ...) -> None: ...

class ListEntitiesRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "type", "view")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    VIEW_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    type: _entity_pb2.EntityType
    view: _entity_pb2.EntityView
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., type: _Optional[_Union[_entity_pb2.EntityType, str]] = ..., view: _Optional[_Union[_entity_pb2.EntityView, str]] = ...) -> None: ...

class ListEntitiesResponse(_message.Message):
    __slots__ = ("entities", "next_page_token", "provenance")
    ENTITIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    PROVENANCE_FIELD_NUMBER: _ClassVar[int]
    entities: _containers.RepeatedCompositeFieldContainer[_entity_pb2.Entity]
    next_page_token: str
    provenance: _entity_pb2.Provenance
    def __init__(self, entities: _Optional[_Iterable[_Union[_entity_pb2.Entity, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., provenance: _Optional[_Union[_entity_pb2.Provenance, _Mapping]] = ...) -> None: ...

class SearchEntitiesRequest(_message.Message):
    __slots__ = ("query", "type", "page_size", "view")
    QUERY_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    VIEW_FIELD_NUMBER: _ClassVar[int]
    query: str
    type: _entity_pb2.EntityType
    page_size: int
    view: _entity_pb2.EntityView
    def __init__(self, query: _Optional[str] = ..., type: _Optional[_Union[_entity_pb2.EntityType, str]] = ..., page_size: _Optional[int] = ..., view: _Optional[_Union[_entity_pb2.EntityView, str]] = ...) -> None: ...

class SearchResult(_message.Message):
    __slots__ = ("entity", "score", "matched_name")
    ENTITY_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    MATCHED_NAME_FIELD_NUMBER: _ClassVar[int]
    entity: _entity_pb2.Entity
    score: float
    matched_name: str
    def __init__(self, entity: _Optional[_Union[_entity_pb2.Entity, _Mapping]] = ..., score: _Optional[float] = ..., matched_name: _Optional[str] = ...) -> None: ...

class SearchEntitiesResponse(_message.Message):
    __slots__ = ("results", "provenance")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    PROVENANCE_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[SearchResult]
    provenance: _entity_pb2.Provenance
    def __init__(self, results: _Optional[_Iterable[_Union[SearchResult, _Mapping]]] = ..., provenance: _Optional[_Union[_entity_pb2.Provenance, _Mapping]] = ...) -> None: ...

class Revision(_message.Message):
    __slots__ = ("number", "version", "create_time", "author", "reason", "restored_revision", "entity_count", "name_count", "created_count", "updated_count", "deleted_count")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    AUTHOR_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    RESTORED_REVISION_FIELD_NUMBER: _ClassVar[int]
    ENTITY_COUNT_FIELD_NUMBER: _ClassVar[int]
    NAME_COUNT_FIELD_NUMBER: _ClassVar[int]
    CREATED_COUNT_FIELD_NUMBER: _ClassVar[int]
    UPDATED_COUNT_FIELD_NUMBER: _ClassVar[int]
    DELETED_COUNT_FIELD_NUMBER: _ClassVar[int]
    number: int
    version: str
    create_time: _timestamp_pb2.Timestamp
    author: str
    reason: str
    restored_revision: int
    entity_count: int
    name_count: int
    created_count: int
    updated_count: int
    deleted_count: int
    def __init__(self, number: _Optional[int] = ..., version: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., author: _Optional[str] = ..., reason: _Optional[str] = ..., restored_revision: _Optional[int] = ..., entity_count: _Optional[int] = ..., name_count: _Optional[int] = ..., created_count: _Optional[int] = ..., updated_count: _Optional[int] = ..., deleted_count: _Optional[int] = ...) -> None: ...

class CreateEntityRequest(_message.Message):
    __slots__ = ("entity", "reason", "validate_only")
    ENTITY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    entity: _entity_pb2.Entity
    reason: str
    validate_only: bool
    def __init__(self, entity: _Optional[_Union[_entity_pb2.Entity, _Mapping]] = ..., reason: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class CreateEntityResponse(_message.Message):
    __slots__ = ("entity", "revision", "provenance")
    ENTITY_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    PROVENANCE_FIELD_NUMBER: _ClassVar[int]
    entity: _entity_pb2.Entity
    revision: Revision
    provenance: _entity_pb2.Provenance
    def __init__(self, entity: _Optional[_Union[_entity_pb2.Entity, _Mapping]] = ..., revision: _Optional[_Union[Revision, _Mapping]] = ..., provenance: _Optional[_Union[_entity_pb2.Provenance, _Mapping]] = ...) -> None: ...

class UpdateEntityRequest(_message.Message):
    __slots__ = ("entity", "update_mask", "reason", "validate_only")
    ENTITY_FIELD_NUMBER: _ClassVar[int]
    UPDATE_MASK_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    entity: _entity_pb2.Entity
    update_mask: _field_mask_pb2.FieldMask
    reason: str
    validate_only: bool
    def __init__(self, entity: _Optional[_Union[_entity_pb2.Entity, _Mapping]] = ..., update_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ..., reason: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class UpdateEntityResponse(_message.Message):
    __slots__ = ("entity", "revision", "provenance")
    ENTITY_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    PROVENANCE_FIELD_NUMBER: _ClassVar[int]
    entity: _entity_pb2.Entity
    revision: Revision
    provenance: _entity_pb2.Provenance
    def __init__(self, entity: _Optional[_Union[_entity_pb2.Entity, _Mapping]] = ..., revision: _Optional[_Union[Revision, _Mapping]] = ..., provenance: _Optional[_Union[_entity_pb2.Provenance, _Mapping]] = ...) -> None: ...

class DeleteEntityRequest(_message.Message):
    __slots__ = ("id", "etag", "cascade", "reason", "validate_only")
    ID_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    CASCADE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    id: str
    etag: str
    cascade: bool
    reason: str
    validate_only: bool
    def __init__(self, id: _Optional[str] = ..., etag: _Optional[str] = ..., cascade: bool = ..., reason: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class DeleteEntityResponse(_message.Message):
    __slots__ = ("revision", "provenance")
    REVISION_FIELD_NUMBER: _ClassVar[int]
    PROVENANCE_FIELD_NUMBER: _ClassVar[int]
    revision: Revision
    provenance: _entity_pb2.Provenance
    def __init__(self, revision: _Optional[_Union[Revision, _Mapping]] = ..., provenance: _Optional[_Union[_entity_pb2.Provenance, _Mapping]] = ...) -> None: ...

class MergeEntitiesRequest(_message.Message):
    __slots__ = ("source_ids", "target_id", "target_etag", "reason", "validate_only")
    SOURCE_IDS_FIELD_NUMBER: _ClassVar[int]
    TARGET_ID_FIELD_NUMBER: _ClassVar[int]
    TARGET_ETAG_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    source_ids: _containers.RepeatedScalarFieldContainer[str]
    target_id: str
    target_etag: str
    reason: str
    validate_only: bool
    def __init__(self, source_ids: _Optional[_Iterable[str]] = ..., target_id: _Optional[str] = ..., target_etag: _Optional[str] = ..., reason: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class MergeEntitiesResponse(_message.Message):
    __slots__ = ("entity", "revision", "provenance")
    ENTITY_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    PROVENANCE_FIELD_NUMBER: _ClassVar[int]
    entity: _entity_pb2.Entity
    revision: Revision
    provenance: _entity_pb2.Provenance
    def __init__(self, entity: _Optional[_Union[_entity_pb2.Entity, _Mapping]] = ..., revision: _Optional[_Union[Revision, _Mapping]] = ..., provenance: _Optional[_Union[_entity_pb2.Provenance, _Mapping]] = ...) -> None: ...

class ImportEntitiesRequest(_message.Message):
    __slots__ = ("options", "batch", "end")
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    BATCH_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    options: ImportOptions
    batch: EntityBatch
    end: ImportEnd
    def __init__(self, options: _Optional[_Union[ImportOptions, _Mapping]] = ..., batch: _Optional[_Union[EntityBatch, _Mapping]] = ..., end: _Optional[_Union[ImportEnd, _Mapping]] = ...) -> None: ...

class ImportEnd(_message.Message):
    __slots__ = ("entity_count",)
    ENTITY_COUNT_FIELD_NUMBER: _ClassVar[int]
    entity_count: int
    def __init__(self, entity_count: _Optional[int] = ...) -> None: ...

class ImportOptions(_message.Message):
    __slots__ = ("reason", "validate_only", "mode")
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    reason: str
    validate_only: bool
    mode: ImportMode
    def __init__(self, reason: _Optional[str] = ..., validate_only: bool = ..., mode: _Optional[_Union[ImportMode, str]] = ...) -> None: ...

class EntityBatch(_message.Message):
    __slots__ = ("entities",)
    ENTITIES_FIELD_NUMBER: _ClassVar[int]
    entities: _containers.RepeatedCompositeFieldContainer[_entity_pb2.Entity]
    def __init__(self, entities: _Optional[_Iterable[_Union[_entity_pb2.Entity, _Mapping]]] = ...) -> None: ...

class ImportEntitiesResponse(_message.Message):
    __slots__ = ("revision", "provenance")
    REVISION_FIELD_NUMBER: _ClassVar[int]
    PROVENANCE_FIELD_NUMBER: _ClassVar[int]
    revision: Revision
    provenance: _entity_pb2.Provenance
    def __init__(self, revision: _Optional[_Union[Revision, _Mapping]] = ..., provenance: _Optional[_Union[_entity_pb2.Provenance, _Mapping]] = ...) -> None: ...

class ListRevisionsRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "entity_id")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    ENTITY_ID_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    entity_id: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., entity_id: _Optional[str] = ...) -> None: ...

class ListRevisionsResponse(_message.Message):
    __slots__ = ("revisions", "next_page_token")
    REVISIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    revisions: _containers.RepeatedCompositeFieldContainer[Revision]
    next_page_token: str
    def __init__(self, revisions: _Optional[_Iterable[_Union[Revision, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class DiffRevisionsRequest(_message.Message):
    __slots__ = ("from_revision", "to_revision")
    FROM_REVISION_FIELD_NUMBER: _ClassVar[int]
    TO_REVISION_FIELD_NUMBER: _ClassVar[int]
    from_revision: int
    to_revision: int
    def __init__(self, from_revision: _Optional[int] = ..., to_revision: _Optional[int] = ...) -> None: ...

class DiffRevisionsResponse(_message.Message):
    __slots__ = ("changes",)
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    changes: _containers.RepeatedCompositeFieldContainer[EntityChange]
    def __init__(self, changes: _Optional[_Iterable[_Union[EntityChange, _Mapping]]] = ...) -> None: ...

class EntityChange(_message.Message):
    __slots__ = ("entity_id", "before", "after", "merged_into_before", "merged_into_after")
    ENTITY_ID_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    MERGED_INTO_BEFORE_FIELD_NUMBER: _ClassVar[int]
    MERGED_INTO_AFTER_FIELD_NUMBER: _ClassVar[int]
    entity_id: str
    before: _entity_pb2.Entity
    after: _entity_pb2.Entity
    merged_into_before: str
    merged_into_after: str
    def __init__(self, entity_id: _Optional[str] = ..., before: _Optional[_Union[_entity_pb2.Entity, _Mapping]] = ..., after: _Optional[_Union[_entity_pb2.Entity, _Mapping]] = ..., merged_into_before: _Optional[str] = ..., merged_into_after: _Optional[str] = ...) -> None: ...

class RollBackRequest(_message.Message):
    __slots__ = ("revision", "reason", "validate_only")
    REVISION_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    revision: int
    reason: str
    validate_only: bool
    def __init__(self, revision: _Optional[int] = ..., reason: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class RollBackResponse(_message.Message):
    __slots__ = ("revision", "provenance")
    REVISION_FIELD_NUMBER: _ClassVar[int]
    PROVENANCE_FIELD_NUMBER: _ClassVar[int]
    revision: Revision
    provenance: _entity_pb2.Provenance
    def __init__(self, revision: _Optional[_Union[Revision, _Mapping]] = ..., provenance: _Optional[_Union[_entity_pb2.Provenance, _Mapping]] = ...) -> None: ...

class WatchGazetteerRequest(_message.Message):
    __slots__ = ("after_revision",)
    AFTER_REVISION_FIELD_NUMBER: _ClassVar[int]
    after_revision: int
    def __init__(self, after_revision: _Optional[int] = ...) -> None: ...

class WatchGazetteerResponse(_message.Message):
    __slots__ = ("revision",)
    REVISION_FIELD_NUMBER: _ClassVar[int]
    revision: Revision
    def __init__(self, revision: _Optional[_Union[Revision, _Mapping]] = ...) -> None: ...

class Edit(_message.Message):
    __slots__ = ("create", "update", "delete_id", "merge")
    CREATE_FIELD_NUMBER: _ClassVar[int]
    UPDATE_FIELD_NUMBER: _ClassVar[int]
    DELETE_ID_FIELD_NUMBER: _ClassVar[int]
    MERGE_FIELD_NUMBER: _ClassVar[int]
    create: _entity_pb2.Entity
    update: EntityUpdate
    delete_id: str
    merge: EntityMerge
    def __init__(self, create: _Optional[_Union[_entity_pb2.Entity, _Mapping]] = ..., update: _Optional[_Union[EntityUpdate, _Mapping]] = ..., delete_id: _Optional[str] = ..., merge: _Optional[_Union[EntityMerge, _Mapping]] = ...) -> None: ...

class EntityUpdate(_message.Message):
    __slots__ = ("entity", "update_mask")
    ENTITY_FIELD_NUMBER: _ClassVar[int]
    UPDATE_MASK_FIELD_NUMBER: _ClassVar[int]
    entity: _entity_pb2.Entity
    update_mask: _field_mask_pb2.FieldMask
    def __init__(self, entity: _Optional[_Union[_entity_pb2.Entity, _Mapping]] = ..., update_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ...) -> None: ...

class EntityMerge(_message.Message):
    __slots__ = ("source_ids", "target_id")
    SOURCE_IDS_FIELD_NUMBER: _ClassVar[int]
    TARGET_ID_FIELD_NUMBER: _ClassVar[int]
    source_ids: _containers.RepeatedScalarFieldContainer[str]
    target_id: str
    def __init__(self, source_ids: _Optional[_Iterable[str]] = ..., target_id: _Optional[str] = ...) -> None: ...

class PreviewChangeRequest(_message.Message):
    __slots__ = ("edits", "documents", "options")
    EDITS_FIELD_NUMBER: _ClassVar[int]
    DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    edits: _containers.RepeatedCompositeFieldContainer[Edit]
    documents: _containers.RepeatedCompositeFieldContainer[_linking_service_pb2.Document]
    options: _linking_service_pb2.LinkOptions
    def __init__(self, edits: _Optional[_Iterable[_Union[Edit, _Mapping]]] = ..., documents: _Optional[_Iterable[_Union[_linking_service_pb2.Document, _Mapping]]] = ..., options: _Optional[_Union[_linking_service_pb2.LinkOptions, _Mapping]] = ...) -> None: ...

class PreviewChangeResponse(_message.Message):
    __slots__ = ("documents", "changes", "provenance")
    DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    PROVENANCE_FIELD_NUMBER: _ClassVar[int]
    documents: _containers.RepeatedCompositeFieldContainer[DocumentPreview]
    changes: _containers.RepeatedCompositeFieldContainer[EntityChange]
    provenance: _entity_pb2.Provenance
    def __init__(self, documents: _Optional[_Iterable[_Union[DocumentPreview, _Mapping]]] = ..., changes: _Optional[_Iterable[_Union[EntityChange, _Mapping]]] = ..., provenance: _Optional[_Union[_entity_pb2.Provenance, _Mapping]] = ...) -> None: ...

class DocumentPreview(_message.Message):
    __slots__ = ("id", "changes", "unchanged_count", "error")
    ID_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    UNCHANGED_COUNT_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    id: str
    changes: _containers.RepeatedCompositeFieldContainer[MentionChange]
    unchanged_count: int
    error: _status_pb2.Status
    def __init__(self, id: _Optional[str] = ..., changes: _Optional[_Iterable[_Union[MentionChange, _Mapping]]] = ..., unchanged_count: _Optional[int] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ...) -> None: ...

class MentionChange(_message.Message):
    __slots__ = ("before", "after")
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    before: _linking_service_pb2.Mention
    after: _linking_service_pb2.Mention
    def __init__(self, before: _Optional[_Union[_linking_service_pb2.Mention, _Mapping]] = ..., after: _Optional[_Union[_linking_service_pb2.Mention, _Mapping]] = ...) -> None: ...

class ListNewNamesRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "type")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    type: _entity_pb2.EntityType
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., type: _Optional[_Union[_entity_pb2.EntityType, str]] = ...) -> None: ...

class ListNewNamesResponse(_message.Message):
    __slots__ = ("new_names", "next_page_token")
    NEW_NAMES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    new_names: _containers.RepeatedCompositeFieldContainer[NewName]
    next_page_token: str
    def __init__(self, new_names: _Optional[_Iterable[_Union[NewName, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class NewName(_message.Message):
    __slots__ = ("key", "type", "spellings", "mention_count", "document_count", "first_seen_time", "last_seen_time")
    KEY_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    SPELLINGS_FIELD_NUMBER: _ClassVar[int]
    MENTION_COUNT_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_COUNT_FIELD_NUMBER: _ClassVar[int]
    FIRST_SEEN_TIME_FIELD_NUMBER: _ClassVar[int]
    LAST_SEEN_TIME_FIELD_NUMBER: _ClassVar[int]
    key: str
    type: _entity_pb2.EntityType
    spellings: _containers.RepeatedCompositeFieldContainer[NewNameSpelling]
    mention_count: int
    document_count: int
    first_seen_time: _timestamp_pb2.Timestamp
    last_seen_time: _timestamp_pb2.Timestamp
    def __init__(self, key: _Optional[str] = ..., type: _Optional[_Union[_entity_pb2.EntityType, str]] = ..., spellings: _Optional[_Iterable[_Union[NewNameSpelling, _Mapping]]] = ..., mention_count: _Optional[int] = ..., document_count: _Optional[int] = ..., first_seen_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., last_seen_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class NewNameSpelling(_message.Message):
    __slots__ = ("name", "mention_count")
    NAME_FIELD_NUMBER: _ClassVar[int]
    MENTION_COUNT_FIELD_NUMBER: _ClassVar[int]
    name: str
    mention_count: int
    def __init__(self, name: _Optional[str] = ..., mention_count: _Optional[int] = ...) -> None: ...
