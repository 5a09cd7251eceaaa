"""How fast work is done, learnt from the work that was done."""

from __future__ import annotations

from typing import Final

_WEIGHT: Final = 0.2
"""Of the newest batch: five batches outweigh what was before, one odd batch does not."""


class Pace:
    """An exponentially weighted mean of seconds per unit of cost.

    It is zero until the first observation, so that nothing is refused for want of knowledge.
    """

    def __init__(self) -> None:
        self._seconds_per_unit: float | None = None

    def seconds(self, cost: float) -> float:
        """Return how long work of this cost takes."""
        return cost * (self._seconds_per_unit or 0.0)

    def observe(self, cost: int, seconds: float) -> None:
        """Learn that work of this cost (at least 1) took this long."""
        newest = seconds / cost
        if self._seconds_per_unit is None:
            self._seconds_per_unit = newest
        else:
            self._seconds_per_unit += _WEIGHT * (newest - self._seconds_per_unit)
