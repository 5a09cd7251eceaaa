"""A conditional logit with an outside option: each alternative against "none of them"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

STEPS = 50
CLOSE_ENOUGH = 1e-8


@dataclass(frozen=True, slots=True)
class Choice:
    """The features of each alternative, and which was chosen; None: the outside option."""

    alternatives: tuple[tuple[float, ...], ...]
    chosen: int | None


def fit(choices: Sequence[Choice], ridge: float, width: int) -> list[float]:
    """Return the weights that make the choices most probable.

    Args:
        choices: their alternatives have `width` features each.
        ridge: strength of the penalty on the square of the weights.
        width: number of weights.
    """
    weights = np.zeros(width)
    for _ in range(STEPS):
        gradient = -ridge * weights
        curvature = ridge * np.eye(width)
        for choice in choices:
            features = _matrix(choice, width)
            belief = _belief(features, weights)
            mean = belief @ features
            gradient -= mean
            if choice.chosen is not None:
                gradient += features[choice.chosen]
            curvature += (features.T * belief) @ features - np.outer(mean, mean)
        step = np.linalg.solve(curvature, gradient)
        while _penalised(choices, weights + step, ridge) < _penalised(choices, weights, ridge):
            step /= 2.0
            if float(np.abs(step).max()) < CLOSE_ENOUGH:
                return [float(weight) for weight in weights]
        weights = weights + step
        if float(np.abs(step).max()) < CLOSE_ENOUGH:
            break
    return [float(weight) for weight in weights]


def log_likelihood(choices: Sequence[Choice], weights: Sequence[float]) -> float:
    """Return the log-probability of all choices under these weights."""
    vector = np.array(weights, np.float64)
    total = 0.0
    for choice in choices:
        belief = _belief(_matrix(choice, len(weights)), vector)
        chosen = 1.0 - belief.sum() if choice.chosen is None else belief[choice.chosen]
        total += float(np.log(max(chosen, 1e-12)))
    return total


def _penalised(choices: Sequence[Choice], weights: Vector, ridge: float) -> float:
    return log_likelihood(choices, weights.tolist()) - ridge * float(weights @ weights) / 2.0


def _matrix(choice: Choice, width: int) -> Vector:
    return np.array(choice.alternatives, np.float64).reshape(-1, width)


def _belief(features: Vector, weights: Vector) -> Vector:
    """Return the probability of each alternative; the outside option has the rest."""
    scores = features @ weights
    highest = max(0.0, float(scores.max(initial=0.0)))
    odds = np.exp(scores - highest)
    share: Vector = odds / (np.exp(-highest) + odds.sum())
    return share
