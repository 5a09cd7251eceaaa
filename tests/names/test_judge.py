import numpy as np
import pytest

from nisba_service.names.judge import (
    Model,
    ScriptPair,
    accepting,
    ranking,
    read,
    script_pair,
    write,
)
from nisba_service.names.measure import FEATURES
from nisba_service.names.types import Script


@pytest.fixture
def model() -> Model:
    """Return a model that weighs exactness, more in Arabic, and has one unit that sees swaps."""
    weights = np.zeros((len(ScriptPair), len(FEATURES), 2))
    weights[:, FEATURES.index("exact"), 0] = [1, 2, 3]
    weights[:, FEATURES.index("swapped"), 1] = 100
    return Model(
        weights=weights,
        constants=np.array([[-1.0, 0], [-2, 0], [-3, 0]]),
        unit_weights=np.array([-0.5]),
        slopes=np.array([1.0, 2, 1]),
        shifts=np.array([0.0, 0, 1]),
    )


def row(**values: float) -> list[float]:
    return [values.get(name, 0.0) for name in FEATURES]


@pytest.mark.parametrize(
    ("left", "right", "pair"),
    [
        (Script.ARABIC, Script.LATIN, ScriptPair.CROSS),
        (Script.LATIN, Script.ARABIC, ScriptPair.CROSS),
        (Script.LATIN, Script.LATIN, ScriptPair.LATIN),
        (Script.ARABIC, Script.ARABIC, ScriptPair.ARABIC),
    ],
)
def test_two_scripts_are_a_script_pair(left: Script, right: Script, pair: ScriptPair) -> None:
    assert script_pair(left, right) is pair


def test_a_score_is_the_sum_of_what_features_and_units_add(model: Model) -> None:
    rows = [row(), row(exact=1), row(exact=1, swapped=1)]
    assert model.scores(rows, ScriptPair.CROSS) == pytest.approx([-1, 0, -0.5])
    assert model.scores(rows, ScriptPair.ARABIC) == pytest.approx([-3, 0, -0.5])


def test_a_probability_is_calibrated_for_its_script_pair(model: Model) -> None:
    odds = [-1, -2 * 2, -3 + 1]
    said = [model.probabilities([row()], pair)[0] for pair in ScriptPair]
    assert said == pytest.approx([1 / (1 + np.exp(-value)) for value in odds])


def test_what_is_written_is_read_again(model: Model) -> None:
    again = read(write(model, "# A table.\n"))
    rows = [row(exact=1, swapped=0.001), row()]
    for pair in ScriptPair:
        assert again.probabilities(rows, pair) == pytest.approx(model.probabilities(rows, pair))


@pytest.mark.parametrize("scripts", ScriptPair)
def test_a_row_has_one_verdict_whatever_other_rows_there_are(scripts: ScriptPair) -> None:
    """To the last digit: an archive compares digests of answers."""
    rows = np.random.default_rng(7).random((60, len(FEATURES)))
    for learned in (ranking(), accepting()):
        scores = learned.scores(rows, scripts)
        probabilities = learned.probabilities(rows, scripts)
        for first, last in ((0, 1), (3, 15), (17, 60)):
            assert (learned.scores(rows[first:last], scripts) == scores[first:last]).all()
            some = learned.probabilities(rows[first:last], scripts)
            assert (some == probabilities[first:last]).all()
