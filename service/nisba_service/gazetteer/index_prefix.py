"""Names that begin as somebody has begun to type: with a word of theirs unfinished."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import reduce

import numpy as np

from nisba_service.gazetteer.index_arrays import Column, IndexArrays, Numbers, distinct
from nisba_service.gazetteer.index_layers import StackedColumn
from nisba_service.names.normalise import unmarked
from nisba_service.names.parse import ParsedName

_ARTICLE = "ال"
_LAST_CHARACTER = "\U0010ffff"


def alphabet(texts: Sequence[str]) -> Numbers:
    """Return the places of texts in the order of their code points."""
    return np.array(sorted(range(len(texts)), key=texts.__getitem__), np.int32)


def beginning_with(arrays: IndexArrays, prefix: ParsedName) -> Numbers:
    """Return the names that have every part of `prefix`, and one that begins with its last.

    In order of their numbers.
    """
    if not prefix.parts:
        return np.empty(0, np.int64)
    *whole, last = [part.text for part in prefix.parts]
    begun = [_names(arrays, text, text + _LAST_CHARACTER) for text in _readings(last)]
    found = [_names(arrays, text, text + "\0") for text in whole]
    return reduce(np.intersect1d, [distinct(np.concatenate(begun)), *found])


def _readings(unfinished: str) -> tuple[str, ...]:
    """Return a word as it stands and, if it is too short to tell, without the article: الحم."""
    stem = unfinished.removeprefix(_ARTICLE)
    return (unfinished, stem) if stem and stem != unfinished else (unfinished,)


def _names(arrays: IndexArrays, first: str, end: str) -> Numbers:
    """Return the names that have a part from `first` to before `end`."""
    parts = np.concatenate(
        [_between(arrays, layer, first, end) for layer in _layers(arrays.part_alphabet)]
    )
    return distinct(arrays.part_names.joined(parts))


def _layers(column: Column) -> list[Column]:
    return [column.base, column.top] if isinstance(column, StackedColumn) else [column]


def _between(arrays: IndexArrays, ordered: Column, first: str, end: str) -> Numbers:
    def text(part: int) -> str:
        return unmarked(arrays.parts.text(part))

    start, stop = (bisect_left(ordered, bound, key=text) for bound in (first, end))
    parts: Numbers = ordered[start:stop]
    return parts
