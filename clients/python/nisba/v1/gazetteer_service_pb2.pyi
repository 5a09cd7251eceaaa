from nisba.v1 import entity_pb2 as _entity_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Gazetteer(_message.Message):
    __slots__ = ("version", "entity_count", "name_count", "type_counts")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    ENTITY_COUNT_FIELD_NUMBER: _ClassVar[int]
    NAME_COUNT_FIELD_NUMBER: _ClassVar[int]
    TYPE_COUNTS_FIELD_NUMBER: _ClassVar[int]
    version: str
    entity_count: int
    name_count: int
    type_counts: _containers.RepeatedCompositeFieldContainer[TypeCount]
    def __init__(self, version: _Optional[str] = ..., entity_count: _Optional[int] = ..., name_count: _Optional[int] = ..., type_counts: _Optional[_Iterable[_Union[TypeCount, _Mapping]]] = ...) -> None: ...

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
    __slots__ = ("id", "view")
    ID_FIELD_NUMBER: _ClassVar[int]
    VIEW_FIELD_NUMBER: _ClassVar[int]
    id: str
    view: _entity_pb2.EntityView
    def __init__(self, id: _Optional[str] = ..., view: _Optional[_Union[_entity_pb2.EntityView, str]] = ...) -> None: ...

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
