"""The reliability plots as a bitmap."""

from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest

from nisba_service.errors import FieldInvalid
from nisba_service.evaluation import reliability_png
from nisba_service.evaluation.evaluate import Evaluation
from nisba_service.evaluation.reliability_png import DOTS_PER_INCH, SIDE

PNG = b"\x89PNG\r\n\x1a\n"


def width(image: bytes) -> int:
    return int(struct.unpack(">I", image[16:20])[0])


def test_a_png_with_one_plot_for_each_section(evaluation: Evaluation, tmp_path: Path) -> None:
    path = tmp_path / "plot.png"
    reliability_png.write(path, evaluation)
    image = path.read_bytes()
    assert image.startswith(PNG)
    assert width(image) == round(SIDE * DOTS_PER_INCH * len(evaluation.sections))


def test_without_matplotlib_the_error_says_how_to_get_it(
    evaluation: Evaluation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(FieldInvalid, match=r"pip install 'nisba-service\[plot\]'"):
        reliability_png.write(tmp_path / "plot.png", evaluation)


def test_a_file_that_cannot_be_written_is_named(evaluation: Evaluation, tmp_path: Path) -> None:
    with pytest.raises(FieldInvalid, match=r"nowhere/plot\.png: cannot be written"):
        reliability_png.write(tmp_path / "nowhere" / "plot.png", evaluation)
