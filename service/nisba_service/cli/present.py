"""The service's own values as the SDK's, so that every renderer knows one kind of result."""

from __future__ import annotations

import nisba
from nisba_service.gazetteer.model import Entity
from nisba_service.linking.model import Candidate, Decision, Link, LinkedDocument, Provenance


def linked_document(document: LinkedDocument, shown: int) -> nisba.LinkedDocument:
    """Return a linked document, each mention with at most `shown` candidates."""
    return nisba.LinkedDocument(
        id=document.id,
        language=document.language,
        mentions=tuple(_mention(link, shown) for link in document.links),
        provenance=provenance(document.provenance),
    )


def resolved_name(
    name: str, decision: Decision, made_by: Provenance, shown: int
) -> nisba.ResolvedName:
    """Return the decision for a name, with at most `shown` candidates."""
    return nisba.ResolvedName(
        name=name,
        outcome=nisba.Outcome(decision.outcome),
        entity_id=decision.entity_id or None,
        confidence=decision.confidence,
        candidates=_candidates(decision, shown),
        provenance=provenance(made_by),
    )


def entity(entity: Entity, made_by: Provenance) -> nisba.Entity:
    """Return an entity with everything that is known of it."""
    return nisba.Entity(
        id=entity.id,
        type=nisba.EntityType(entity.type),
        names=tuple(
            nisba.Name(name.name, name.language.value, nisba.NameKind(name.kind))
            for name in entity.names
        ),
        description=entity.description,
        wikidata_id=entity.wikidata_id,
        other_ids=entity.other_ids,
        relations=tuple(nisba.Relation(r.rel, r.target_id) for r in entity.relations),
        provenance=provenance(made_by),
    )


def provenance(made_by: Provenance) -> nisba.Provenance:
    """Return what made an answer."""
    return nisba.Provenance(
        gazetteer_version=made_by.gazetteer_version,
        model_version=made_by.model_version,
        policy_version=made_by.policy_version,
    )


def _mention(link: Link, shown: int) -> nisba.Mention:
    mention, decision = link.mention, link.decision
    return nisba.Mention(
        start=mention.start,
        end=mention.end,
        text=mention.text,
        name=mention.name,
        type=nisba.EntityType(link.type),
        outcome=nisba.Outcome(decision.outcome),
        entity_id=decision.entity_id or None,
        confidence=decision.confidence,
        prefix=mention.prefix,
        source=nisba.MentionSource(mention.source),
        candidates=_candidates(decision, shown),
        antecedent=link.antecedent,
        new_name_key=link.new_name_key,
    )


def _candidates(decision: Decision, shown: int) -> tuple[nisba.Candidate, ...]:
    return tuple(_candidate(candidate) for candidate in decision.candidates[:shown])


def _candidate(candidate: Candidate) -> nisba.Candidate:
    return nisba.Candidate(
        entity_id=candidate.entity_id,
        name=candidate.name,
        type=nisba.EntityType(candidate.type),
        score=candidate.score,
        matched_name=candidate.matched_name,
        features=tuple(nisba.Feature(f.name, f.value, f.weight) for f in candidate.features),
    )
