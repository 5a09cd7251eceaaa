"""From scores of tags to the best sequence of tags (Viterbi), and from tags to entities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nisba_service.tagging.network.lstm import Floats
from nisba_service.tagging.network.packing import Packed, Places

Flags = NDArray[np.bool_]

# Stanza's tags begin with four that stand for no tag; where one is the best, the fifth is meant.
_NO_TAGS = 4


def best(scores: Floats, transitions: Floats, packed: Packed) -> Places:
    """Return the best tags of sequences, one behind the other.

    Args:
        scores: (N, tags) of all items of the sequences.
        transitions: (tags, tags), from one tag (row) to the next; of equals the first is taken.
        packed: of the sequences.
    """
    steps = np.empty_like(scores)
    steps[packed.forward] = scores
    before = np.zeros(scores.shape, np.intp)
    totals = steps[: packed.widths[0]].copy()
    entering = np.ascontiguousarray(transitions.T)
    for start, width in zip(packed.starts[1:], packed.widths[1:], strict=True):
        paths = totals[:width, np.newaxis, :] + entering
        before[start : start + width] = paths.argmax(axis=2)
        totals[:width] = steps[start : start + width] + paths.max(axis=2)
    tags = _back(totals.argmax(axis=1), before, packed)
    return np.maximum(tags[packed.forward], _NO_TAGS)


def _back(last: Places, before: Places, packed: Packed) -> Places:
    """Return the tags, in the order of steps, that lead to the last one of each sequence."""
    tags = np.empty(len(before), np.intp)
    behind = 0
    for start, width in reversed(list(zip(packed.starts, packed.widths, strict=True))):
        if behind:
            following = before[start + width : start + width + behind]
            last[:behind] = following[np.arange(behind), last[:behind]]
        tags[start : start + width] = last[:width]
        behind = width
    return tags


@dataclass(frozen=True, slots=True)
class TagSet:
    """Tags in Stanza's scheme: B- begins an entity, I- is within, E- ends it, S- is all of it.

    Attributes:
        types: the type of each tag by number, "" for O and for what stands for no tag.
        goes_on: the entity may go on behind the tag.
        came: the entity may have begun before it.
        kind: the number of the tag's type, 0 for none.
    """

    types: tuple[str, ...]
    goes_on: Flags
    came: Flags
    kind: Places

    @classmethod
    def of(cls, tags: Sequence[str]) -> TagSet:
        """Read the tags.

        Raises:
            ValueError: a tag is of another scheme.
        """
        strange = [tag for tag in tags[_NO_TAGS:] if tag != "O" and tag[:2] not in _SCHEME]
        if strange:
            raise ValueError(f"tags of another scheme: {', '.join(strange)}")
        types = tuple(tag[2:] if tag[:2] in _SCHEME else "" for tag in tags)
        numbers = {type_: number for number, type_ in enumerate(sorted({"", *types}))}
        return cls(
            types,
            np.array([tag[:2] in ("B-", "I-") for tag in tags]),
            np.array([tag[:2] in ("I-", "E-") for tag in tags]),
            np.array([numbers[type_] for type_ in types], np.intp),
        )

    def entities(self, tags: Places, last: Places) -> list[tuple[int, int, str]]:
        """Return the entities among the items of sequences: first and last item, and type.

        Two neighbours are of one entity where the first may go on and the second may have come from
        somewhere, both of one type; that holds for sequences that break the scheme as well, and
        is what Stanza makes of them.
        """
        kind = self.kind[tags]
        joined = np.zeros(len(tags) + 1, np.bool_)
        joined[1:-1] = self.goes_on[tags[:-1]] & self.came[tags[1:]] & (kind[:-1] == kind[1:])
        joined[last + 1] = False
        first = np.flatnonzero((kind != 0) & ~joined[:-1]).tolist()
        final = np.flatnonzero((kind != 0) & ~joined[1:]).tolist()
        return [(i, j, self.types[tags[i]]) for i, j in zip(first, final, strict=True)]


_SCHEME = frozenset({"B-", "I-", "E-", "S-"})
