import numpy as np
import pytest

from nisba_service.names.judge import ScriptPair
from nisba_service.names.measure import FEATURES
from training.names.calibration import calibrate, line, probabilities
from training.names.tasks import Pair


def pair(scripts: ScriptPair, is_match: bool) -> Pair:
    return Pair("غزة", "Gaza", scripts, np.zeros(len(FEATURES), np.float32), is_match, "test")


def test_scores_that_say_too_much_are_flattened() -> None:
    scores = np.array([4.0] * 4 + [-4.0] * 4)  # said: 98 %; true: three in four
    slope, shift = line(scores, np.array([1, 1, 1, 0, 0, 0, 0, 1.0]))
    assert slope == pytest.approx(np.log(3) / 4, rel=1e-3)
    assert shift == pytest.approx(0, abs=1e-3)


def test_each_script_pair_has_its_own_curve() -> None:
    everyone = [pair(ScriptPair.CROSS, i > 0) for i in range(4)]
    everyone += [pair(ScriptPair.LATIN, i < 1) for i in range(4)]
    everyone += [pair(ScriptPair.ARABIC, i % 2 == 0) for i in range(4)]
    scores = np.tile([-0.1, 0.1, 0.1, -0.1], 3)
    said = probabilities(scores, everyone, *calibrate(scores, everyone))
    means = said.reshape(3, 4).mean(1)
    assert means == pytest.approx([0.75, 0.25, 0.5], abs=0.01)
