"""The name of a gazetteer's state: a hash of what the model knows, however it was filed.

It is a hash of a set: the sum of a hash of each member, modulo 2^256. So the order of members does
not matter, and an edit of one entity among a million changes the hash without reading the others.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import starmap
from typing import Self

from nisba_service.gazetteer.model import Entity, Name, NameUse

_LENGTH = 16
_MODULUS = 1 << 256
_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class ContentHash:
    """The hash of a set of entities and redirects; the set is empty at first."""

    total: int = 0

    @classmethod
    def of(cls, entities: Iterable[Entity], redirects: Mapping[str, str]) -> Self:
        """Return the hash of a whole gazetteer."""
        total = sum(map(entity_hash, entities)) + sum(starmap(redirect_hash, redirects.items()))
        return cls(total % _MODULUS)

    def with_(self, members: Iterable[int]) -> ContentHash:
        """Return the hash of the set with these members, given by their hashes, added."""
        return ContentHash((self.total + sum(members)) % _MODULUS)

    def without(self, members: Iterable[int]) -> ContentHash:
        """Return the hash of the set with these members, given by their hashes, removed."""
        return ContentHash((self.total - sum(members)) % _MODULUS)

    @property
    def version(self) -> str:
        """Return the 16 hexadecimal digits that name the state."""
        return hashlib.sha256(self.total.to_bytes(32, "big")).hexdigest()[:_LENGTH]


def entity_hash(entity: Entity) -> int:
    """Return the hash of an entity as a member of the gazetteer.

    The order of an entity's names counts: the first of a language is the one that is shown. The
    order of its relations, other IDs and names that are not its own does not.
    """
    return _member_hash(
        [
            entity.id,
            entity.type,
            list(map(_name, entity.names)),
            entity.description,
            entity.wikidata_id,
            sorted(entity.other_ids.items()),
            sorted((relation.rel, relation.target_id) for relation in entity.relations),
            sorted(entity.not_names),
        ]
    )


def redirect_hash(entity_id: str, merged_into: str) -> int:
    """Return the hash of a merged entity's ID as a member of the gazetteer."""
    return _member_hash([entity_id, merged_into])


def _name(name: Name) -> list[str]:
    always = [name.name, name.language, name.kind]
    if name.use is NameUse.FREE and name.valid_from is None and name.valid_to is None:
        return always  # nearly all names
    return [*always, name.use, str(name.valid_from), str(name.valid_to)]


def _member_hash(canonical: list[object]) -> int:
    digest = hashlib.sha256(_encode(canonical).encode("ascii")).digest()
    return int.from_bytes(digest, "big")
