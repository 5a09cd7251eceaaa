"""From scores to probabilities: one logistic curve for each script pair."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from nisba_service.names.judge import ScriptPair
from training.names.tasks import Pair

Floats = npt.NDArray[np.float64]


def calibrate(scores: Floats, everyone: Sequence[Pair]) -> tuple[Floats, Floats]:
    """Return for each script pair the slope and shift that make a score the logarithm of odds."""
    labels = np.array([float(pair.is_match) for pair in everyone])
    of_pair = np.array([int(pair.scripts) for pair in everyone])
    slopes, shifts = np.ones(len(ScriptPair)), np.zeros(len(ScriptPair))
    for scripts in ScriptPair:
        chosen = of_pair == scripts
        slopes[scripts], shifts[scripts] = line(scores[chosen], labels[chosen])
    return slopes, shifts


def probabilities(
    scores: Floats, everyone: Sequence[Pair], slopes: Floats, shifts: Floats
) -> Floats:
    """Return what the scores of pairs say after calibration."""
    of_pair = np.array([int(pair.scripts) for pair in everyone])
    said: Floats = 0.5 + 0.5 * np.tanh((slopes[of_pair] * scores + shifts[of_pair]) / 2)
    return said


def line(scores: Floats, labels: Floats) -> Floats:
    """Return slope and shift of the likeliest logistic curve: labels of 0 and 1, any scores."""
    fitted = torch.tensor([1.0, 0.0], requires_grad=True, dtype=torch.float64)
    x, y = torch.tensor(scores), torch.tensor(labels)
    optimizer = torch.optim.LBFGS([fitted], max_iter=100)

    def loss() -> Tensor:
        optimizer.zero_grad()
        value = binary_cross_entropy_with_logits(fitted[0] * x + fitted[1], y)
        value.backward()  # type: ignore[no-untyped-call]  # torch has no type for it
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call]  # torch has no type for it
    result: Floats = fitted.detach().numpy()
    return result
