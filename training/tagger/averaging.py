"""Stanza's NER trainer, its weights averaged over the steps of a run.

The figures on the development file, and so the choice of the best step, are those of the average:
it is steadier than any step, and nothing of Stanza's loop has to change for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from stanza.models.ner.trainer import Trainer

# The first steps are far from the rest, and are forgotten sooner.
_WARM_UP = 10


@dataclass(frozen=True, slots=True)
class Annealing:
    """A learning rate that falls evenly to nothing.

    Attributes:
        first: the rate of the first step.
        steps: until it would be nothing.
        tunes_words: the vectors of the training words move too.
    """

    first: float
    steps: int
    tunes_words: bool = False

    def rate(self, step: int) -> float:
        """Return the learning rate of a step, counted from 0."""
        return self.first * (1 - step / self.steps)


class AveragingTrainer(Trainer):  # type: ignore[misc]  # Stanza has no types
    """A Trainer that predicts with, and saves, the moving average of its weights.

    Args:
        decay: how much of the average a step leaves as it was.
        annealing: how the learning rate falls; None to leave it to Stanza.
    """

    def __init__(
        self, *args: Any, decay: float, annealing: Annealing | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._decay = decay
        self._annealing = annealing
        self._steps = 0
        if annealing is not None and annealing.tunes_words:
            self._free_words()
        self._averages = {name: p.detach().clone() for name, p in self._learnt()}

    def update(self, batch: Any, eval: bool = False) -> float:
        """Do a step, and take its weights into the average."""
        self._cool()
        loss: float = super().update(batch, eval=eval)
        if not eval:
            self._take()
        return loss

    def predict(self, batch: Any, unsort: bool = True) -> list[list[str]]:
        """Return the tags of a batch's sentences by the averaged weights."""
        with self._averaged(), torch.no_grad():
            tags: list[list[str]] = super().predict(batch, unsort)
        return tags

    def save(self, filename: str, skip_modules: bool = True) -> None:
        """Write the averaged model."""
        with self._averaged():
            super().save(filename, skip_modules)

    def _cool(self) -> None:
        if self._annealing is None:
            return
        for group in self.optimizer.param_groups:
            group["lr"] = self._annealing.rate(self._steps)

    def _free_words(self) -> None:
        """Let the table learn that is added to the vectors of the training words."""
        table = self.model.delta_emb.weight.requires_grad_(True)
        self.optimizer.add_param_group({"params": [table]})

    def _learnt(self) -> Iterator[tuple[str, torch.nn.Parameter]]:
        return ((n, p) for n, p in self.model.named_parameters() if p.requires_grad)

    @torch.no_grad()
    def _take(self) -> None:
        self._steps += 1
        decay = min(self._decay, self._steps / (self._steps + _WARM_UP))
        for name, parameter in self._learnt():
            self._averages[name].lerp_(parameter, 1 - decay)

    @contextmanager
    def _averaged(self) -> Iterator[None]:
        """Let the model have the averaged weights for a while."""
        last = {name: p.detach().clone() for name, p in self._learnt()}
        self._set(self._averages)
        try:
            yield
        finally:
            self._set(last)

    @torch.no_grad()
    def _set(self, weights: dict[str, torch.Tensor]) -> None:
        for name, parameter in self._learnt():
            parameter.copy_(weights[name])
