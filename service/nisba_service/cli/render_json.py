"""Results as JSON, one object a line. The keys are a contract: scripts read them."""

from __future__ import annotations

import json
from typing import Any

import nisba

# Enough to rank by; more would promise a precision that scores do not have.
DIGITS = 6


def document(linked: nisba.LinkedDocument) -> str:
    """Return a linked document as one line of JSON."""
    return _line(
        {
            "id": linked.id,
            "language": linked.language,
            "mentions": [_mention(mention) for mention in linked.mentions],
            "provenance": _provenance(linked.provenance),
        }
    )


def resolved(name: nisba.ResolvedName) -> str:
    """Return the decision for a name as one line of JSON."""
    return _line(
        {
            "name": name.name,
            "outcome": name.outcome,
            "entity_id": name.entity_id,
            "confidence": round(name.confidence, DIGITS),
            "candidates": [_candidate(candidate) for candidate in name.candidates],
            "provenance": _provenance(name.provenance),
        }
    )


def entity(entity: nisba.Entity) -> str:
    """Return an entity as one line of JSON, in the format of the gazetteer's files."""
    return _line(
        {
            "id": entity.id,
            "type": entity.type,
            "description": entity.description,
            "names": [{"name": n.name, "lang": n.language, "kind": n.kind} for n in entity.names],
            "wikidata": entity.wikidata_id or None,
            "other_ids": dict(entity.other_ids),
            "relations": [{"rel": r.rel, "target": r.target_id} for r in entity.relations],
        }
    )


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _mention(mention: nisba.Mention) -> dict[str, Any]:
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "name": mention.name,
        "prefix": mention.prefix,
        "type": mention.type,
        "outcome": mention.outcome,
        "entity_id": mention.entity_id,
        "confidence": round(mention.confidence, DIGITS),
        "source": mention.source,
        "antecedent": mention.antecedent,
        "new_name_key": mention.new_name_key or None,
        "candidates": [_candidate(candidate) for candidate in mention.candidates],
    }


def _candidate(candidate: nisba.Candidate) -> dict[str, Any]:
    return {
        "entity_id": candidate.entity_id,
        "name": candidate.name,
        "type": candidate.type,
        "score": round(candidate.score, DIGITS),
        "matched_name": candidate.matched_name,
        "features": [
            {"name": f.name, "value": round(f.value, DIGITS), "weight": f.weight}
            for f in candidate.features
        ],
    }


def _provenance(provenance: nisba.Provenance) -> dict[str, str]:
    return {
        "gazetteer_version": provenance.gazetteer_version,
        "model_version": provenance.model_version,
        "policy_version": provenance.policy_version,
    }
