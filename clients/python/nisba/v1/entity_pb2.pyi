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

class EntityView(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ENTITY_VIEW_UNSPECIFIED: _ClassVar[EntityView]
    ENTITY_VIEW_BASIC: _ClassVar[EntityView]
    ENTITY_VIEW_FULL: _ClassVar[EntityView]
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
ENTITY_VIEW_UNSPECIFIED: EntityView
ENTITY_VIEW_BASIC: EntityView
ENTITY_VIEW_FULL: EntityView

class Name(_message.Message):
    __slots__ = ("name", "language", "kind")
    NAME_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    name: str
    language: str
    kind: NameKind
    def __init__(self, name: _Optional[str] = ..., language: _Optional[str] = ..., kind: _Optional[_Union[NameKind, str]] = ...) -> None: ...

class Relation(_message.Message):
    __slots__ = ("rel", "target_id")
    REL_FIELD_NUMBER: _ClassVar[int]
    TARGET_ID_FIELD_NUMBER: _ClassVar[int]
    rel: str
    target_id: str
    def __init__(self, rel: _Optional[str] = ..., target_id: _Optional[str] = ...) -> None: ...

class Entity(_message.Message):
    __slots__ = ("id", "type", "names", "description", "wikidata_id", "other_ids", "relations")
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
    id: str
    type: EntityType
    names: _containers.RepeatedCompositeFieldContainer[Name]
    description: str
    wikidata_id: str
    other_ids: _containers.ScalarMap[str, str]
    relations: _containers.RepeatedCompositeFieldContainer[Relation]
    def __init__(self, id: _Optional[str] = ..., type: _Optional[_Union[EntityType, str]] = ..., names: _Optional[_Iterable[_Union[Name, _Mapping]]] = ..., description: _Optional[str] = ..., wikidata_id: _Optional[str] = ..., other_ids: _Optional[_Mapping[str, str]] = ..., relations: _Optional[_Iterable[_Union[Relation, _Mapping]]] = ...) -> None: ...

class Provenance(_message.Message):
    __slots__ = ("gazetteer_version", "model_version", "policy_version")
    GAZETTEER_VERSION_FIELD_NUMBER: _ClassVar[int]
    MODEL_VERSION_FIELD_NUMBER: _ClassVar[int]
    POLICY_VERSION_FIELD_NUMBER: _ClassVar[int]
    gazetteer_version: str
    model_version: str
    policy_version: str
    def __init__(self, gazetteer_version: _Optional[str] = ..., model_version: _Optional[str] = ..., policy_version: _Optional[str] = ...) -> None: ...
