"""The name of a gazetteer's state: a hash of what the model knows, however it was filed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from nisba_service.gazetteer.model import Entity

_LENGTH = 16


def content_hash(entities: Iterable[Entity]) -> str:
    """Return 16 hexadecimal digits of SHA-256 over the entities, which come in order of ID.

    The order of an entity's names counts: the first of a language is the one that is shown. The
    order of its relations and other IDs does not.
    """
    digest = hashlib.sha256()
    encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode
    for entity in entities:
        digest.update(encode(_canonical(entity)).encode("ascii"))
    return digest.hexdigest()[:_LENGTH]


def _canonical(entity: Entity) -> list[object]:
    return [
        entity.id,
        entity.type,
        [(name.name, name.language, name.kind) for name in entity.names],
        entity.description,
        entity.wikidata_id,
        sorted(entity.other_ids.items()),
        sorted((relation.rel, relation.target_id) for relation in entity.relations),
    ]
