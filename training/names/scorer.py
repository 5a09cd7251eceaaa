"""A `judge.Model` that learns, and the two ways in which it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits

from nisba_service.names.judge import Model, ScriptPair
from nisba_service.names.measure import FEATURES
from training.names.tasks import Pair, Question

# Added to the spread of a feature, lest a rare one get a great weight from a few examples.
_SPREAD = 0.15


@dataclass(frozen=True, slots=True)
class Plan:
    """How a model is fitted: its size, steps, and what keeps its weights small."""

    units: int
    steps: int
    batch: int
    decay: float


RANKING = Plan(units=16, steps=2000, batch=64, decay=0.03)
ACCEPTING = Plan(units=40, steps=5000, batch=256, decay=0.2)


class Scorer(nn.Module):
    """A `judge.Model` that learns. Its inputs are standardised."""

    def __init__(self, features: npt.NDArray[np.float32], units: int) -> None:
        super().__init__()
        self.mean = torch.tensor(features.mean(0))
        self.spread = torch.tensor(features.std(0) + _SPREAD)
        self.shared = nn.Parameter(torch.zeros(len(FEATURES)))
        self.added = nn.Parameter(torch.zeros(len(ScriptPair), len(FEATURES)))
        self.constants = nn.Parameter(torch.zeros(len(ScriptPair)))
        self.units = nn.Linear(len(FEATURES), units, bias=False)
        self.unit_constants = nn.Parameter(torch.zeros(len(ScriptPair), units))
        self.unit_weights = nn.Parameter(torch.randn(units) * 0.1)

    def inputs(self, features: npt.NDArray[np.float32]) -> Tensor:
        """Return standardised features."""
        return (torch.tensor(features) - self.mean) / self.spread

    def forward(self, inputs: Tensor, scripts: Tensor) -> Tensor:
        """Return the scores of inputs [..., features] of script pairs [...]."""
        weights = self.shared + self.added[scripts]
        units = torch.tanh(self.units(inputs) + self.unit_constants[scripts])
        return (inputs * weights).sum(-1) + units @ self.unit_weights + self.constants[scripts]

    def model(self) -> Model:
        """Return the model for features that are not standardised, not yet calibrated."""
        with torch.no_grad():
            weights = (self.shared + self.added) / self.spread
            units = (self.units.weight / self.spread).T
            of_pairs = [torch.cat([own[:, None], units], 1) for own in weights]
            constants = torch.cat([self.constants[:, None], self.unit_constants], 1)
            return Model(
                weights=_plain(torch.stack(of_pairs)),
                constants=_plain(constants - self.mean @ torch.stack(of_pairs)),
                unit_weights=_plain(self.unit_weights),
                slopes=np.ones(len(ScriptPair)),
                shifts=np.zeros(len(ScriptPair)),
            )


def _plain(tensor: Tensor) -> npt.NDArray[np.float64]:
    return tensor.detach().numpy().astype(np.float64)


@dataclass(frozen=True, slots=True)
class _Lists:
    """Questions in one tensor: candidates beyond a question's own are masked."""

    inputs: Tensor
    scripts: Tensor
    is_there: Tensor
    is_right: Tensor


def fit_ranking(asked: Sequence[Question]) -> Model:
    """Fit a model under which the right candidate of a question scores best."""
    scorer = Scorer(np.concatenate([question.features for question in asked]), RANKING.units)
    lists = _lists(scorer, [question for question in asked if question.right.any()])

    def loss() -> Tensor:
        some = torch.randint(len(lists.inputs), (RANKING.batch,))
        scores = scorer(lists.inputs[some], lists.scripts[some])
        everyone = scores.masked_fill(~lists.is_there[some], -torch.inf).logsumexp(1)
        right = scores.masked_fill(~lists.is_right[some], -torch.inf).logsumexp(1)
        mean: Tensor = (everyone - right).mean()
        return mean

    return _fit(scorer, loss, RANKING)


def fit_accepting(labelled: Sequence[Pair]) -> Model:
    """Fit a model under which a pair scores above zero if it is likelier one name than not."""
    features = np.stack([pair.features for pair in labelled])
    scorer = Scorer(features, ACCEPTING.units)
    inputs = scorer.inputs(features)
    scripts = torch.tensor([int(pair.scripts) for pair in labelled])
    labels = torch.tensor([float(pair.is_match) for pair in labelled])

    def loss() -> Tensor:
        some = torch.randint(len(labels), (ACCEPTING.batch,))
        return binary_cross_entropy_with_logits(scorer(inputs[some], scripts[some]), labels[some])

    return _fit(scorer, loss, ACCEPTING)


def _fit(scorer: Scorer, loss: Callable[[], Tensor], plan: Plan) -> Model:
    optimizer = torch.optim.AdamW(scorer.parameters(), lr=5e-3, weight_decay=plan.decay)
    slower = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.02, plan.steps)
    for _ in range(plan.steps):
        optimizer.zero_grad()
        loss().backward()  # type: ignore[no-untyped-call]  # torch has no type for it
        optimizer.step()
        slower.step()
    return scorer.model()


def _lists(scorer: Scorer, asked: Sequence[Question]) -> _Lists:
    shape = len(asked), max(len(question.features) for question in asked)
    inputs = torch.zeros(*shape, len(FEATURES))
    is_there, is_right = torch.zeros(shape, dtype=torch.bool), torch.zeros(shape, dtype=torch.bool)
    scripts = torch.zeros(shape, dtype=torch.long)
    for i, question in enumerate(asked):
        count = len(question.features)
        inputs[i, :count] = scorer.inputs(question.features)
        is_there[i, :count] = True
        is_right[i, :count] = torch.tensor(question.right)
        scripts[i, :count] = torch.tensor(question.scripts)
    return _Lists(inputs, scripts, is_there, is_right)
