"""Builds the arrays of a name index from entities."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

import numpy as np

from nisba_service.gazetteer.index_arrays import IndexArrays, KeyedRows, Numbers, Rows
from nisba_service.gazetteer.index_keys import pair_keys, skeleton_keys, sound_bits
from nisba_service.gazetteer.model import Entity, Name, NameKind
from nisba_service.names.letters import skeleton, sounds
from nisba_service.names.normalise import unmarked
from nisba_service.names.parse import Role, parse
from nisba_service.names.spelling import best_sums
from nisba_service.names.symbols import symbols
from nisba_service.names.types import EntityType, Language

TYPES = tuple(EntityType)
LANGUAGES = tuple(Language)
KINDS = tuple(NameKind)
ROLES = tuple(Role)


def build(entities: Iterable[Entity]) -> IndexArrays:
    """Return the arrays for every name of every entity."""
    draft = _Draft()
    for entity in entities:
        draft.add(entity)
    return draft.finish()


class _Bytes:
    """Rows of bytes as they are collected: all in one, and where each starts."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._starts = array("q", [0])

    def add(self, row: bytes) -> None:
        self._bytes += row
        self._starts.append(len(self._bytes))

    def rows(self) -> Rows:
        return Rows(np.frombuffer(bytes(self._bytes), np.uint8), np.array(self._starts))


class _Draft:
    """An index being built."""

    def __init__(self) -> None:
        self._entity_ids = _Bytes()
        self._entity_types = array("B")
        self._names = _Bytes()
        self._name_entities = array("i")
        self._name_languages = array("B")
        self._name_kinds = array("B")
        self._name_articles = array("B")
        self._parts: dict[str, int] = {}
        self._name_parts = array("i")
        self._name_part_starts = array("q", [0])
        self._name_roles = array("B")
        self._pair_keys = array("I")
        self._pair_names = array("i")

    def add(self, entity: Entity) -> None:
        self._entity_ids.add(entity.id.encode())
        self._entity_types.append(TYPES.index(entity.type))
        for name in entity.names:
            self._add_name(len(self._entity_types) - 1, name)

    def _add_name(self, entity: int, name: Name) -> None:
        number = len(self._name_entities)
        self._names.add(name.name.encode())
        self._name_entities.append(entity)
        self._name_languages.append(LANGUAGES.index(name.language))
        self._name_kinds.append(KINDS.index(name.kind))
        parsed = parse.__wrapped__(name.name)  # a million names would only flush the cache
        self._name_articles.append(min(parsed.articles, 255))
        parts = parsed.parts
        for part in parts:
            self._name_parts.append(self._parts.setdefault(part.marked, len(self._parts)))
            self._name_roles.append(ROLES.index(part.role))
        self._name_part_starts.append(len(self._name_parts))
        for key in pair_keys(parts) if parts else ():
            self._pair_keys.append(key)
            self._pair_names.append(number)

    def finish(self) -> IndexArrays:
        part_texts = _Bytes()
        part_symbols = _Bytes()
        for text in self._parts:
            part_texts.add(text.encode())
            part_symbols.add(symbols(text))
        best = [best_sums(symbols(text)) for text in self._parts]
        heard = [sounds(unmarked(marked)) for marked in self._parts]
        name_parts = Rows(_numbers(self._name_parts), _numbers(self._name_part_starts))
        return IndexArrays(
            entity_ids=self._entity_ids.rows(),
            entity_types=_numbers(self._entity_types),
            names=self._names.rows(),
            name_entities=_numbers(self._name_entities),
            name_languages=_numbers(self._name_languages),
            name_kinds=_numbers(self._name_kinds),
            name_articles=_numbers(self._name_articles),
            name_parts=name_parts,
            name_roles=_numbers(self._name_roles),
            parts=part_texts.rows(),
            part_sounds=np.array([sound_bits(sound) for sound in heard], np.uint64),
            part_symbols=part_symbols.rows(),
            part_best=np.array(best, np.int32).reshape(-1, 2),
            part_names=_inverse(name_parts, len(self._parts)),
            by_skeleton=_by_skeleton(heard),
            by_pair=_keyed(_numbers(self._pair_keys), _numbers(self._pair_names)),
        )


def _numbers(values: array[int]) -> Numbers:
    return np.frombuffer(values, values.typecode) if len(values) else np.empty(0, values.typecode)


def _by_skeleton(heard: Sequence[str]) -> KeyedRows:
    keys, parts = array("I"), array("i")
    for number, sound in enumerate(heard):
        for key in skeleton_keys(skeleton(sound)):
            keys.append(key)
            parts.append(number)
    return _keyed(_numbers(keys), _numbers(parts))


def _keyed(keys: Numbers, values: Numbers) -> KeyedRows:
    """Group values by key, in order of key and value."""
    order = np.argsort(keys, kind="stable")
    distinct, counts = np.unique(keys, return_counts=True)
    return KeyedRows(distinct, Rows(values[order], _starts(counts)))


def _inverse(rows: Rows, count: int) -> Rows:
    """Return for each value below `count` the numbers of the rows that have it."""
    owners = np.repeat(np.arange(len(rows), dtype=np.int32), np.diff(rows.starts))
    order = np.argsort(rows.values, kind="stable")
    return Rows(owners[order], _starts(np.bincount(rows.values, minlength=count)))


def _starts(counts: Numbers) -> Numbers:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
