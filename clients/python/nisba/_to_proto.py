"""From the client's values to the service's answers: what the fake of `nisba.testing` needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from google.protobuf.any_pb2 import Any
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.rpc import code_pb2, error_details_pb2
from google.rpc.status_pb2 import Status

from nisba._enum_tables import (
    ENTITY_TYPES,
    FOLLOW_STATES,
    MENTION_SOURCES,
    NAME_KINDS,
    NAME_USES,
    OUTCOMES,
)
from nisba._enums import FollowState, NameUse
from nisba._error_mapping import DOMAIN
from nisba._errors import (
    Cancelled,
    Conflict,
    DeadlineExceeded,
    ErrorReason,
    InternalError,
    InvalidRequest,
    NisbaError,
    NotFound,
    Overloaded,
    Unauthenticated,
    Unavailable,
    Unsupported,
)
from nisba._model import (
    Candidate,
    Entity,
    Feature,
    Gazetteer,
    LinkedDocument,
    Mention,
    Name,
    Provenance,
    Relation,
    ResolvedName,
    SearchResult,
    TaggedDocument,
    TaggedSpan,
)
from nisba.v1 import entity_pb2, gazetteer_service_pb2, linking_service_pb2

_CODES: Mapping[type[NisbaError], int] = {
    InvalidRequest: code_pb2.INVALID_ARGUMENT,
    NotFound: code_pb2.NOT_FOUND,
    Conflict: code_pb2.ABORTED,
    Unauthenticated: code_pb2.UNAUTHENTICATED,
    Unsupported: code_pb2.UNIMPLEMENTED,
    Overloaded: code_pb2.RESOURCE_EXHAUSTED,
    Unavailable: code_pb2.UNAVAILABLE,
    DeadlineExceeded: code_pb2.DEADLINE_EXCEEDED,
    Cancelled: code_pb2.CANCELLED,
    InternalError: code_pb2.INTERNAL,
}

_REASONS: Mapping[type[NisbaError], ErrorReason] = {
    InvalidRequest: ErrorReason.FIELD_INVALID,
    NotFound: ErrorReason.ENTITY_NOT_FOUND,
    Conflict: ErrorReason.ETAG_CONFLICT,
    Overloaded: ErrorReason.OVERLOADED,
    Unavailable: ErrorReason.SHUTTING_DOWN,
    DeadlineExceeded: ErrorReason.DEADLINE_EXCEEDED,
    InternalError: ErrorReason.INTERNAL,
}


def linked_document(document: LinkedDocument) -> linking_service_pb2.LinkedDocument:
    """Render a document with its mentions."""
    return linking_service_pb2.LinkedDocument(
        id=document.id,
        language=document.language,
        mentions=map(mention, document.mentions),
    )


def link_result(outcome: LinkedDocument | NisbaError) -> linking_service_pb2.LinkResult:
    """Render the outcome of one document in a batch or stream."""
    if isinstance(outcome, NisbaError):
        return linking_service_pb2.LinkResult(error=status(outcome))
    return linking_service_pb2.LinkResult(document=linked_document(outcome))


def tag_result(outcome: TaggedDocument | NisbaError) -> linking_service_pb2.TagResult:
    """Render the outcome of one document that was to be tagged."""
    if isinstance(outcome, NisbaError):
        return linking_service_pb2.TagResult(error=status(outcome))
    return linking_service_pb2.TagResult(
        document=linking_service_pb2.TaggedDocument(
            id=outcome.id, language=outcome.language, spans=map(_span, outcome.spans)
        )
    )


def _span(span: TaggedSpan) -> linking_service_pb2.TaggedSpan:
    return linking_service_pb2.TaggedSpan(
        start=span.start, end=span.end, type=ENTITY_TYPES[span.type]
    )


def resolved_name(resolved: ResolvedName) -> linking_service_pb2.ResolvedName:
    """Render the decision for a name."""
    return linking_service_pb2.ResolvedName(
        name=resolved.name,
        outcome=OUTCOMES[resolved.outcome],
        entity_id=resolved.entity_id or "",
        confidence=resolved.confidence,
        candidates=map(_candidate, resolved.candidates),
    )


def entity(entity: Entity) -> entity_pb2.Entity:
    """Render an entity."""
    return entity_pb2.Entity(
        id=entity.id,
        type=ENTITY_TYPES[entity.type],
        names=map(_name, entity.names),
        description=entity.description,
        wikidata_id=entity.wikidata_id,
        other_ids=entity.other_ids,
        relations=map(_relation, entity.relations),
        not_names=entity.not_names,
        notes=entity.notes,
        wikidata_source=entity.wikidata_source,
        wikidata_confidence=entity.wikidata_confidence,
        etag=entity.etag,
    )


def search_result(result: SearchResult) -> gazetteer_service_pb2.SearchResult:
    """Render an entity that a search found."""
    return gazetteer_service_pb2.SearchResult(
        entity=entity(result.entity), score=result.score, matched_name=result.matched_name
    )


def gazetteer(gazetteer: Gazetteer) -> gazetteer_service_pb2.Gazetteer:
    """Render a state of the gazetteer."""
    return gazetteer_service_pb2.Gazetteer(
        version=gazetteer.version,
        entity_count=gazetteer.entity_count,
        name_count=gazetteer.name_count,
        type_counts=[
            gazetteer_service_pb2.TypeCount(type=ENTITY_TYPES[kind], count=count)
            for kind, count in gazetteer.type_counts.items()
        ],
        revision=gazetteer.revision,
        newest_revision=gazetteer.newest_revision,
        follow_state=(
            None
            if gazetteer.follow_state is FollowState.UNKNOWN
            else FOLLOW_STATES[gazetteer.follow_state]
        ),
    )


def provenance(provenance: Provenance) -> entity_pb2.Provenance:
    """Render what made an answer."""
    return entity_pb2.Provenance(
        gazetteer_version=provenance.gazetteer_version,
        model_version=provenance.model_version,
        policy_version=provenance.policy_version,
        gazetteer_revision=provenance.gazetteer_revision,
    )


def status(error: NisbaError) -> Status:
    """Render an error as the service would, with its details."""
    return Status(
        code=_CODES.get(type(error), code_pb2.UNKNOWN),
        message=error.message,
        details=map(_packed, _details(error)),
    )


def _details(error: NisbaError) -> Iterable[Message]:
    reason = error.reason or _REASONS.get(type(error), "")
    if reason:
        yield error_details_pb2.ErrorInfo(
            reason=str(reason), domain=DOMAIN, metadata=_metadata(error)
        )
    if isinstance(error, InvalidRequest) and error.field:
        violation = error_details_pb2.BadRequest.FieldViolation(
            field=error.field, description=error.message
        )
        yield error_details_pb2.BadRequest(field_violations=[violation])
    if isinstance(error, Overloaded) and error.retry_after is not None:
        delay = Duration()
        delay.FromNanoseconds(round(error.retry_after * 1e9))
        yield error_details_pb2.RetryInfo(retry_delay=delay)


def _metadata(error: NisbaError) -> dict[str, str]:
    match error:
        case InvalidRequest(field=field, limit=limit, actual=actual):
            stated = {"field": field, "limit": limit, "actual": actual}
        case NotFound(entity_ids=entity_ids):
            stated = {"entity_ids": ",".join(entity_ids[:10])}
        case Conflict(entity_ids=entity_ids, etag=etag):
            stated = {"entity_ids": ",".join(entity_ids[:10]), "etag": etag}
        case InternalError(request_id=request_id):
            stated = {"request_id": request_id}
        case _:
            stated = {}
    return {key: value for key, value in stated.items() if value}


def _packed(detail: Message) -> Any:
    packed = Any()
    packed.Pack(detail)
    return packed


def mention(mention: Mention) -> linking_service_pb2.Mention:
    """Render a mention."""
    return linking_service_pb2.Mention(
        start=mention.start,
        end=mention.end,
        text=mention.text,
        name=mention.name,
        prefix=mention.prefix,
        type=ENTITY_TYPES[mention.type],
        source=MENTION_SOURCES[mention.source],
        outcome=OUTCOMES[mention.outcome],
        entity_id=mention.entity_id or "",
        confidence=mention.confidence,
        candidates=map(_candidate, mention.candidates),
        antecedent=mention.antecedent,
        new_name_key=mention.new_name_key,
    )


def _candidate(candidate: Candidate) -> linking_service_pb2.Candidate:
    return linking_service_pb2.Candidate(
        entity_id=candidate.entity_id,
        name=candidate.name,
        type=ENTITY_TYPES[candidate.type],
        score=candidate.score,
        matched_name=candidate.matched_name,
        features=map(_feature, candidate.features),
    )


def _feature(feature: Feature) -> linking_service_pb2.Feature:
    return linking_service_pb2.Feature(
        name=feature.name, value=feature.value, weight=feature.weight
    )


def _name(name: Name) -> entity_pb2.Name:
    return entity_pb2.Name(
        name=name.name,
        language=name.language,
        kind=NAME_KINDS[name.kind],
        # FREE is what is not stated: an older service knows no other.
        use=None if name.use is NameUse.FREE else NAME_USES[name.use],
        valid_from=name.valid_from,
        valid_to=name.valid_to,
        evidence=name.evidence,
        source=name.source,
    )


def _relation(relation: Relation) -> entity_pb2.Relation:
    return entity_pb2.Relation(rel=relation.rel, target_id=relation.target_id)
