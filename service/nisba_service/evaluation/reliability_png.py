"""The reliability plots of an evaluation as one PNG, beside each other, for slides and wikis.

matplotlib draws it: text in a bitmap needs fonts, and nothing else here has any. It is an extra.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nisba_service.errors import FieldInvalid
from nisba_service.evaluation.calibration import Calibration
from nisba_service.evaluation.evaluate import Evaluation

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIDE = 3.6  # inches of one plot
DOTS_PER_INCH = 150
# The area of a dot that holds all links, in square points.
_LARGEST = 1600.0


def write(path: Path, evaluation: Evaluation) -> None:
    """Write a plot for each section.

    Raises:
        FieldInvalid: matplotlib is not installed, or the file cannot be written.
    """
    try:
        # Half a second, for those who want a PNG only.
        from matplotlib.figure import Figure  # noqa: PLC0415
    except ImportError:
        rule = "a PNG needs matplotlib: pip install 'nisba-service[plot]'; .html needs nothing"
        raise FieldInvalid(str(path), rule) from None
    sections = evaluation.sections
    figure = Figure((SIDE * len(sections), SIDE + 0.4), dpi=DOTS_PER_INCH, layout="constrained")
    axes = figure.subplots(1, len(sections), squeeze=False)[0]
    for place, section in zip(axes, sections, strict=True):
        _draw(place, section.name, section.end_to_end.calibration)
    try:
        figure.savefig(path, format="png")
    except OSError as error:
        raise FieldInvalid(str(path), f"cannot be written: {error.strerror}") from None


def _draw(axes: Axes, title: str, calibration: Calibration) -> None:
    """Draw confidence to the right, share right upwards, and a dot for each bin."""
    axes.set(title=title, xlabel="confidence", ylabel="share right", xlim=(0, 1), ylim=(0, 1.02))
    axes.set_aspect("equal")
    axes.plot([0, 1], [0, 1], color="grey", linestyle="--", linewidth=1)
    means = [b.mean_confidence for b in calibration.bins]
    right = [b.right.part / b.right.whole for b in calibration.bins]
    total = sum(b.right.whole for b in calibration.bins)
    sizes = [_LARGEST * b.right.whole / total for b in calibration.bins]
    axes.plot(means, right, color="C0", linewidth=1)
    axes.scatter(means, right, sizes, color="C0", alpha=0.5, clip_on=False)
