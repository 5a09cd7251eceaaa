from __future__ import annotations

import random

import pytest

from nisba_service.evaluation.calibration import Share, calibration


def test_the_error_is_the_mean_distance_weighted_by_mass() -> None:
    # Two bins of two: mean 0.5 and half right; mean 0.9 and half right.
    found = calibration([(0.4, True), (0.6, False), (0.85, True), (0.95, False)], bins=2)
    assert [(b.lowest, b.highest, b.right) for b in found.bins] == [
        (0.4, 0.6, Share(1, 2)),
        (0.85, 0.95, Share(1, 2)),
    ]
    assert found.error == pytest.approx((0.0 * 2 + 0.4 * 2) / 4)


def test_perfectly_calibrated() -> None:
    found = calibration([(0.8, True)] * 8 + [(0.8, False)] * 2)
    assert found.error == pytest.approx(0.0)


def test_equal_confidences_share_a_bin_whatever_the_order() -> None:
    decided = [(1.0, True)] * 45 + [(1.0, False)] * 5 + [(0.5 + i / 200, True) for i in range(50)]
    shuffled = random.Random(3).sample(decided, len(decided))
    found = calibration(shuffled)
    assert found == calibration(decided)
    assert found.bins[-1].right == Share(45, 50)
    assert [b.right.whole for b in found.bins] == [10, 10, 10, 10, 10, 50]


def test_a_large_tie_does_not_splinter_what_follows_it() -> None:
    found = calibration([(0.5, True)] * 50 + [(0.6 + i / 1000, True) for i in range(50)])
    assert [b.right.whole for b in found.bins] == [50, 10, 10, 10, 10, 10]


def test_confident_answers_are_those_of_at_least_nine_tenths() -> None:
    found = calibration([(0.9, True), (0.95, False), (0.899, False)])
    assert found.confident == Share(1, 2)


def test_nothing_has_no_error() -> None:
    found = calibration([])
    assert (found.bins, found.error, found.confident) == ((), None, Share(0, 0))
    assert found.confident.value is None
