"""Figures in sentences."""

from __future__ import annotations

from collections.abc import Mapping

_SHOWN = 12


def counted(count: int, one: str, several: str | None = None) -> str:
    """Return "1 error", "2 errors", "3 entities"."""
    word = one if count == 1 else several or f"{one}s"
    return f"{count:,} {word}"


def listed(counts: Mapping[str, int]) -> str:
    """Return "12 Vessel, 3 Address", the most frequent first, and how many more kinds there are."""
    found = sorted(((n, what) for what, n in counts.items() if n), key=lambda pair: -pair[0])
    shown = ", ".join(f"{n:,} {what}" for n, what in found[:_SHOWN])
    more = len(found) - _SHOWN
    return f"{shown}, and {counted(more, 'more kind')}" if more > 0 else shown
