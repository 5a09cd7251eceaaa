from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class EntityType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ENTITY_TYPE_UNSPECIFIED: _ClassVar[EntityType]
    ENTITY_TYPE_PERSON: _ClassVar[EntityType]
    ENTITY_TYPE_ORGANIZATION: _ClassVar[EntityType]
    ENTITY_TYPE_LOCATION: _ClassVar[EntityType]
    ENTITY_TYPE_MISC: _ClassVar[EntityType]

class NameKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NAME_KIND_UNSPECIFIED: _ClassVar[NameKind]
    NAME_KIND_PRIMARY: _ClassVar[NameKind]
    NAME_KIND_VARIANT: _ClassVar[NameKind]
    NAME_KIND_ACRONYM: _ClassVar[NameKind]
    NAME_KIND_KUNYA: _ClassVar[NameKind]
    NAME_KIND_SHORT: _ClassVar[NameKind]
    NAME_KIND_FORMER: _ClassVar[NameKind]

class NameUse(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NAME_USE_UNSPECIFIED: _ClassVar[NameUse]
    NAME_USE_FREE: _ClassVar[NameUse]
    NAME_USE_NEEDS_CONTEXT: _ClassVar[NameUse]
    NAME_USE_NEVER_ALONE: _ClassVar[NameUse]

class EntityView(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ENTITY_VIEW_UNSPECIFIED: _ClassVar[EntityView]
    ENTITY_VIEW_BASIC: _ClassVar[EntityView]
    ENTITY_VIEW_FULL: _ClassVar[EntityView]
    ENTITY_VIEW_RECORD: _ClassVar[EntityView]
ENTITY_TYPE_UNSPECIFIED: EntityType
ENTITY_TYPE_PERSON: EntityType
ENTITY_TYPE_ORGANIZATION: EntityType
ENTITY_TYPE_LOCATION: EntityType
ENTITY_TYPE_MISC: EntityType
NAME_KIND_UNSPECIFIED: NameKind
NAME_KIND_PRIMARY: NameKind
NAME_KIND_VARIANT: NameKind
NAME_KIND_ACRONYM: NameKind
NAME_KIND_KUNYA: NameKind
NAME_KIND_SHORT: NameKind
NAME_KIND_FORMER: NameKind
NAME_USE_UNSPECIFIED: NameUse
NAME_USE_FREE: NameUse
NAME_USE_NEEDS_CONTEXT: NameUse
NAME_USE_NEVER_ALONE: NameUse
ENTITY_VIEW_UNSPECIFIED: EntityView
ENTITY_VIEW_BASIC: EntityView
ENTITY_VIEW_FULL: EntityView
ENTITY_VIEW_RECORD: EntityView

class Name(_message.Message):
    __slots__ = ("name", "language", "kind", "use", "valid_from", "valid_to", "evidence", "source")
    NAME_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    USE_FIELD_NUMBER: _ClassVar[int]
    VALID_FROM_FIELD_NUMBER: _ClassVar[int]
    VALID_TO_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    name: str
    language: str
    kind: NameKind
    use: NameUse
    valid_from: str
    valid_to: str
    evidence: str
    source: str
    def __init__(self, name: _Optional[str] = ..., language: _Optional[str] = ..., kind: _Optional[_Union[NameKind, str]] = ..., use: _Optional[_Union[NameUse, str]] = ..., valid_from: _Optional[str] = ..., valid_to: _Optional[str] = ..., evidence: _Optional[str] = ..., source: _Optional[str] = ...) -> None: ...

class Relation(_message.Message):
    __slots__ = ("rel", "target_id")
    REL_FIELD_NUMBER: _ClassVar[int]
    TARGET_ID_FIELD_NUMBER: _ClassVar[int]
    rel: str
    target_id: str
    def __init__(self, rel: _Optional[str] = ..., target_id: _Optional[str] = ...) -> None: ...

class Entity(_message.Message):
    __slots__ = ("id", "type", "names", "description", "wikidata_id", "other_ids", "relations", "not_names", "notes", "wikidata_source", "wikidata_confidence", "etag")
    class OtherIdsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    ID_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    NAMES_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    WIKIDATA_ID_FIELD_NUMBER: _ClassVar[int]
    OTHER_IDS_FIELD_NUMBER: _ClassVar[int]
    RELATIONS_FIELD_NUMBER: _ClassVar[int]
    NOT_NAMES_FIELD_NUMBER: _ClassVar[int]
    NOTES_FIELD_NUMBER: _ClassVar[int]
    WIKIDATA_SOURCE_FIELD_NUMBER: _ClassVar[int]
    WIKIDATA_CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    id: str
    type: EntityType
    names: _containers.RepeatedCompositeFieldContainer[Name]
    description: str
    wikidata_id: str
    other_ids: _containers.ScalarMap[str, str]
    relations: _containers.RepeatedCompositeFieldContainer[Relation]
    not_names: _containers.RepeatedScalarFieldContainer[str]
    notes: str
    wikidata_source: str
    wikidata_confidence: str
    etag: str
    def __init__(self, id: _Optional[str] = ..., type: _Optional[_Union[EntityType, str]] = ..., names: _Optional[_Iterable[_Union[Name, _Mapping]]] = ..., description: _Optional[str] = ..., wikidata_id: _Optional[str] = ..., other_ids: _Optional[_Mapping[str, str]] = ..., relations: _Optional[_Iterable[_Union[Relation, _Mapping]]] = ..., not_names: _Optional[_Iterable[str]] = ..., notes: _Optional[str] = ..., wikidata_source: _Optional[str] = ..., wikidata_confidence: _Optional[str] = ..., etag: _Optional[str] = ...) -> None: ...

class Provenance(_message.Message):
    __slots__ = ("gazetteer_version", "model_version", "policy_version", "gazetteer_revision")
    GAZETTEER_VERSION_FIELD_NUMBER: _ClassVar[int]
    MODEL_VERSION_FIELD_NUMBER: _ClassVar[int]
    POLICY_VERSION_FIELD_NUMBER: _ClassVar[int]
    GAZETTEER_REVISION_FIELD_NUMBER: _ClassVar[int]
    gazetteer_version: str
    model_version: str
    policy_version: str
    gazetteer_revision: int
    def __init__(self, gazetteer_version: _Optional[str] = ..., model_version: _Optional[str] = ..., policy_version: _Optional[str] = ..., gazetteer_revision: _Optional[int] = ...) -> None: ...
