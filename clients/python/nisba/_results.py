"""From the service's answers to the client's values: the only module that reads answers."""

from __future__ import annotations

from collections.abc import Sequence

from nisba._enum_tables import (
    ENTITY_TYPES,
    FOLLOW_STATES,
    MENTION_SOURCES,
    NAME_KINDS,
    NAME_USES,
    OUTCOMES,
    by_number,
)
from nisba._enums import EntityType, FollowState, MentionSource, NameKind, NameUse, Outcome
from nisba._error_mapping import error_of_status
from nisba._errors import InternalError, NisbaError
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
    Timing,
)
from nisba.v1 import entity_pb2, gazetteer_service_pb2, linking_service_pb2

_ENTITY_TYPES = by_number(ENTITY_TYPES)
_NAME_KINDS = by_number(NAME_KINDS) | {entity_pb2.NAME_KIND_UNSPECIFIED: NameKind.VARIANT}
_NAME_USES = by_number(NAME_USES) | {entity_pb2.NAME_USE_UNSPECIFIED: NameUse.FREE}
_FOLLOW_STATES = by_number(FOLLOW_STATES)
_OUTCOMES = by_number(OUTCOMES)
_MENTION_SOURCES = by_number(MENTION_SOURCES)


def linked_document(
    response: linking_service_pb2.LinkTextResponse, timing: Timing | None = None
) -> LinkedDocument:
    """Read the answer of LinkText."""
    return _document(response.document, provenance(response.provenance), timing)


def batch_outcomes(
    response: linking_service_pb2.BatchLinkTextsResponse, timing: Timing | None = None
) -> tuple[LinkedDocument | NisbaError, ...]:
    """Read the answer of BatchLinkTexts, in the order of its request."""
    made_by = provenance(response.provenance)
    return tuple(_outcome(result, made_by, timing) for result in response.results)


def stream_outcome(
    response: linking_service_pb2.StreamLinkTextsResponse,
) -> LinkedDocument | NisbaError:
    """Read one answer of StreamLinkTexts."""
    return _outcome(response.result, provenance(response.provenance))


def stream_tags(
    response: linking_service_pb2.StreamTagTextsResponse,
) -> TaggedDocument | NisbaError:
    """Read one answer of StreamTagTexts."""
    match response.result.WhichOneof("result"):
        case "document":
            return _tagged(response.result.document, provenance(response.provenance))
        case "error":
            return error_of_status(response.result.error)
        case _:
            return InternalError("the service answered with neither spans nor an error")


def resolved_names(
    response: linking_service_pb2.ResolveNamesResponse,
) -> tuple[ResolvedName, ...]:
    """Read the answer of ResolveNames, in the order of its request."""
    made_by = provenance(response.provenance)
    return tuple(
        ResolvedName(
            name=result.name,
            outcome=_OUTCOMES.get(result.outcome, Outcome.UNKNOWN),
            entity_id=result.entity_id or None,
            confidence=result.confidence,
            candidates=_candidates(result.candidates),
            provenance=made_by,
        )
        for result in response.results
    )


def entity(response: gazetteer_service_pb2.GetEntityResponse) -> Entity:
    """Read the answer of GetEntity."""
    return entity_of(response.entity, provenance(response.provenance))


def entities(
    response: gazetteer_service_pb2.BatchGetEntitiesResponse
    | gazetteer_service_pb2.ListEntitiesResponse,
) -> tuple[Entity, ...]:
    """Read the answer of BatchGetEntities, in the order of its request, or a page of a list."""
    made_by = provenance(response.provenance)
    return tuple(entity_of(found, made_by) for found in response.entities)


def search_results(
    response: gazetteer_service_pb2.SearchEntitiesResponse,
) -> tuple[SearchResult, ...]:
    """Read the answer of SearchEntities, best first."""
    made_by = provenance(response.provenance)
    return tuple(
        SearchResult(entity_of(found.entity, made_by), found.score, found.matched_name)
        for found in response.results
    )


def gazetteer(response: gazetteer_service_pb2.GetGazetteerResponse) -> Gazetteer:
    """Read the answer of GetGazetteer."""
    served = response.gazetteer
    return Gazetteer(
        version=served.version,
        entity_count=served.entity_count,
        name_count=served.name_count,
        type_counts={entity_type(counted.type): counted.count for counted in served.type_counts},
        revision=served.revision,
        newest_revision=served.newest_revision,
        follow_state=_FOLLOW_STATES.get(served.follow_state, FollowState.UNKNOWN),
    )


def _outcome(
    result: linking_service_pb2.LinkResult, provenance: Provenance, timing: Timing | None = None
) -> LinkedDocument | NisbaError:
    match result.WhichOneof("result"):
        case "document":
            return _document(result.document, provenance, timing)
        case "error":
            return error_of_status(result.error)
        case _:
            return InternalError("the service answered with neither links nor an error")


def _document(
    document: linking_service_pb2.LinkedDocument, provenance: Provenance, timing: Timing | None
) -> LinkedDocument:
    return LinkedDocument(
        id=document.id,
        language=document.language,
        mentions=tuple(map(mention, document.mentions)),
        provenance=provenance,
        timing=timing,
    )


def _tagged(document: linking_service_pb2.TaggedDocument, provenance: Provenance) -> TaggedDocument:
    return TaggedDocument(
        id=document.id,
        language=document.language,
        spans=tuple(TaggedSpan(s.start, s.end, entity_type(s.type)) for s in document.spans),
        provenance=provenance,
    )


def mention(mention: linking_service_pb2.Mention) -> Mention:
    """Read a mention and its decision."""
    return Mention(
        start=mention.start,
        end=mention.end,
        text=mention.text,
        name=mention.name,
        type=entity_type(mention.type),
        outcome=_OUTCOMES.get(mention.outcome, Outcome.UNKNOWN),
        entity_id=mention.entity_id or None,
        confidence=mention.confidence,
        prefix=mention.prefix,
        source=_MENTION_SOURCES.get(mention.source, MentionSource.UNKNOWN),
        candidates=_candidates(mention.candidates),
        antecedent=mention.antecedent if mention.HasField("antecedent") else None,
        new_name_key=mention.new_name_key,
    )


def _candidates(candidates: Sequence[linking_service_pb2.Candidate]) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(
            entity_id=candidate.entity_id,
            name=candidate.name,
            type=entity_type(candidate.type),
            score=candidate.score,
            matched_name=candidate.matched_name,
            features=tuple(Feature(f.name, f.value, f.weight) for f in candidate.features),
        )
        for candidate in candidates
    )


def entity_of(entity: entity_pb2.Entity, provenance: Provenance) -> Entity:
    """Read an entity."""
    return Entity(
        id=entity.id,
        type=entity_type(entity.type),
        names=tuple(
            Name(
                name=n.name,
                language=n.language,
                kind=_NAME_KINDS.get(n.kind, NameKind.UNKNOWN),
                use=_NAME_USES.get(n.use, NameUse.UNKNOWN),
                valid_from=n.valid_from,
                valid_to=n.valid_to,
                evidence=n.evidence,
                source=n.source,
            )
            for n in entity.names
        ),
        description=entity.description,
        wikidata_id=entity.wikidata_id,
        other_ids=dict(entity.other_ids),
        relations=tuple(Relation(r.rel, r.target_id) for r in entity.relations),
        not_names=tuple(entity.not_names),
        notes=entity.notes,
        wikidata_source=entity.wikidata_source,
        wikidata_confidence=entity.wikidata_confidence,
        etag=entity.etag,
        provenance=provenance,
    )


def entity_type(number: int) -> EntityType:
    """Read a type."""
    return _ENTITY_TYPES.get(number, EntityType.UNKNOWN)


def provenance(provenance: entity_pb2.Provenance) -> Provenance:
    """Read what made an answer."""
    return Provenance(
        gazetteer_version=provenance.gazetteer_version,
        model_version=provenance.model_version,
        policy_version=provenance.policy_version,
        gazetteer_revision=provenance.gazetteer_revision,
    )
