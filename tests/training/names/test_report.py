import numpy as np
import pytest

from training.names.report import average_precision, calibration_error, is_first


@pytest.mark.parametrize(
    ("scores", "right", "expected"),
    [
        ([2.0, 1.0], [True, False], 1.0),
        ([1.0, 2.0], [True, False], 0.0),
        ([1.0, 1.0], [True, False], 0.5),
        ([1.0, 2.0], [False, False], 0.0),
        ([1.0, 2.0], [True, True], 1.0),
    ],
)
def test_is_the_right_one_first(scores: list[float], right: list[bool], expected: float) -> None:
    assert is_first(np.array(scores), np.array(right)) == expected


def test_average_precision_is_the_mean_precision_at_each_right_pair() -> None:
    labels = np.array([True, False, True])
    assert average_precision(labels, np.array([3.0, 2.0, 1.0])) == pytest.approx((1 + 2 / 3) / 2)


def test_calibration_error_is_how_far_what_is_said_is_from_what_is_true() -> None:
    labels = np.array([True, True, True, False])
    assert calibration_error(labels, np.full(4, 0.75)) == pytest.approx(0)
    assert calibration_error(labels, np.full(4, 0.95)) == pytest.approx(0.2)
