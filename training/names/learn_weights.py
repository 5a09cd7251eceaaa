"""Learns the weights of features: `python -m training.names.learn_weights FOLDER`.

FOLDER holds the development tasks (see `tasks`). Two models are learned: one under which the right
candidate of a query scores above the others, and one under which a pair of names scores above zero
if it is likelier one name than not. What is reported is measured on queries and names that the
model was not fitted to; the tables written are fitted to all.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits

from nisba_service.names import judge
from nisba_service.names.align import part_agreement
from nisba_service.names.judge import Model, ScriptPair, script_pair
from nisba_service.names.measure import FEATURES
from nisba_service.names.parse import Role, parse
from training.names.tasks import (
    Pair,
    Question,
    gazetteer_questions,
    measure_names,
    pairs,
    questions,
)

_DATA = Path(judge.__file__).parent / "data"
_FOLDS = 3
# The press spellings are few beside the lists, and nearest to what the service is asked.
_GAZETTEER_COPIES = 3
_PERSONS = frozenset({"T1/per_full_a2l", "T1/per_full_l2a", "T2/per_lat"})
# How alike the last parts of two names must be for one to be short for the other.
_ALIKE = 0.75
# A press spelling that covers less of every stored name is another name (Zarqawi by birth).
_MIN_COVER = 0.6
# Added to the spread of a feature, lest a rare one get a great weight from a few examples.
_SPREAD = 0.15
_LEARNED = """\
# Weights of the features of `names.measure`, as `names.judge` reads them: for cross-script pairs,
# Latin pairs and Arabic pairs, then for each unit.
# Learned by training/names/learn_weights.py from development tasks built of UN and OFAC lists of
# persons and organisations, and of Who's On First and GeoNames (CC BY 4.0).
"""


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
            units = self.units.weight / self.spread
            return Model(
                weights=_plain(weights.T),
                constants=_plain(self.constants - weights @ self.mean),
                units=_plain(units.T),
                unit_constants=_plain(self.unit_constants - units @ self.mean),
                unit_weights=_plain(self.unit_weights),
                slopes=np.ones(len(ScriptPair)),
                shifts=np.zeros(len(ScriptPair)),
            )


def _plain(tensor: Tensor) -> npt.NDArray[np.float64]:
    return tensor.detach().numpy().astype(np.float64)


@dataclass(frozen=True, slots=True)
class Lists:
    """Questions in one tensor: candidates beyond a question's own are masked."""

    inputs: Tensor
    scripts: Tensor
    is_there: Tensor
    is_right: Tensor


def main() -> None:
    """Learn, report what was measured out of fold, calibrate, and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--gazetteer", type=Path, help="facts.jsonl and variants-dev.jsonl")
    arguments = parser.parse_args()
    folder, gazetteer = arguments.folder, arguments.gazetteer
    torch.set_num_threads(1)
    torch.manual_seed(1)
    asked = list(questions(folder, "dev"))
    if gazetteer is not None:
        asked += list(gazetteer_questions(gazetteer)) * _GAZETTEER_COPIES
    labelled = list(pairs(folder, "dev"))
    learn(asked, labelled)


def learn(asked: Sequence[Question], labelled: Sequence[Pair]) -> None:
    """Fit, report, calibrate and write both models."""
    _report_ranking(asked)
    # The labels count more: they are surer.
    everyone = [*list(labelled) * 3, *mine_pairs(asked), *short_pairs(asked) * 2]
    scores = _scores_out_of_fold(everyone)
    _report_pairs(labelled, scores[: len(labelled)])
    slopes, shifts = calibrate(scores[len(labelled) :], everyone[len(labelled) :])
    accept = replace(fit_accepting(everyone), slopes=slopes, shifts=shifts)
    (_DATA / "accept.tsv").write_text(judge.write(accept, _LEARNED), "utf-8")
    (_DATA / "rank.tsv").write_text(judge.write(fit_ranking(asked), _LEARNED), "utf-8")


def mine_pairs(asked: Sequence[Question]) -> list[Pair]:
    """Return pairs from questions: the right candidate, and two of the best that are wrong.

    A candidate that sounds the same as the query or as the right one may be right too: left out.
    """
    rng = random.Random(3)
    found: dict[tuple[str, str], Pair] = {}
    for question in asked:
        right = _surest(question)
        if not right:
            continue
        known = {_bones(question.key), _bones(question.candidates[right[0]])}
        wrong = [
            i
            for i in np.flatnonzero(~question.right)[:12].tolist()
            if _bones(question.candidates[i]) not in known
        ]
        for i in right + rng.sample(wrong, min(2, len(wrong))):
            pair = Pair(
                key=question.key,
                other=question.candidates[i],
                scripts=ScriptPair(int(question.scripts[i])),
                features=question.features[i],
                is_match=bool(question.right[i]),
                source=question.task,
            )
            found[pair.key, pair.other] = pair
    return list(found.values())


def short_pairs(asked: Sequence[Question]) -> list[Pair]:
    """Return pairs of a full name and its last part, as the press shortens names of persons.

    It stands for the right person (Aruri, Saleh al-Arouri) and for nobody whose parts are all
    others; a word that many names have stands for no place (Lebanon, South Lebanon). The first part
    alone (Saleh) stands for nobody; nor is a full name borne out by a stored last name alone: who
    is known by it is stored in full too, and others share it (Omar Barghouti).
    """
    found: dict[tuple[str, str], Pair] = {}
    for question in asked:
        right = _surest(question)
        parts = parse(question.key).parts
        if question.task == "gazetteer" or not right or len(parts) < 2:
            continue
        first, last = parts[0], parts[-1]
        is_person = question.task in _PERSONS
        if not is_person and last.role is not Role.KIND:
            continue
        for i in (*right, *np.flatnonzero(~question.right)[:4].tolist()):
            other = parse(question.candidates[i])
            shares = [part_agreement(last, part).share for part in other.parts]
            is_right = bool(question.right[i])
            if len(shares) < 2 or (shares[-1] < _ALIKE if is_right else max(shares) > _ALIKE):
                continue
            short, given = parse(last.marked), parse(first.marked)
            for left, right_name, is_match in (
                (short, other, is_right and is_person),
                (given, other, False),
                (other, short, False),
            ):
                found[left.text, right_name.text] = Pair(
                    key=question.key,
                    other=right_name.text,
                    scripts=script_pair(left.script, right_name.script),
                    features=measure_names(left, [right_name])[0],
                    is_match=is_match,
                    source="short",
                )
    return list(found.values())


def _surest(question: Question) -> list[int]:
    """Return the right candidate that is spelt most like the query; none if none is like it."""
    share = (
        question.features[:, FEATURES.index("short_cover")]
        + 0.001 * question.features[:, FEATURES.index("long_cover")]
    )
    right = np.flatnonzero(question.right)
    if not len(right):
        return []
    best = int(right[np.argmax(share[right])])
    return [best] if question.task != "gazetteer" or share[best] > _MIN_COVER else []


def _bones(name: str) -> str:
    return "".join(part.skeleton for part in parse(name).parts)


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


def _lists(scorer: Scorer, asked: Sequence[Question]) -> Lists:
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
    return Lists(inputs, scripts, is_there, is_right)


def _report_ranking(asked: Sequence[Question]) -> None:
    """Print how often the right candidate comes first, by models that have not seen the query."""
    first: dict[tuple[str, int], list[float]] = defaultdict(list)
    for fold in range(_FOLDS):
        model = fit_ranking([question for question in asked if _fold(question.key) != fold])
        for question in asked:
            if _fold(question.key) == fold:
                scores = _scores(model, question)
                first[question.task, question.size].append(_is_first(scores, question.right))
    for (task, size), hits in first.items():
        print(f"{task} of {size}: right one first {np.mean(hits):.1%}")


def _scores(model: Model, question: Question) -> npt.NDArray[np.float64]:
    scores = np.zeros(len(question.features))
    for pair in ScriptPair:
        chosen = question.scripts == pair
        scores[chosen] = model.scores(question.features[chosen], pair)
    return scores


def _scores_out_of_fold(everyone: Sequence[Pair]) -> npt.NDArray[np.float64]:
    """Return the scores of pairs by models that have not seen their names."""
    scores = np.zeros(len(everyone))
    for fold in range(_FOLDS):
        model = fit_accepting([pair for pair in everyone if _fold(pair.key) != fold])
        for i, pair in enumerate(everyone):
            if _fold(pair.key) == fold:
                scores[i] = model.scores([pair.features.tolist()], pair.scripts)[0]
    return scores


def _fold(key: str) -> int:
    return crc32(key.encode()) % _FOLDS


def _is_first(scores: npt.NDArray[np.float64], right: npt.NDArray[np.bool_]) -> float:
    if not right.any():
        return 0.0
    if right.all():
        return 1.0
    lead = scores[right].max() - scores[~right].max()
    return 0.5 if abs(lead) < 1e-6 else float(lead > 0)


def _report_pairs(labelled: Sequence[Pair], scores: npt.NDArray[np.float64]) -> None:
    labels = np.array([pair.is_match for pair in labelled])
    cross = np.array([pair.scripts is ScriptPair.CROSS for pair in labelled])
    hand = np.array([pair.source == "hand" for pair in labelled])
    for name, chosen in (("all", labels | ~labels), ("cross", cross), ("same", ~cross)):
        print(f"pairs, {name}: AP {_average_precision(labels[chosen], scores[chosen]):.1%}")
    thresholds = np.quantile(scores, np.linspace(0.5, 0.95, 300))
    f1, threshold = max((_f1(labels, scores >= value), value) for value in thresholds)
    print(f"best F1 {f1:.3f}; hand-written negatives accepted: {(scores[hand] >= threshold).sum()}")


def _average_precision(labels: npt.NDArray[np.bool_], scores: npt.NDArray[np.float64]) -> float:
    ordered = labels[np.argsort(-scores, kind="stable")]
    precision = np.cumsum(ordered) / np.arange(1, len(ordered) + 1)
    return float(precision[ordered].mean())


def _f1(labels: npt.NDArray[np.bool_], accepted: npt.NDArray[np.bool_]) -> float:
    return float(2 * (labels & accepted).sum() / (labels.sum() + accepted.sum()))


def calibrate(
    scores: npt.NDArray[np.float64], everyone: Sequence[Pair]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return for each script pair the slope and shift that make a score the logarithm of odds."""
    labels = np.array([float(pair.is_match) for pair in everyone])
    of_pair = np.array([int(pair.scripts) for pair in everyone])
    slopes, shifts = np.ones(len(ScriptPair)), np.zeros(len(ScriptPair))
    for scripts in ScriptPair:
        chosen = of_pair == scripts
        slopes[scripts], shifts[scripts] = _line(scores[chosen], labels[chosen])
    return slopes, shifts


def _line(
    scores: npt.NDArray[np.float64], labels: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Return slope and shift of the likeliest logistic curve."""
    line = torch.tensor([1.0, 0.0], requires_grad=True, dtype=torch.float64)
    x, y = torch.tensor(scores), torch.tensor(labels)
    optimizer = torch.optim.LBFGS([line], max_iter=100)

    def loss() -> Tensor:
        optimizer.zero_grad()
        value = binary_cross_entropy_with_logits(line[0] * x + line[1], y)
        value.backward()  # type: ignore[no-untyped-call]  # torch has no type for it
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call]  # torch has no type for it
    fitted: npt.NDArray[np.float64] = line.detach().numpy()
    return fitted


if __name__ == "__main__":
    main()
