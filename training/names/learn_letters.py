"""Learns the weights of letters from spellings of one name (see `pairs`).

The weights are those that best tell a spelling of the same name from its near misses.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import cross_entropy

from nisba_service.names import spelling
from nisba_service.names.spelling import SCALE
from nisba_service.names.symbols import CODES, DIGITS
from training.names.alignment import UNTRIED, LetterModel
from training.names.pairs import NEGATIVES, Example, examples

_TABLE = Path(spelling.__file__).parent / "data" / "letters.tsv"
_EPOCHS = 3
_BATCH = 512
_VALIDATION = 3000
# Weights that never moved from where learning started say nothing; tiny ones change nothing.
_MOVED = 0.004
_SMALLEST = 0.2
_HEADER = """\
# How letters of two spellings of one name go together, in 1/18 of log-odds.
# ^ starts a word, $ ends it.
# alone: what a letter without a counterpart weighs against a pair of one script or two (cross).
# pair: what two letters that stand for one another weigh in favour.
# Learned by `python -m training.names` from spellings of Who's On First and GeoNames
# (CC BY 4.0) and of Google's ar2en list (Apache-2.0).
"""


def learn_letters(folder: Path) -> None:
    """Learn, report how often the right spelling wins, and write the table."""
    torch.set_num_threads(1)
    torch.manual_seed(1)
    rng = random.Random(1)
    found = examples(folder, rng)
    rng.shuffle(found)
    model = LetterModel()
    learn(model, found[_VALIDATION:], rng)
    print(f"right before {NEGATIVES} near misses: {accuracy(model, found[:_VALIDATION]):.3f}")
    _TABLE.write_text(_HEADER + "\n".join(table(model)) + "\n", "utf-8")


def learn(model: LetterModel, found: Sequence[Example], rng: random.Random) -> None:
    """Fit the model to the examples."""
    optimizer = torch.optim.Adam(
        [
            {"params": [model.pairs, model.alone], "lr": 0.03},
            {"params": [model.pairs_by_place, model.alone_by_place], "lr": 0.02},
        ]
    )
    steps = _EPOCHS * (len(found) // _BATCH + 1)
    slower = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.1, steps)
    for _ in range(_EPOCHS):
        for batch in _batches(found, rng):
            loss = cross_entropy(_scores(model, batch), torch.zeros(len(batch), dtype=torch.long))
            optimizer.zero_grad()
            total = loss + model.penalty()
            total.backward()  # type: ignore[no-untyped-call]  # torch has no type for it
            optimizer.step()
            slower.step()


def accuracy(model: LetterModel, found: Sequence[Example]) -> float:
    """Return how often the right spelling comes before its near misses."""
    with torch.no_grad():
        scores = torch.cat([_scores(model, batch) for batch in _batches(found, random.Random(1))])
    return float((scores[:, 0] > scores[:, 1:].max(1)[0]).float().mean())


def _scores(model: LetterModel, batch: Sequence[Example]) -> torch.Tensor:
    width = 1 + len(batch[0].others)
    left = [example.query for example in batch for _ in range(width)]
    right = [row for example in batch for row in (example.same, *example.others)]
    return model.log_odds(left, right).reshape(len(batch), width)


def _batches(found: Sequence[Example], rng: random.Random) -> Iterator[Sequence[Example]]:
    """Yield batches of like length, in random order."""
    ordered = sorted(found, key=lambda example: len(example.query) + 2 * rng.random())
    batches = [ordered[i : i + _BATCH] for i in range(0, len(ordered), _BATCH)]
    rng.shuffle(batches)
    yield from batches


def table(model: LetterModel) -> list[str]:
    """Return the lines of the table."""
    with torch.no_grad():
        pairs, alone = (weights.numpy() for weights in model.tables())
    names: dict[int, str] = {}
    for (grapheme, place), code in CODES.items():
        if grapheme not in DIGITS:
            names.setdefault(code, spelling.marked_place(grapheme, place))
    lines = []
    for code in sorted(names):
        same, cross = (round(float(weight) * SCALE) for weight in alone[:, code])
        lines.append(f"alone\t{names[code]}\tsame:{same} cross:{cross}")
    for code in sorted(names):
        others = [
            (round(float(pairs[code, other]) * SCALE), names[other])
            for other in sorted(names)
            if other >= code and _says_something(pairs[code, other])
        ]
        others.sort(key=lambda item: -item[0])
        if others:
            lines.append(f"pair\t{names[code]}\t" + " ".join(f"{n}:{w}" for w, n in others))
    return lines


def _says_something(weight: np.floating) -> bool:
    return bool(weight > _SMALLEST and abs(weight - UNTRIED) > _MOVED)
