import numpy as np
import pytest

from nisba_service.names.judge import ScriptPair
from nisba_service.names.measure import FEATURES
from training.names import scorer
from training.names.scorer import Plan, fit_accepting, fit_ranking
from training.names.tasks import Pair, Question

FEW_STEPS = Plan(units=4, steps=100, batch=8, decay=0.01)
EXACT = FEATURES.index("exact")


@pytest.fixture(autouse=True)
def few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scorer, "RANKING", FEW_STEPS)
    monkeypatch.setattr(scorer, "ACCEPTING", FEW_STEPS)


def features(*exact: float) -> np.ndarray:
    rows = np.zeros((len(exact), len(FEATURES)), np.float32)
    rows[:, EXACT] = exact
    return rows


def test_what_ranks_the_right_one_first_is_learned() -> None:
    asked = [
        Question(
            task="test",
            size=2,
            key="العاروري",
            scripts=np.zeros(2, np.int64),
            features=features(first, 1 - first),
            right=np.array([first == 1, first == 0]),
            candidates=("Arouri", "Barghouti"),
        )
        for first in (0, 1)
    ]
    right, wrong = fit_ranking(asked).scores(features(1, 0), ScriptPair.CROSS)
    assert right > wrong


def test_what_tells_right_from_wrong_is_learned() -> None:
    labelled = [
        Pair("العاروري", "Arouri", pair, features(exact)[0], exact == 1, "test")
        for pair in ScriptPair
        for exact in (0, 1)
    ]
    model = fit_accepting(labelled)
    for pair in ScriptPair:
        right, wrong = model.scores(features(1, 0), pair)
        assert right > 0 > wrong
