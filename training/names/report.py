"""What is printed of models, each measured on names that it was not fitted to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from zlib import crc32

import numpy as np
import numpy.typing as npt

from nisba_service.names.judge import Model, ScriptPair
from training.names.scorer import fit_accepting, fit_ranking
from training.names.tasks import Pair, Question

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.bool_]

_FOLDS = 3
_BINS = 10


def ranking_report(asked: Sequence[Question]) -> Iterator[str]:
    """Yield how often the right candidate comes first, for each task and size."""
    first: dict[tuple[str, int], list[float]] = defaultdict(list)
    for fold in range(_FOLDS):
        model = fit_ranking([question for question in asked if _fold(question.key) != fold])
        for question in asked:
            if _fold(question.key) == fold:
                scores = _scores(model, question)
                first[question.task, question.size].append(is_first(scores, question.right))
    for (task, size), hits in first.items():
        yield f"{task} of {size}: right one first {np.mean(hits):.1%}"


def _scores(model: Model, question: Question) -> Floats:
    scores = np.zeros(len(question.features))
    for pair in ScriptPair:
        chosen = question.scripts == pair
        scores[chosen] = model.scores(question.features[chosen], pair)
    return scores


def scores_out_of_fold(everyone: Sequence[Pair]) -> Floats:
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


def is_first(scores: Floats, right: Labels) -> float:
    """Return whether a right candidate scores best: a half if a wrong one scores the same."""
    if not right.any():
        return 0.0
    if right.all():
        return 1.0
    lead = scores[right].max() - scores[~right].max()
    return 0.5 if abs(lead) < 1e-6 else float(lead > 0)


def pairs_report(labelled: Sequence[Pair], scores: Floats) -> Iterator[str]:
    """Yield how well scores tell pairs apart, and how many hand-written negatives are accepted."""
    labels = np.array([pair.is_match for pair in labelled])
    cross = np.array([pair.scripts is ScriptPair.CROSS for pair in labelled])
    hand = np.array([pair.source == "hand" for pair in labelled])
    for name, chosen in (("all", labels | ~labels), ("cross", cross), ("same", ~cross)):
        yield f"pairs, {name}: AP {average_precision(labels[chosen], scores[chosen]):.1%}"
    thresholds = np.quantile(scores, np.linspace(0.5, 0.95, 300))
    f1, threshold = max((_f1(labels, scores >= value), value) for value in thresholds)
    yield f"best F1 {f1:.3f}; hand-written negatives accepted: {(scores[hand] >= threshold).sum()}"


def average_precision(labels: Labels, scores: Floats) -> float:
    """Return the mean precision at each true pair, pairs in order of score."""
    ordered = labels[np.argsort(-scores, kind="stable")]
    precision = np.cumsum(ordered) / np.arange(1, len(ordered) + 1)
    return float(precision[ordered].mean())


def _f1(labels: Labels, accepted: Labels) -> float:
    return float(2 * (labels & accepted).sum() / (labels.sum() + accepted.sum()))


def calibration_report(everyone: Sequence[Pair], probabilities: Floats) -> Iterator[str]:
    """Yield for each script pair how far what is said is from what is true."""
    labels = np.array([pair.is_match for pair in everyone])
    of_pair = np.array([int(pair.scripts) for pair in everyone])
    for scripts in ScriptPair:
        chosen = of_pair == scripts
        error = calibration_error(labels[chosen], probabilities[chosen])
        yield f"{scripts.name.lower()}: {chosen.sum()} pairs, calibration error {error:.3f}"


def calibration_error(labels: Labels, probabilities: Floats) -> float:
    """Return the expected calibration error over ten bins."""
    bins = np.minimum((probabilities * _BINS).astype(int), _BINS - 1)
    gaps = [
        (bins == place).sum()
        * abs(labels[bins == place].mean() - probabilities[bins == place].mean())
        for place in np.unique(bins)
    ]
    return float(sum(gaps) / len(labels))
