"""Entities by a name, or by the beginning of one: what a curator sees while typing."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from nisba_service.gazetteer.index import NameMatch
from nisba_service.gazetteer.model import Entity
from nisba_service.names.types import EntityType
from nisba_service.server import limits
from nisba_service.server.engine import Engine

_RETRIEVED: Final = 10 * limits.SEARCH_PAGE.largest
# Less likely names are nobody's: "zzzz" finds nothing.
_LEAST: Final = 0.05
# What a name has at least that begins as the query does: more than one that is only alike.
_BEGUN: Final = 0.5


def search(engine: Engine, query: str, type: EntityType | None, size: int) -> list[NameMatch]:
    """Return at most `size` entities, best first: whose name the query is likely to be, and whose
    names begin with it. The same query finds the same, in the same order."""
    found: dict[str, NameMatch] = {}
    for match in _likely(engine, query, type, size):
        found[match.entity_id] = match
    for match in engine.index.complete(query, type=type, limit=size):
        known = found.get(match.entity_id, match)
        found[match.entity_id] = replace(known, probability=max(known.probability, _BEGUN))
    return sorted(found.values(), key=lambda match: -match.probability)[:size]


def _likely(engine: Engine, query: str, type: EntityType | None, size: int) -> list[NameMatch]:
    # To the index a type is a hint, here it is a condition: look deeper, then leave out.
    limit = size if type is None else _RETRIEVED
    entities = engine.gazetteer.entities
    return [
        match
        for match in engine.index.match(query, type=type, limit=limit)
        if match.probability >= _LEAST and _is_of(entities[match.entity_id], type)
    ]


def _is_of(entity: Entity, type: EntityType | None) -> bool:
    return type is None or entity.type is type
