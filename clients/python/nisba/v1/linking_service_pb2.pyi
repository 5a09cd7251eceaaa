from google.rpc import status_pb2 as _status_pb2
from nisba.v1 import entity_pb2 as _entity_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Outcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    OUTCOME_UNSPECIFIED: _ClassVar[Outcome]
    OUTCOME_LINKED: _ClassVar[Outcome]
    OUTCOME_AMBIGUOUS: _ClassVar[Outcome]
    OUTCOME_NIL: _ClassVar[Outcome]

class MentionSource(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MENTION_SOURCE_UNSPECIFIED: _ClassVar[MentionSource]
    MENTION_SOURCE_TAGGER: _ClassVar[MentionSource]
    MENTION_SOURCE_DICTIONARY: _ClassVar[MentionSource]
    MENTION_SOURCE_BOTH: _ClassVar[MentionSource]
OUTCOME_UNSPECIFIED: Outcome
OUTCOME_LINKED: Outcome
OUTCOME_AMBIGUOUS: Outcome
OUTCOME_NIL: Outcome
MENTION_SOURCE_UNSPECIFIED: MentionSource
MENTION_SOURCE_TAGGER: MentionSource
MENTION_SOURCE_DICTIONARY: MentionSource
MENTION_SOURCE_BOTH: MentionSource

class Document(_message.Message):
    __slots__ = ("id", "text", "language", "date")
    ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    DATE_FIELD_NUMBER: _ClassVar[int]
    id: str
    text: str
    language: str
    date: str
    def __init__(self, id: _Optional[str] = ..., text: _Optional[str] = ..., language: _Optional[str] = ..., date: _Optional[str] = ...) -> None: ...

class LinkOptions(_message.Message):
    __slots__ = ("max_candidates",)
    MAX_CANDIDATES_FIELD_NUMBER: _ClassVar[int]
    max_candidates: int
    def __init__(self, max_candidates: _Optional[int] = ...) -> None: ...

class Feature(_message.Message):
    __slots__ = ("name", "value", "weight")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    name: str
    value: float
    weight: float
    def __init__(self, name: _Optional[str] = ..., value: _Optional[float] = ..., weight: _Optional[float] = ...) -> None: ...

class Candidate(_message.Message):
    __slots__ = ("entity_id", "name", "type", "score", "matched_name", "features")
    ENTITY_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    MATCHED_NAME_FIELD_NUMBER: _ClassVar[int]
    FEATURES_FIELD_NUMBER: _ClassVar[int]
    entity_id: str
    name: str
    type: _entity_pb2.EntityType
    score: float
    matched_name: str
    features: _containers.RepeatedCompositeFieldContainer[Feature]
    def __init__(self, entity_id: _Optional[str] = ..., name: _Optional[str] = ..., type: _Optional[_Union[_entity_pb2.EntityType, str]] = ..., score: _Optional[float] = ..., matched_name: _Optional[str] = ..., features: _Optional[_Iterable[_Union[Feature, _Mapping]]] = ...) -> None: ...

class Mention(_message.Message):
    __slots__ = ("start", "end", "text", "name", "prefix", "type", "source", "outcome", "entity_id", "confidence", "candidates", "antecedent", "new_name_key")
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    PREFIX_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    ENTITY_ID_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    CANDIDATES_FIELD_NUMBER: _ClassVar[int]
    ANTECEDENT_FIELD_NUMBER: _ClassVar[int]
    NEW_NAME_KEY_FIELD_NUMBER: _ClassVar[int]
    start: int
    end: int
    text: str
    name: str
    prefix: str
    type: _entity_pb2.EntityType
    source: MentionSource
    outcome: Outcome
    entity_id: str
    confidence: float
    candidates: _containers.RepeatedCompositeFieldContainer[Candidate]
    antecedent: int
    new_name_key: str
    def __init__(self, start: _Optional[int] = ..., end: _Optional[int] = ..., text: _Optional[str] = ..., name: _Optional[str] = ..., prefix: _Optional[str] = ..., type: _Optional[_Union[_entity_pb2.EntityType, str]] = ..., source: _Optional[_Union[MentionSource, str]] = ..., outcome: _Optional[_Union[Outcome, str]] = ..., entity_id: _Optional[str] = ..., confidence: _Optional[float] = ..., candidates: _Optional[_Iterable[_Union[Candidate, _Mapping]]] = ..., antecedent: _Optional[int] = ..., new_name_key: _Optional[str] = ...) -> None: ...

class LinkedDocument(_message.Message):
    __slots__ = ("id", "language", "mentions")
    ID_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    MENTIONS_FIELD_NUMBER: _ClassVar[int]
    id: str
    language: str
    mentions: _containers.RepeatedCompositeFieldContainer[Mention]
    def __init__(self, id: _Optional[str] = ..., language: _Optional[str] = ..., mentions: _Optional[_Iterable[_Union[Mention, _Mapping]]] = ...) -> None: ...

class LinkTextRequest(_message.Message):
    __slots__ = ("document", "options")
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    document: Document
    options: LinkOptions
    def __init__(self, document: _Optional[_Union[Document, _Mapping]] = ..., options: _Optional[_Union[LinkOptions, _Mapping]] = ...) -> None: ...

class LinkTextResponse(_message.Message):
    __slots__ = ("document", "provenance")
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    PROVENANCE_FIELD_NUMBER: _ClassVar[int]
    document: LinkedDocument
    provenance: _entity_pb2.Provenance
    def __init__(self, document: _Optional[_Union[LinkedDocument, _Mapping]] = ..., provenance: _Optional[_Union[_entity_pb2.Provenance, _Mapping]] = ...) -> None: ...

class BatchLinkTextsRequest(_message.Message):
    __slots__ = ("documents", "options")
    DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    documents: _containers.RepeatedCompositeFieldContainer[Document]
    options: LinkOptions
    def __init__(self, documents: _Optional[_Iterable[_Union[Document, _Mapping]]] = ..., options: _Optional[_Union[LinkOptions, _Mapping]] = ...) -> None: ...

class LinkResult(_message.Message):
    __slots__ = ("document", "error")
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    document: LinkedDocument
    error: _status_pb2.Status
    def __init__(self, document: _Optional[_Union[LinkedDocument, _Mapping]] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ...) -> None: ...

class BatchLinkTextsResponse(_message.Message):
    __slots__ = ("results", "provenance")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    PROVENANCE_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[LinkResult]
    provenance: _entity_pb2.Provenance
    def __init__(self, results: _Optional[_Iterable[_Union[LinkResult, _Mapping]]] = ..., provenance: _Optional[_Union[_entity_pb2.Provenance, _Mapping]] = ...) -> None: ...

class StreamLinkTextsRequest(_message.Message):
    __slots__ = ("key", "document", "options")
    KEY_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    key: str
    document: Document
    options: LinkOptions
    def __init__(self, key: _Optional[str] = ..., document: _Optional[_Union[Document, _Mapping]] = ..., options: _Optional[_Union[LinkOptions, _Mapping]] = ...) -> None: ...

class StreamLinkTextsResponse(_message.Message):
    __slots__ = ("key", "result", "provenance")
    KEY_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    PROVENANCE_FIELD_NUMBER: _ClassVar[int]
    key: str
    result: LinkResult
    provenance: _entity_pb2.Provenance
    def __init__(self, key: _Optional[str] = ..., result: _Optional[_Union[LinkResult, _Mapping]] = ..., provenance: _Optional[_Union[_entity_pb2.Provenance, _Mapping]] = ...) -> None: ...

class TaggedSpan(_message.Message):
    __slots__ = ("start", "end", "type")
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    start: int
    end: int
    type: _entity_pb2.EntityType
    def __init__(self, start: _Optional[int] = ..., end: _Optional[int] = ..., type: _Optional[_Union[_entity_pb2.EntityType, str]] = ...) -> None: ...

class TaggedDocument(_message.Message):
    __slots__ = ("id", "language", "spans")
    ID_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    SPANS_FIELD_NUMBER: _ClassVar[int]
    id: str
    language: str
    spans: _containers.RepeatedCompositeFieldContainer[TaggedSpan]
    def __init__(self, id: _Optional[str] = ..., language: _Optional[str] = ..., spans: _Optional[_Iterable[_Union[TaggedSpan, _Mapping]]] = ...) -> None: ...

class TagResult(_message.Message):
    __slots__ = ("document", "error")
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    document: TaggedDocument
    error: _status_pb2.Status
    def __init__(self, document: _Optional[_Union[TaggedDocument, _Mapping]] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ...) -> None: ...

class StreamTagTextsRequest(_message.Message):
    __slots__ = ("key", "document")
    KEY_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_FIELD_NUMBER: _ClassVar[int]
    key: str
    document: Document
    def __init__(self, key: _Optional[str] = ..., document: _Optional[_Union[Document, _Mapping]] = ...) -> None: ...

class StreamTagTextsResponse(_message.Message):
    __slots__ = ("key", "result", "provenance")
    KEY_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    PROVENANCE_FIELD_NUMBER: _ClassVar[int]
    key: str
    result: TagResult
    provenance: _entity_pb2.Provenance
    def __init__(self, key: _Optional[str] = ..., result: _Optional[_Union[TagResult, _Mapping]] = ..., provenance: _Optional[_Union[_entity_pb2.Provenance, _Mapping]] = ...) -> None: ...

class NameQuery(_message.Message):
    __slots__ = ("name", "type")
    NAME_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    name: str
    type: _entity_pb2.EntityType
    def __init__(self, name: _Optional[str] = ..., type: _Optional[_Union[_entity_pb2.EntityType, str]] = ...) -> None: ...

class ResolveNamesRequest(_message.Message):
    __slots__ = ("names", "options")
    NAMES_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    names: _containers.RepeatedCompositeFieldContainer[NameQuery]
    options: LinkOptions
    def __init__(self, names: _Optional[_Iterable[_Union[NameQuery, _Mapping]]] = ..., options: _Optional[_Union[LinkOptions, _Mapping]] = ...) -> None: ...

class ResolvedName(_message.Message):
    __slots__ = ("name", "outcome", "entity_id", "confidence", "candidates")
    NAME_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    ENTITY_ID_FIELD_NUMBER: _ClassVar[int]
    CONFIDENCE_FIELD_NUMBER: _ClassVar[int]
    CANDIDATES_FIELD_NUMBER: _ClassVar[int]
    name: str
    outcome: Outcome
    entity_id: str
    confidence: float
    candidates: _containers.RepeatedCompositeFieldContainer[Candidate]
    def __init__(self, name: _Optional[str] = ..., outcome: _Optional[_Union[Outcome, str]] = ..., entity_id: _Optional[str] = ..., confidence: _Optional[float] = ..., candidates: _Optional[_Iterable[_Union[Candidate, _Mapping]]] = ...) -> None: ...

class ResolveNamesResponse(_message.Message):
    __slots__ = ("results", "provenance")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    PROVENANCE_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[ResolvedName]
    provenance: _entity_pb2.Provenance
    def __init__(self, results: _Optional[_Iterable[_Union[ResolvedName, _Mapping]]] = ..., provenance: _Optional[_Union[_entity_pb2.Provenance, _Mapping]] = ...) -> None: ...
