"""A token bucket: so much a second, and what was not used is saved up for some seconds."""

from __future__ import annotations


class Bucket:
    """What one client may still use. Times are seconds of one clock that never goes back.

    What costs more than a full bucket holds passes when the bucket is full, and leaves a debt: so
    everything passes at some time, and the rate holds all the same.

    Args:
        rate: what flows in, a second.
        seconds: of unused rate that are saved up.
        now: the bucket is full then.
    """

    def __init__(self, rate: float, seconds: float, now: float) -> None:
        self._rate = rate
        self._size = rate * seconds
        self._level = self._size
        self._at = now

    def take(self, cost: float, now: float) -> float:
        """Take the cost and return 0, or take nothing and return the seconds until it fits."""
        self._flow(now)
        missing = min(cost, self._size) - self._level
        if missing > 0:
            return missing / self._rate
        self._level -= cost
        return 0.0

    def owe(self, cost: float, now: float) -> float:
        """Take the cost whatever there is; return the seconds until it is paid."""
        self._flow(now)
        self._level -= cost
        return max(0.0, -self._level / self._rate)

    def give_back(self, cost: float) -> None:
        """Undo `owe`."""
        self._level = min(self._size, self._level + cost)

    def is_full(self, now: float) -> bool:
        """Tell whether nothing would be lost if a new one took its place."""
        self._flow(now)
        return self._level >= self._size

    def _flow(self, now: float) -> None:
        self._level = min(self._size, self._level + (now - self._at) * self._rate)
        self._at = now
