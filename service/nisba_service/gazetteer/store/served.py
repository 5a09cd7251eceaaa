"""Entities as the log keeps them beside their records, so that a million are served at once.

A record is what curators wrote; the entity is what follows from it by the rules. Working it out
anew takes three times as long as reading it back.
"""

from __future__ import annotations

import json
from datetime import date
from types import MappingProxyType
from typing import Any

from pydantic_core import from_json

from nisba_service.errors import StoreError
from nisba_service.gazetteer.model import Entity, Name, NameKind, NameUse, Relation
from nisba_service.names.types import EntityType, Language

_TYPES = {type.value: type for type in EntityType}
_LANGUAGES = {language.value: language for language in Language}
_KINDS = {kind.value: kind for kind in NameKind}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def served_text(entity: Entity) -> str:
    """Return an entity, without its ID, as one line of JSON: lists, in the order of the fields."""
    return _encode(
        [
            entity.type,
            list(map(_list, entity.names)),
            entity.description,
            entity.wikidata_id,
            dict(entity.other_ids),
            [(relation.rel, relation.target_id) for relation in entity.relations],
            entity.not_names,
        ]
    )


def _list(name: Name) -> list[str | None]:
    always: list[str | None] = [name.name, name.language, name.kind]
    if name.use is NameUse.FREE and name.valid_from is None and name.valid_to is None:
        return always  # nearly all names
    days = (None if day is None else day.isoformat() for day in (name.valid_from, name.valid_to))
    return [*always, name.use, *days]


def served_entity(entity_id: str, text: str) -> Entity:
    """Return the entity that `served_text` wrote. Raises StoreError if it was changed since."""
    try:
        type, names, description, wikidata_id, other_ids, relations, not_names = from_json(text)
        return Entity(
            entity_id,
            _TYPES[type],
            tuple([_name(*name) for name in names]),
            description,
            wikidata_id,
            MappingProxyType(other_ids),
            tuple([Relation(*relation) for relation in relations]),
            tuple(not_names),
        )
    except (ValueError, LookupError, TypeError) as error:
        raise StoreError(f"what is served of {entity_id} is damaged: restore a backup") from error


def _name(name: str, language: str, kind: str, *rest: Any) -> Name:
    if not rest:
        return Name(name, _LANGUAGES[language], _KINDS[kind])
    use, *days = rest
    valid_from, valid_to = (None if day is None else date.fromisoformat(day) for day in days)
    return Name(name, _LANGUAGES[language], _KINDS[kind], NameUse(use), valid_from, valid_to)
