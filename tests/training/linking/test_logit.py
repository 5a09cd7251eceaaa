"""A conditional logit with an outside option: what it learns from choices."""

from __future__ import annotations

import pytest

from training.linking.logit import Choice, fit, log_likelihood

# One feature, which is 1 for a name that agrees: three of four such candidates are chosen.
AGREES = ((1.0,),)
CHOICES = [Choice(AGREES, 0)] * 30 + [Choice(AGREES, None)] * 10


def test_the_weight_is_the_log_odds_of_being_chosen() -> None:
    (weight,) = fit(CHOICES, ridge=1e-9, width=1)
    assert weight == pytest.approx(1.0986, abs=1e-3)  # log 3


def test_a_ridge_pulls_towards_nothing() -> None:
    (free,) = fit(CHOICES, ridge=1e-9, width=1)
    (pulled,) = fit(CHOICES, ridge=10.0, width=1)
    assert 0.0 < pulled < free


def test_what_tells_two_candidates_apart_gets_the_weight() -> None:
    """Both agree; the one of the country that is spoken of is chosen."""
    choices = [Choice(((1.0, 1.0), (1.0, 0.0)), 0)] * 20
    agrees, country = fit(choices, ridge=0.5, width=2)
    assert country > 1.0
    assert country > agrees


def test_no_other_weights_are_more_likely() -> None:
    best = fit(CHOICES, ridge=1e-9, width=1)
    for other in (best[0] - 0.2, best[0] + 0.2):
        assert log_likelihood(CHOICES, best) > log_likelihood(CHOICES, [other])


def test_without_candidates_nobody_is_chosen() -> None:
    assert log_likelihood([Choice((), None)], [1.0]) == 0.0
