"""Is a confidence of 0.9 right nine times in ten?

The expected calibration error is the mean, over bins of equal mass, of the distance between a bin's
mean confidence and its share of right answers, each bin weighted by its number of answers. Bins of
equal mass, because links crowd near 1: bins of equal width would leave most of them empty and put
nearly all links into one. Answers of equal confidence are never parted, so that the figure does not
depend on the order of the documents.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

BINS = 10
# What a caller may act on without a person's look.
CONFIDENT = 0.9


@dataclass(frozen=True, slots=True)
class Share:
    """Part of a whole; `value` is None where the whole is nothing."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """Return the part of one, or None."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of like confidence."""

    lowest: float
    highest: float
    mean_confidence: float
    right: Share


@dataclass(frozen=True, slots=True)
class Calibration:
    """Bins in order of confidence; `error` is None without answers.

    `confident` is the share right of the answers with a confidence of at least CONFIDENT.
    """

    bins: tuple[Bin, ...]
    error: float | None
    confident: Share


def calibration(decided: Iterable[tuple[float, bool]], bins: int = BINS) -> Calibration:
    """Measure the calibration of answers.

    Args:
        decided: confidence in [0, 1] and whether the answer is right.
        bins: at most so many bins.
    """
    ordered = sorted(decided)
    filled = tuple(_bin(members) for members in _equal_mass(ordered, bins))
    confident = [right for confidence, right in ordered if confidence >= CONFIDENT]
    return Calibration(filled, _error(filled), Share(sum(confident), len(confident)))


def _equal_mass(ordered: list[tuple[float, bool]], bins: int) -> list[list[tuple[float, bool]]]:
    """Put answers of equal confidence into the bin that the first of them falls into."""
    filled: dict[int, list[tuple[float, bool]]] = {}
    placed = 0
    for _, equal in groupby(ordered, key=lambda item: item[0]):
        members = list(equal)
        filled.setdefault(placed * bins // len(ordered), []).extend(members)
        placed += len(members)
    return list(filled.values())


def _bin(members: list[tuple[float, bool]]) -> Bin:
    confidences = [confidence for confidence, _ in members]
    return Bin(
        lowest=confidences[0],
        highest=confidences[-1],
        mean_confidence=sum(confidences) / len(members),
        right=Share(sum(right for _, right in members), len(members)),
    )


def _error(bins: tuple[Bin, ...]) -> float | None:
    total = sum(b.right.whole for b in bins)
    if not total:
        return None
    return sum(abs(b.mean_confidence * b.right.whole - b.right.part) for b in bins) / total
