"""Builds the arrays of a name index from entities."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

import numpy as np

from nisba_service.gazetteer.index_arrays import IndexArrays, Keyed, Numbers, Rows
from nisba_service.gazetteer.index_facts import WIDTH, facts_of
from nisba_service.gazetteer.index_keys import pair_keys, part_keys, signature, text_key
from nisba_service.gazetteer.index_prefix import alphabet
from nisba_service.gazetteer.model import Entity, Name
from nisba_service.names.letters import sounds
from nisba_service.names.normalise import unmarked
from nisba_service.names.parse import ParsedName, Role, parse
from nisba_service.names.spelling import best_sums
from nisba_service.names.symbols import symbols
from nisba_service.names.types import EntityType

TYPES = tuple(EntityType)
ROLES = tuple(Role)
_TYPE_NUMBERS = {type: number for number, type in enumerate(TYPES)}
_ROLE_NUMBERS = {role: number for number, role in enumerate(ROLES)}
# Bits of a name's order: the number of its parts above those of a hash.
_HASH_BITS = 60
_MOST_PARTS = 15


def build(entities: Iterable[Entity]) -> IndexArrays:
    """Return the arrays for every name of every entity. IDs must differ."""
    draft = _Draft()
    for entity in entities:
        draft.add(entity)
    return draft.finish()


class _Texts:
    """Rows of bytes as they are collected: all in one, and how long each is."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._lengths = array("q")

    def add(self, row: bytes) -> None:
        self._bytes += row
        self._lengths.append(len(row))

    def rows(self) -> Rows:
        return Rows.of(np.frombuffer(bytes(self._bytes), np.uint8), _numbers(self._lengths))


class _Draft:
    """An index being built."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._types = array("B")
        self._names = _Texts()
        self._name_entities = array("i")
        self._name_facts = array("i")
        self._name_articles = array("B")
        self._name_orders = array("Q")
        self._name_parts = array("i")
        self._name_lengths = array("q")
        self._parts: dict[tuple[str, Role], int] = {}
        self._pair_keys = array("I")
        self._pair_names = array("i")

    def add(self, entity: Entity) -> None:
        self._ids.append(entity.id)
        self._types.append(_TYPE_NUMBERS[entity.type])
        for name in entity.names:
            parsed = parse.__wrapped__(name.name)  # a million names would only flush the cache
            self._add_name(entity, name, parsed)

    def _add_name(self, entity: Entity, name: Name, parsed: ParsedName) -> None:
        number = len(self._name_entities)
        facts = facts_of(name)
        self._names.add(name.name.encode())
        self._name_entities.append(len(self._ids) - 1)
        self._name_facts.extend(facts)
        self._name_articles.append(min(parsed.articles, 255))
        self._name_orders.append(_order(entity.id, name.name, facts, len(parsed.parts)))
        known = self._parts
        for part in parsed.parts:
            self._name_parts.append(known.setdefault((part.marked, part.role), len(known)))
        self._name_lengths.append(len(parsed.parts))
        keys = pair_keys(parsed.parts)
        self._pair_keys.extend(keys)
        self._pair_names.extend([number] * len(keys))

    def finish(self) -> IndexArrays:
        ids, texts = _Texts(), _Texts()
        for entity_id in self._ids:
            ids.add(entity_id.encode())
        for text, _ in self._parts:
            texts.add(text.encode())
        name_parts = Rows.of(_numbers(self._name_parts), _numbers(self._name_lengths))
        return IndexArrays(
            entity_ids=ids.rows(),
            entity_types=_numbers(self._types),
            by_id=Keyed.of(
                np.array([text_key(entity_id) for entity_id in self._ids], np.uint32),
                np.arange(len(self._ids), dtype=np.int32),
            ),
            names=self._names.rows(),
            name_entities=_numbers(self._name_entities),
            name_facts=_numbers(self._name_facts).reshape(-1, WIDTH),
            name_articles=_numbers(self._name_articles),
            name_orders=_numbers(self._name_orders),
            name_parts=name_parts,
            names_gone=np.empty(0, np.int32),
            parts=texts.rows(),
            part_names=inverse(name_parts, len(self._parts)),
            by_text=Keyed.of(
                np.array([text_key(text) for text, _ in self._parts], np.uint32),
                np.arange(len(self._parts), dtype=np.int32),
            ),
            by_pair=Keyed.of(_numbers(self._pair_keys), _numbers(self._pair_names)),
            **_of_parts(self._parts),
        )


def _order(entity_id: str, name: str, facts: tuple[int, ...], parts: int) -> int:
    digest = blake2b(f"{entity_id}\0{name}\0{facts}".encode(), digest_size=8).digest()
    return min(parts, _MOST_PARTS) << _HASH_BITS | int.from_bytes(digest) >> 64 - _HASH_BITS


def _of_parts(parts: Iterable[tuple[str, Role]]) -> dict[str, Any]:
    """Return the arrays that follow from the parts alone."""
    texts = []
    roles, signatures = array("B"), array("Q")
    best_same, best_cross = array("i"), array("i")
    keys, keyed = array("I"), array("i")
    rows = _Texts()
    for number, (marked, role) in enumerate(parts):
        text = unmarked(marked)
        row = symbols(marked)
        texts.append(text)
        roles.append(_ROLE_NUMBERS[role])
        signatures.append(signature(sounds(text)))
        rows.add(row)
        same, cross = best_sums(row)
        best_same.append(same)
        best_cross.append(cross)
        found = part_keys(text)
        keys.extend(found)
        keyed.extend([number] * len(found))
    return {
        "part_alphabet": alphabet(texts),
        "part_roles": _numbers(roles),
        "part_signatures": _numbers(signatures),
        "part_symbols": rows.rows(),
        "part_best_same": _numbers(best_same),
        "part_best_cross": _numbers(best_cross),
        "by_skeleton": Keyed.of(_numbers(keys), _numbers(keyed)),
    }


def inverse(rows: Rows, count: int) -> Rows:
    """Return for each value below `count` the numbers of the rows that have it."""
    owners = np.repeat(np.arange(len(rows), dtype=np.int32), np.diff(rows.starts))
    order = np.argsort(rows.values, kind="stable")
    return Rows.of(owners[order], np.bincount(rows.values, minlength=count))


def _numbers(values: array[int]) -> Numbers:
    return np.frombuffer(values, values.typecode) if len(values) else np.empty(0, values.typecode)
