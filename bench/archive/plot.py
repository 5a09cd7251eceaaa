"""The cost of following an edit over the size of the archive, drawn. Needs the extra `plot`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from matplotlib.figure import Figure

from bench.archive.figures import Scale
from bench.archive.results import Run, kinds

_SIZE = (7.0, 4.6)  # inches
_DOTS_PER_INCH = 150


def draw(run: Run, path: Path) -> None:
    """Write the plot, both axes logarithmic, as a PNG."""
    figure = Figure(_SIZE, dpi=_DOTS_PER_INCH, layout="constrained")
    axes = figure.subplots()
    sizes = [scale.documents for scale in run.scales]
    tagging = [run.tagged.seconds * size for size in sizes]
    linking = [scale.linked.processor for scale in run.scales]
    both = [sum(pair) for pair in zip(tagging, linking, strict=True)]
    axes.plot(sizes, both, color="black", linestyle="--", label="tag and link everything")
    axes.plot(sizes, linking, color="black", label="link everything")
    for what in kinds(run):
        points = list(_points(run, what))
        if len(points) > 1 or len(sizes) == 1:
            axes.plot(*zip(*points, strict=True), marker="o", markersize=4, label=what)
    starts = [scale.idle.processor for scale in run.scales]
    axes.plot(sizes, starts, color="grey", linestyle=":", label="start of the command")
    axes.set(xscale="log", yscale="log", xlabel="articles", ylabel="seconds of the processor")
    axes.grid(alpha=0.3)
    axes.legend(fontsize="small", loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
    # Without the software's version, so that equal figures give an equal file.
    figure.savefig(path, format="png", metadata={"Software": None})


def _points(run: Run, what: str) -> Iterator[tuple[int, float]]:
    for scale in run.scales:
        if _has(scale, what):
            yield scale.documents, scale.median(what)


def _has(scale: Scale, what: str) -> bool:
    return any(edit.what == what for edit in scale.relinked)
