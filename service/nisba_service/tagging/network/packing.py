"""Sequences side by side: at each step the next item of every sequence that has one.

The longest stand first, so that those that still have a step are always the first few.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Packed:
    """Where the items of sequences, one sequence behind the other, stand when read in steps.

    Attributes:
        lengths: of the sequences, as given; none is 0.
        widths: how many sequences have a step, for each step.
        starts: the place of each step's first item.
        forward: each item's place when the sequences are read from their beginning.
        backward: each item's place when they are read from their end.
    """

    lengths: Places
    widths: tuple[int, ...]
    starts: tuple[int, ...]
    forward: Places
    backward: Places

    @classmethod
    def of(cls, lengths: Sequence[int]) -> Packed:
        """Pack sequences of these lengths, at least one."""
        sizes = np.asarray(lengths, np.intp)
        order = np.argsort(-sizes, kind="stable")
        ranks = np.empty_like(order)
        ranks[order] = np.arange(len(order))
        steps = np.arange(sizes.max())
        widths = np.searchsorted(-sizes[order], -steps, side="left")
        starts = np.cumsum(widths) - widths
        steps_before = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        steps_behind = np.repeat(sizes, sizes) - 1 - steps_before
        rank = np.repeat(ranks, sizes)
        return cls(
            sizes,
            tuple(widths.tolist()),
            tuple(starts.tolist()),
            starts[steps_before] + rank,
            starts[steps_behind] + rank,
        )

    @property
    def last(self) -> Places:
        """The last item of each sequence, as they are given."""
        return np.cumsum(self.lengths) - 1

    @property
    def first(self) -> Places:
        """The first item of each sequence, as they are given."""
        return np.cumsum(self.lengths) - self.lengths
