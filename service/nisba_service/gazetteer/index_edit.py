"""Edits of an index: what changed, in a layer over a base that stays as it is.

`layered` costs what the edits are, not what the base is. `compacted` makes one layer of two by
moving arrays, without reading a name again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from nisba_service.gazetteer.index_arrays import (
    IndexArrays,
    Keyed,
    Lists,
    Numbers,
    RowLists,
    Rows,
    distinct,
)
from nisba_service.gazetteer.index_build import build, inverse
from nisba_service.gazetteer.index_keys import pair_keys, part_keys, text_key
from nisba_service.gazetteer.index_layers import (
    Numbered,
    StackedColumn,
    StackedLists,
    StackedRows,
)
from nisba_service.gazetteer.index_prefix import alphabet
from nisba_service.gazetteer.model import Entity
from nisba_service.names.normalise import unmarked
from nisba_service.names.parse import parse

# What edits made of entities, by ID; None: they took it away.
Edits = Mapping[str, Entity | None]


@dataclass(frozen=True, slots=True)
class _Gone:
    """What edits took from a base: entities, their names, and parts that no name has any more."""

    entities: Numbers
    names: Numbers
    parts: Numbers


@dataclass(frozen=True, slots=True)
class _Parts:
    """The parts of the top.

    Attributes:
        numbers: of each, its number in both layers: that of the base if it is there.
        new: the places of those that the base has not.
    """

    numbers: Numbers
    new: Numbers

    def of_new(self, lists: Lists) -> Keyed:
        """Return what lists by key say of new parts."""
        values, keys = lists.entries()
        kept = np.isin(values, self.new)
        return Keyed.of(keys[kept], self.numbers[values[kept]])


def layered(base: IndexArrays, edits: Edits) -> IndexArrays:
    """Return the arrays of a base with edits."""
    top = build(entity for entity in edits.values() if entity is not None)
    entities = numbered(base, edits)
    return _layered(base, top, entities, names_of(base, entities))


def without(base: IndexArrays, names: Numbers) -> IndexArrays:
    """Return the arrays of a base without some names, whose numbers are in order.

    The others keep their numbers.
    """
    return _layered(base, build(()), np.empty(0, np.int64), names)


def _layered(base: IndexArrays, top: IndexArrays, entities: Numbers, names: Numbers) -> IndexArrays:
    """Put a layer on top, which takes entities and names away."""
    parts = _parts(base, top)
    part_names = _part_names(base, top, parts, names)
    gone = _Gone(entities, names, _unused(base, names, part_names))
    return IndexArrays(
        entity_ids=StackedRows(base.entity_ids, top.entity_ids),
        entity_types=StackedColumn(base.entity_types, top.entity_types),
        by_id=_by_id(base, top, gone),
        names=StackedRows(base.names, top.names),
        name_entities=StackedColumn(
            base.name_entities, top.name_entities[:] + len(base.entity_ids)
        ),
        name_facts=StackedColumn(base.name_facts, top.name_facts),
        name_articles=StackedColumn(base.name_articles, top.name_articles),
        name_orders=StackedColumn(base.name_orders, top.name_orders),
        name_parts=StackedRows(base.name_parts, _renumbered(top.name_parts, parts.numbers)),
        names_gone=names,
        parts=StackedRows(base.parts, _chosen(top.parts, parts.new)),
        part_alphabet=StackedColumn(base.part_alphabet, _alphabet(top, parts)),
        part_roles=StackedColumn(base.part_roles, top.part_roles[parts.new]),
        part_signatures=StackedColumn(base.part_signatures, top.part_signatures[parts.new]),
        part_symbols=StackedRows(base.part_symbols, _chosen(top.part_symbols, parts.new)),
        part_best_same=StackedColumn(base.part_best_same, top.part_best_same[parts.new]),
        part_best_cross=StackedColumn(base.part_best_cross, top.part_best_cross[parts.new]),
        part_names=part_names,
        by_text=_by_text(base, top, parts, gone),
        by_skeleton=_by_skeleton(base, top, parts, gone),
        by_pair=_by_pair(base, top, gone),
    )


def compacted(arrays: IndexArrays) -> IndexArrays:
    """Return arrays in layers as arrays in one, equal to those that a build would make."""
    names = np.delete(np.arange(len(arrays.names)), arrays.names_gone)
    owners = arrays.name_entities[names]
    entities = distinct(owners)
    name_parts = _chosen(arrays.name_parts, names)
    parts = distinct(name_parts.values)
    name_parts = Rows(_places(parts, name_parts.values), name_parts.starts)
    return IndexArrays(
        entity_ids=_chosen(arrays.entity_ids, entities),
        entity_types=arrays.entity_types[entities],
        by_id=_kept(arrays.by_id, entities),
        names=_chosen(arrays.names, names),
        name_entities=_places(entities, owners),
        name_facts=arrays.name_facts[names],
        name_articles=arrays.name_articles[names],
        name_orders=arrays.name_orders[names],
        name_parts=name_parts,
        names_gone=np.empty(0, np.int64),
        parts=_chosen(arrays.parts, parts),
        part_alphabet=alphabet([unmarked(arrays.parts.text(part)) for part in parts.tolist()]),
        part_roles=arrays.part_roles[parts],
        part_signatures=arrays.part_signatures[parts],
        part_symbols=_chosen(arrays.part_symbols, parts),
        part_best_same=arrays.part_best_same[parts],
        part_best_cross=arrays.part_best_cross[parts],
        part_names=inverse(name_parts, len(parts)),
        by_text=_kept(arrays.by_text, parts),
        by_skeleton=_kept(arrays.by_skeleton, parts),
        by_pair=_kept(arrays.by_pair, names),
    )


def numbered(base: IndexArrays, ids: Iterable[str]) -> Numbers:
    """Return the numbers of the entities with these IDs, in order; some may not be there."""
    found = [
        number
        for entity_id in ids
        for number in base.by_id.joined(np.array([text_key(entity_id)], np.uint32)).tolist()
        if base.entity_ids.text(number) == entity_id
    ]
    return distinct(np.array(found, np.int64))


def names_of(base: IndexArrays, entities: Numbers) -> Numbers:
    """Return the names of entities, whose numbers are in order: so are the names'."""
    starts = np.searchsorted(cast(Numbers, base.name_entities), entities)
    ends = np.searchsorted(cast(Numbers, base.name_entities), entities, "right")
    ranges = [np.arange(start, end) for start, end in zip(starts, ends, strict=True)]
    return np.concatenate(ranges) if ranges else np.empty(0, np.int64)


def _parts(base: IndexArrays, top: IndexArrays) -> _Parts:
    numbers: list[int] = []
    new: list[int] = []
    for place, role in enumerate(top.part_roles[:].tolist()):
        known = _known_part(base, top.parts.text(place), role)
        numbers.append(len(base.parts) + len(new) if known is None else known)
        if known is None:
            new.append(place)
    return _Parts(np.array(numbers, np.int64), np.array(new, np.int64))


def _alphabet(top: IndexArrays, parts: _Parts) -> Numbers:
    ordered = top.part_alphabet[:]
    numbers: Numbers = parts.numbers[ordered[np.isin(ordered, parts.new)]]
    return numbers


def _known_part(base: IndexArrays, text: str, role: int) -> int | None:
    found = base.by_text.joined(np.array([text_key(text)], np.uint32)).tolist()
    same = (n for n in found if base.part_roles[n] == role and base.parts.text(n) == text)
    return next(same, None)


def _part_names(
    base: IndexArrays, top: IndexArrays, parts: _Parts, names_gone: Numbers
) -> StackedLists:
    values, owners = top.name_parts.entries()
    named = Keyed.of(parts.numbers[values], owners + len(base.names))
    losses = [base.name_parts.row(name).tolist() for name in names_gone.tolist()]
    return _stacked(Numbered(cast(Rows, base.part_names)), named, names_gone, losses)


def _unused(base: IndexArrays, names_gone: Numbers, part_names: Lists) -> Numbers:
    parts = distinct(base.name_parts.joined(names_gone))
    unused: Numbers = parts[part_names.lengths(parts) == 0]
    return unused


def _by_id(base: IndexArrays, top: IndexArrays, gone: _Gone) -> StackedLists:
    values, keys = top.by_id.entries()
    losses = [[text_key(base.entity_ids.text(n))] for n in gone.entities.tolist()]
    added = Keyed.of(keys, values + len(base.entity_ids))
    return _stacked(base.by_id, added, gone.entities, losses)


def _by_text(base: IndexArrays, top: IndexArrays, parts: _Parts, gone: _Gone) -> StackedLists:
    losses = [[text_key(base.parts.text(n))] for n in gone.parts.tolist()]
    return _stacked(base.by_text, parts.of_new(top.by_text), gone.parts, losses)


def _by_skeleton(base: IndexArrays, top: IndexArrays, parts: _Parts, gone: _Gone) -> StackedLists:
    losses = [part_keys(unmarked(base.parts.text(n))) for n in gone.parts.tolist()]
    return _stacked(base.by_skeleton, parts.of_new(top.by_skeleton), gone.parts, losses)


def _by_pair(base: IndexArrays, top: IndexArrays, gone: _Gone) -> StackedLists:
    values, keys = top.by_pair.entries()
    losses = [[*pair_keys(parse(base.names.text(n)).parts)] for n in gone.names.tolist()]
    added = Keyed.of(keys, values + len(base.names))
    return _stacked(base.by_pair, added, gone.names, losses)


def _stacked(
    base: Lists, added: Keyed, gone: Numbers, losses: Sequence[Sequence[int]]
) -> StackedLists:
    """Stack lists. `losses` are of each value that is gone the keys or numbers of its lists."""
    keys = np.array([key for keys in losses for key in keys], np.int64)
    values = np.repeat(gone, [len(keys) for keys in losses])
    return StackedLists(base, added, gone, Keyed.of(keys, values))


def _renumbered(rows: RowLists, numbers: Numbers) -> Rows:
    plain = _chosen(rows, np.arange(len(rows)))
    return Rows(numbers[plain.values], plain.starts)


def _chosen(rows: RowLists, numbers: Numbers) -> Rows:
    return Rows.of(rows.several(numbers)[0], rows.lengths(numbers))


def _kept(lists: Lists, numbers: Numbers) -> Keyed:
    """Return lists by key, whose values, which all are among `numbers`, become their places."""
    values, keys = lists.entries()
    places = np.zeros(int(numbers.max(initial=0)) + 1, np.int32)
    places[numbers] = np.arange(len(numbers))
    return Keyed.of(keys, places[values])


def _places(ordered: Numbers, values: Numbers) -> Numbers:
    return np.searchsorted(ordered, values).astype(np.int32)
