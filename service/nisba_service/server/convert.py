"""What callers get: the domain's types written as the contract's messages.

What they send is read in convert_requests.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from google.rpc.status_pb2 import Status

from nisba.v1 import entity_pb2 as entity_pb
from nisba.v1 import gazetteer_service_pb2 as gazetteer_pb
from nisba.v1 import linking_service_pb2 as linking_pb
from nisba_service.gazetteer.index import NameMatch
from nisba_service.gazetteer.model import Entity, Name, NameKind, NameUse
from nisba_service.linking.model import (
    Candidate,
    Decision,
    Link,
    LinkedDocument,
    Outcome,
    Provenance,
)
from nisba_service.names.types import EntityType
from nisba_service.server.catalogue import Catalogue
from nisba_service.server.live import Following, FollowState
from nisba_service.tagging.model import Source, TaggedDocument

# Messages take the values of enums by name.
_TYPES = {t: f"ENTITY_TYPE_{t.name}" for t in EntityType}
_KINDS = {k: f"NAME_KIND_{k.name}" for k in NameKind}
_OUTCOMES = {o: f"OUTCOME_{o.name}" for o in Outcome}
_USES = {u: f"NAME_USE_{u.name}" for u in NameUse}
_FOLLOW_STATES = {s: f"FOLLOW_STATE_{s.name}" for s in FollowState}
_SOURCES = {s: f"MENTION_SOURCE_{s.name}" for s in Source}


# Links.


def link_text_response(
    document: LinkedDocument, max_candidates: int
) -> linking_pb.LinkTextResponse:
    """Return the answer of LinkText."""
    return linking_pb.LinkTextResponse(
        document=_linked_document(document, max_candidates),
        provenance=provenance(document.provenance),
    )


def link_result(outcome: LinkedDocument | Status, max_candidates: int) -> linking_pb.LinkResult:
    """Return the outcome of one document of a batch or stream."""
    if isinstance(outcome, Status):
        return linking_pb.LinkResult(error=outcome)
    return linking_pb.LinkResult(document=_linked_document(outcome, max_candidates))


def batch_response(
    outcomes: Iterable[LinkedDocument | Status], max_candidates: int, made_by: Provenance
) -> linking_pb.BatchLinkTextsResponse:
    """Return the answer of BatchLinkTexts."""
    return linking_pb.BatchLinkTextsResponse(
        results=[link_result(outcome, max_candidates) for outcome in outcomes],
        provenance=provenance(made_by),
    )


def stream_response(
    key: str, outcome: LinkedDocument | Status, max_candidates: int, made_by: Provenance
) -> linking_pb.StreamLinkTextsResponse:
    """Return one answer of StreamLinkTexts."""
    return linking_pb.StreamLinkTextsResponse(
        key=key, result=link_result(outcome, max_candidates), provenance=provenance(made_by)
    )


def tag_response(
    key: str, outcome: TaggedDocument | Status, model_version: str
) -> linking_pb.StreamTagTextsResponse:
    """Return one answer of StreamTagTexts. No gazetteer was asked, and nothing was linked."""
    return linking_pb.StreamTagTextsResponse(
        key=key,
        result=_tag_result(outcome),
        provenance=entity_pb.Provenance(model_version=model_version),
    )


def _tag_result(outcome: TaggedDocument | Status) -> linking_pb.TagResult:
    if isinstance(outcome, Status):
        return linking_pb.TagResult(error=outcome)
    return linking_pb.TagResult(
        document=linking_pb.TaggedDocument(
            id=outcome.id,
            language=outcome.language,
            spans=[
                linking_pb.TaggedSpan(start=span.start, end=span.end, type=_TYPES[span.type])
                for span in outcome.spans
            ],
        )
    )


def resolve_names_response(
    resolved: Iterable[tuple[str, Decision]], max_candidates: int, made_by: Provenance
) -> linking_pb.ResolveNamesResponse:
    """Return the answer of ResolveNames. No text was tagged: no tagging model made it."""
    return linking_pb.ResolveNamesResponse(
        results=[_resolved_name(name, decision, max_candidates) for name, decision in resolved],
        provenance=provenance(replace(made_by, model_version="")),
    )


def _resolved_name(name: str, decision: Decision, max_candidates: int) -> linking_pb.ResolvedName:
    return linking_pb.ResolvedName(
        name=name,
        outcome=_OUTCOMES[decision.outcome],
        entity_id=decision.entity_id,
        confidence=decision.confidence,
        candidates=[_candidate(c) for c in decision.candidates[:max_candidates]],
    )


def provenance(made_by: Provenance) -> entity_pb.Provenance:
    """Return what made an answer."""
    return entity_pb.Provenance(
        gazetteer_version=made_by.gazetteer_version,
        model_version=made_by.model_version,
        policy_version=made_by.policy_version,
        gazetteer_revision=made_by.gazetteer_revision,
    )


def _linked_document(document: LinkedDocument, max_candidates: int) -> linking_pb.LinkedDocument:
    return linking_pb.LinkedDocument(
        id=document.id,
        language=document.language,
        mentions=[mention(link, max_candidates) for link in document.links],
    )


def mention(link: Link, max_candidates: int) -> linking_pb.Mention:
    """Return a mention and its decision."""
    found, decision = link.mention, link.decision
    return linking_pb.Mention(
        start=found.start,
        end=found.end,
        text=found.text,
        name=found.name,
        prefix=found.prefix,
        type=_TYPES[link.type],
        source=_SOURCES[found.source],
        outcome=_OUTCOMES[decision.outcome],
        entity_id=decision.entity_id,
        confidence=decision.confidence,
        candidates=[_candidate(c) for c in decision.candidates[:max_candidates]],
        antecedent=link.antecedent,
        new_name_key=link.new_name_key,
    )


def _candidate(candidate: Candidate) -> linking_pb.Candidate:
    return linking_pb.Candidate(
        entity_id=candidate.entity_id,
        name=candidate.name,
        type=_TYPES[candidate.type],
        score=candidate.score,
        matched_name=candidate.matched_name,
        features=[
            linking_pb.Feature(name=f.name, value=f.value, weight=f.weight)
            for f in candidate.features
        ],
    )


# What callers get: entities.


def gazetteer(catalogue: Catalogue, following: Following) -> gazetteer_pb.Gazetteer:
    """Return what is served, and how large it is. Types without entities are left out."""
    counts = {type: catalogue.count(type) for type in EntityType}
    return gazetteer_pb.Gazetteer(
        version=catalogue.gazetteer.version,
        entity_count=catalogue.count(),
        name_count=catalogue.name_count,
        type_counts=[
            gazetteer_pb.TypeCount(type=_TYPES[type], count=count)
            for type, count in counts.items()
            if count
        ],
        revision=catalogue.gazetteer.revision,
        newest_revision=max(following.newest, catalogue.gazetteer.revision),
        follow_state=_FOLLOW_STATES[following.state],
    )


def entity(entity: Entity, *, full: bool) -> entity_pb.Entity:
    """Return an entity; without `full`, only what tells it from others."""
    names = [n for n in entity.names if full or n.kind is NameKind.PRIMARY]
    return entity_pb.Entity(
        id=entity.id,
        type=_TYPES[entity.type],
        names=[_name(name, full=full) for name in names],
        description=entity.description,
        wikidata_id=entity.wikidata_id,
        other_ids=dict(entity.other_ids) if full else {},
        relations=[
            entity_pb.Relation(rel=r.rel, target_id=r.target_id)
            for r in (entity.relations if full else ())
        ],
        not_names=entity.not_names if full else (),
    )


def _name(name: Name, *, full: bool) -> entity_pb.Name:
    if not full:
        return entity_pb.Name(name=name.name, language=name.language.value, kind=_KINDS[name.kind])
    return entity_pb.Name(
        name=name.name,
        language=name.language.value,
        kind=_KINDS[name.kind],
        use=_USES[name.use],
        valid_from="" if name.valid_from is None else name.valid_from.isoformat(),
        valid_to="" if name.valid_to is None else name.valid_to.isoformat(),
    )


def search_result(match: NameMatch, found: Entity, *, full: bool) -> gazetteer_pb.SearchResult:
    """Return an entity that a search found."""
    return gazetteer_pb.SearchResult(
        entity=entity(found, full=full), score=match.probability, matched_name=match.name.name
    )
