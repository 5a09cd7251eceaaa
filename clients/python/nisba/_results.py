"""From the service's answers to the client's values: the only module that reads answers."""

from __future__ import annotations

from collections.abc import Sequence

from nisba._enum_tables import ENTITY_TYPES, MENTION_SOURCES, NAME_KINDS, OUTCOMES, by_number
from nisba._enums import EntityType, MentionSource, NameKind, Outcome
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
)
from nisba.v1 import entity_pb2, gazetteer_service_pb2, linking_service_pb2

_ENTITY_TYPES = by_number(ENTITY_TYPES)
_NAME_KINDS = by_number(NAME_KINDS) | {entity_pb2.NAME_KIND_UNSPECIFIED: NameKind.VARIANT}
_OUTCOMES = by_number(OUTCOMES)
_MENTION_SOURCES = by_number(MENTION_SOURCES)


def linked_document(response: linking_service_pb2.LinkTextResponse) -> LinkedDocument:
    """Read the answer of LinkText."""
    return _document(response.document, _provenance(response.provenance))


def batch_outcomes(
    response: linking_service_pb2.BatchLinkTextsResponse,
) -> tuple[LinkedDocument | NisbaError, ...]:
    """Read the answer of BatchLinkTexts, in the order of its request."""
    provenance = _provenance(response.provenance)
    return tuple(_outcome(result, provenance) for result in response.results)


def stream_outcome(
    response: linking_service_pb2.StreamLinkTextsResponse,
) -> LinkedDocument | NisbaError:
    """Read one answer of StreamLinkTexts."""
    return _outcome(response.result, _provenance(response.provenance))


def resolved_names(
    response: linking_service_pb2.ResolveNamesResponse,
) -> tuple[ResolvedName, ...]:
    """Read the answer of ResolveNames, in the order of its request."""
    provenance = _provenance(response.provenance)
    return tuple(
        ResolvedName(
            name=result.name,
            outcome=_OUTCOMES.get(result.outcome, Outcome.UNKNOWN),
            entity_id=result.entity_id or None,
            confidence=result.confidence,
            candidates=_candidates(result.candidates),
            provenance=provenance,
        )
        for result in response.results
    )


def entity(response: gazetteer_service_pb2.GetEntityResponse) -> Entity:
    """Read the answer of GetEntity."""
    return _entity(response.entity, _provenance(response.provenance))


def entities(
    response: gazetteer_service_pb2.BatchGetEntitiesResponse
    | gazetteer_service_pb2.ListEntitiesResponse,
) -> tuple[Entity, ...]:
    """Read the answer of BatchGetEntities, in the order of its request, or a page of a list."""
    provenance = _provenance(response.provenance)
    return tuple(_entity(found, provenance) for found in response.entities)


def search_results(
    response: gazetteer_service_pb2.SearchEntitiesResponse,
) -> tuple[SearchResult, ...]:
    """Read the answer of SearchEntities, best first."""
    provenance = _provenance(response.provenance)
    return tuple(
        SearchResult(_entity(found.entity, provenance), found.score, found.matched_name)
        for found in response.results
    )


def gazetteer(response: gazetteer_service_pb2.GetGazetteerResponse) -> Gazetteer:
    """Read the answer of GetGazetteer."""
    served = response.gazetteer
    return Gazetteer(
        version=served.version,
        entity_count=served.entity_count,
        name_count=served.name_count,
        type_counts={_entity_type(counted.type): counted.count for counted in served.type_counts},
    )


def _outcome(
    result: linking_service_pb2.LinkResult, provenance: Provenance
) -> LinkedDocument | NisbaError:
    match result.WhichOneof("result"):
        case "document":
            return _document(result.document, provenance)
        case "error":
            return error_of_status(result.error)
        case _:
            return InternalError("the service answered with neither links nor an error")


def _document(
    document: linking_service_pb2.LinkedDocument, provenance: Provenance
) -> LinkedDocument:
    return LinkedDocument(
        id=document.id,
        language=document.language,
        mentions=tuple(map(_mention, document.mentions)),
        provenance=provenance,
    )


def _mention(mention: linking_service_pb2.Mention) -> Mention:
    return Mention(
        start=mention.start,
        end=mention.end,
        text=mention.text,
        name=mention.name,
        type=_entity_type(mention.type),
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
            type=_entity_type(candidate.type),
            score=candidate.score,
            matched_name=candidate.matched_name,
            features=tuple(Feature(f.name, f.value, f.weight) for f in candidate.features),
        )
        for candidate in candidates
    )


def _entity(entity: entity_pb2.Entity, provenance: Provenance) -> Entity:
    return Entity(
        id=entity.id,
        type=_entity_type(entity.type),
        names=tuple(
            Name(n.name, n.language, _NAME_KINDS.get(n.kind, NameKind.UNKNOWN))
            for n in entity.names
        ),
        description=entity.description,
        wikidata_id=entity.wikidata_id,
        other_ids=dict(entity.other_ids),
        relations=tuple(Relation(r.rel, r.target_id) for r in entity.relations),
        provenance=provenance,
    )


def _entity_type(number: int) -> EntityType:
    return _ENTITY_TYPES.get(number, EntityType.UNKNOWN)


def _provenance(provenance: entity_pb2.Provenance) -> Provenance:
    return Provenance(
        gazetteer_version=provenance.gazetteer_version,
        model_version=provenance.model_version,
        policy_version=provenance.policy_version,
    )
