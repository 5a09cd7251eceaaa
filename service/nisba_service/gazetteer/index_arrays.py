"""The name index as flat arrays: built once, saved to a directory, memory-mapped when opened again.

Rows of unequal length (the parts of a name, the names of a part) are one array of all their values
and one of where each row starts, so that a million names cost bytes, not objects.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of unequal length: row i is values[starts[i] : starts[i + 1]]."""

    values: Numbers
    starts: Numbers

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row(self, number: int) -> Numbers:
        """Return one row."""
        row: Numbers = self.values[self.starts[number] : self.starts[number + 1]]
        return row

    def text(self, number: int) -> str:
        """Return one row of UTF-8 bytes as text."""
        return self.row(number).tobytes().decode()

    def lengths(self, numbers: Numbers) -> Numbers:
        """Return the lengths of several rows."""
        lengths: Numbers = self.starts[numbers + 1] - self.starts[numbers]
        return lengths

    def several(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """Return the values of several rows in one, and for each value its place in `numbers`."""
        lengths = self.lengths(numbers)
        owners = np.repeat(np.arange(len(numbers)), lengths)
        ends = np.cumsum(lengths)
        places = np.arange(len(owners)) + np.repeat(
            self.starts[numbers] - (ends - lengths), lengths
        )
        return self.values[places], owners


@dataclass(frozen=True, slots=True)
class KeyedRows:
    """Rows found by 32-bit keys, which are sorted. Different things may, rarely, have one key."""

    keys: Numbers
    rows: Rows

    def find(self, keys: Numbers) -> Numbers:
        """Return the numbers of the rows of those keys that there are."""
        if not len(self.keys):
            return np.empty(0, np.int64)
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        found: Numbers = places[self.keys[places] == keys]
        return found


@dataclass(frozen=True, slots=True)
class IndexArrays:
    """Everything that an index holds. Names, entities and parts are numbered from 0.

    Attributes:
        entity_ids: of each entity, UTF-8.
        entity_types: of each entity, its place in EntityType.
        names: of each name, UTF-8.
        name_entities, name_languages, name_kinds, name_articles: of each name.
        name_parts: of each name, the numbers of its parts.
        name_roles: in step with name_parts.values: the place in Role.
        parts: of each distinct part, its text in UTF-8.
        part_sounds: of each part, the set of its sounds as bits.
        part_symbols: of each part, the symbols that it is compared by.
        part_best: of each part, the most an alignment can reach, in one script and in two.
        part_names: of each part, the names that have it.
        by_skeleton: parts by the keys of their skeletons.
        by_pair: names by the keys of two skeletons in a row, and of all.
    """

    entity_ids: Rows
    entity_types: Numbers
    names: Rows
    name_entities: Numbers
    name_languages: Numbers
    name_kinds: Numbers
    name_articles: Numbers
    name_parts: Rows
    name_roles: Numbers
    parts: Rows
    part_sounds: Numbers
    part_symbols: Rows
    part_best: Numbers
    part_names: Rows
    by_skeleton: KeyedRows
    by_pair: KeyedRows

    def save(self, directory: Path) -> None:
        """Write one file an array."""
        directory.mkdir(parents=True, exist_ok=True)
        for name, array in _flatten(self):
            np.save(directory / f"{name}.npy", array)

    @classmethod
    def open(cls, directory: Path) -> IndexArrays:
        """Map the files of a directory into memory; they are read as they are needed."""

        def load(name: str) -> Numbers:
            # A plain view: indexing a np.memmap costs microseconds more.
            return np.asarray(np.load(directory / f"{name}.npy", mmap_mode="r"))

        def rows(name: str) -> Rows:
            return Rows(load(f"{name}.values"), load(f"{name}.starts"))

        loaded: dict[str, Any] = {}
        for field in fields(cls):
            if field.type == "Rows":
                loaded[field.name] = rows(field.name)
            elif field.type == "KeyedRows":
                keyed = KeyedRows(load(f"{field.name}.keys"), rows(f"{field.name}.rows"))
                loaded[field.name] = keyed
            else:
                loaded[field.name] = load(field.name)
        return cls(**loaded)


def _flatten(node: Any, path: str = "") -> list[tuple[str, Numbers]]:
    if isinstance(node, np.ndarray):
        return [(path, node)]
    return [
        leaf
        for field in fields(node)
        for leaf in _flatten(
            getattr(node, field.name), f"{path}.{field.name}" if path else field.name
        )
    ]
