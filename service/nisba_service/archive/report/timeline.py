"""How often something is named over time, as bars of SVG: a small picture a row, one axis for all.

Each row has its own scale: its figures stand beside it, and a rare name's course is seen as well as
a frequent one's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 480, 36

_AXIS_HEIGHT = 18
_LABELS = 8
_MOST_BARS = 240
"""Twenty years of months; a longer time is drawn by year."""

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True, slots=True)
class Axis:
    """The time that all rows share: `count` steps of `months` from `first` (12 × year + month)."""

    first: int
    count: int
    months: int

    @classmethod
    def of(cls, months: Iterable[int]) -> Axis | None:
        """Return the axis that holds some months; None if there are none."""
        all_months = sorted(months)
        if not all_months:
            return None
        first, last = all_months[0], all_months[-1]
        if last - first < _MOST_BARS:
            return cls(first, last - first + 1, 1)
        first -= first % 12
        return cls(first, (last - first) // 12 + 1, 12)

    def bars(self, counts: Sequence[tuple[int, int]]) -> Mapping[int, int]:
        """Return how often something was named in each step that has some."""
        bars: dict[int, int] = {}
        for month, count in counts:
            step = (month - self.first) // self.months
            bars[step] = bars.get(step, 0) + count
        return bars

    def name(self, step: int) -> str:
        """Return the month or year of a step."""
        year, month = divmod(self.first + step * self.months, 12)
        return f"{year:04d}" if self.months == 12 else f"{year:04d}-{month + 1:02d}"

    def x(self, step: float) -> float:
        """Return where a step begins."""
        return WIDTH * step / self.count


def timeline(axis: Axis, counts: Sequence[tuple[int, int]], said: str) -> str:
    """Return the picture of a row; `said` is what a screen reader says, escaped."""
    bars = axis.bars(counts)
    most = max(bars.values())
    width = max(axis.x(1) * 0.85, 0.6)
    path = "".join(
        f"M{axis.x(step):.1f} {HEIGHT}v-{HEIGHT * bars[step] / most:.1f}h{width:.1f}V{HEIGHT}z"
        for step in sorted(bars)
    )
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{said}">'
        f'<path class="bars" d="{path}"/><path class="base" d="M0 {HEIGHT}H{WIDTH}"/></svg>'
    )


def peak(axis: Axis, counts: Sequence[tuple[int, int]]) -> tuple[str, int]:
    """Return the step with most mentions, the earliest of equals, and how many it has."""
    bars = axis.bars(counts)
    step = min(bars, key=lambda step: (-bars[step], step))
    return axis.name(step), bars[step]


def ticks(axis: Axis) -> str:
    """Return the axis below the rows: years, or months where the time is short."""
    marks = "".join(
        f'<path class="base" d="M{axis.x(step):.1f} 0v4"/><text x="{axis.x(step):.1f}" y="16"'
        f' text-anchor="{_anchor(axis.x(step))}">{said}</text>'
        for step, said in _ticks(axis)
    )
    return f'<svg viewBox="0 0 {WIDTH} {_AXIS_HEIGHT}" aria-hidden="true">{marks}</svg>'


def _ticks(axis: Axis) -> list[tuple[int, str]]:
    if axis.months == 1 and axis.count <= 2 * 12:
        every = next(step for step in _STEPS if axis.count / step <= _LABELS)
        return [(step, axis.name(step)) for step in range(0, axis.count, every)]
    years = [
        (step, axis.name(step)[:4])
        for step in range(axis.count)
        if (axis.first + step * axis.months) % 12 == 0
    ]
    every = next(step for step in _STEPS if len(years) / step <= _LABELS)
    return [(step, year) for step, year in years if int(year) % every == 0]


def _anchor(x: float) -> str:
    if x < WIDTH * 0.04:
        return "start"
    return "end" if x > WIDTH * 0.96 else "middle"
