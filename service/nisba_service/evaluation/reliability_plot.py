"""The reliability plot as SVG: confidence to the right, share right upwards, a dot for each bin.

Dots on the diagonal are calibrated, dots below it are too sure. The area of a dot is its number of
links. SVG is text: no plotting library is needed for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from math import sqrt

from nisba_service.evaluation.calibration import Bin, Calibration

SIDE = 260
MARGIN = 44
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
# The radius of a dot that holds all links.
_LARGEST = 22.0


def plot(title: str, calibration: Calibration) -> str:
    """Return an SVG element; without links, axes and diagonal only."""
    size = SIDE + 2 * MARGIN
    label = f"Reliability of links: {title}"
    return "\n".join(
        (
            f'<svg viewBox="0 0 {size} {size}" role="img" aria-label="{escape(label)}">',
            f'<text class="title" x="{MARGIN}" y="{MARGIN / 2:g}">{escape(title)}</text>',
            *_axes(),
            *_dots(calibration),
            "</svg>",
        )
    )


def _x(value: float) -> str:
    return f"{MARGIN + SIDE * value:.1f}"


def _y(value: float) -> str:
    return f"{MARGIN + SIDE * (1 - value):.1f}"


def _axes() -> Iterator[str]:
    yield f'<rect class="frame" x="{MARGIN}" y="{MARGIN}" width="{SIDE}" height="{SIDE}"/>'
    yield f'<line class="diagonal" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>'
    for tick in _TICKS:
        yield (
            f'<text class="tick" x="{_x(tick)}" y="{MARGIN + SIDE + 16}" '
            f'text-anchor="middle">{tick:g}</text>'
        )
        yield (
            f'<text class="tick" x="{MARGIN - 6}" y="{_y(tick)}" text-anchor="end">{tick:g}</text>'
        )
    yield (
        f'<text class="tick" x="{_x(0.5)}" y="{MARGIN + SIDE + 34}" '
        'text-anchor="middle">confidence</text>'
    )
    yield (
        f'<text class="tick" transform="translate(12 {_y(0.5)}) rotate(-90)" '
        'text-anchor="middle">share right</text>'
    )


def _dots(calibration: Calibration) -> Iterator[str]:
    if not calibration.bins:
        return
    points = " ".join(f"{_x(b.mean_confidence)},{_y(_share(b))}" for b in calibration.bins)
    yield f'<polyline class="line" points="{points}"/>'
    total = sum(b.right.whole for b in calibration.bins)
    for b in calibration.bins:
        said = f"{b.right.whole} links, confidence {b.mean_confidence:.3f}, right {_share(b):.3f}"
        yield (
            f'<circle class="dot" cx="{_x(b.mean_confidence)}" cy="{_y(_share(b))}" '
            f'r="{_LARGEST * sqrt(b.right.whole / total):.1f}"><title>{said}</title></circle>'
        )


def _share(b: Bin) -> float:
    return b.right.part / b.right.whole
