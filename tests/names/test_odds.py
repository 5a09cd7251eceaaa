"""Probabilities and log-odds."""

from __future__ import annotations

import pytest

from nisba_service.names.odds import log_odds, probability


@pytest.mark.parametrize("p", [0.01, 0.5, 0.97])
def test_one_undoes_the_other(p: float) -> None:
    assert probability(log_odds(p)) == pytest.approx(p)


def test_even_odds() -> None:
    assert (log_odds(0.5), probability(0.0)) == (0.0, 0.5)


@pytest.mark.parametrize("certain", [0.0, 1.0])
def test_certainty_stays_finite(certain: float) -> None:
    assert 0.0 < probability(log_odds(certain)) < 1.0
    assert abs(log_odds(certain, 1e-4)) < abs(log_odds(certain))
    assert 0.0 < probability(1e9) <= 1.0
