"""The alignment of spellings with weights that can be learned."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from nisba_service.names.letters import sounds
from nisba_service.names.normalise import unmarked
from nisba_service.names.symbols import CODES, FIRST_ARABIC

_CODES = 256
_VOWELS = frozenset("aiu")
# Where learning starts: a consonant alone weighs 1.6, a vowel 0.5; letters of one coarse sound go
# together. Letters of different sounds start just above nothing, so that they are tried at all.
_CONSONANT, _WEAK_H, _VOWEL = 1.6, 0.8, 0.5
UNTRIED = 0.3
_SMALLEST_ALONE = 0.02
_SOUNDS_IN_CONTEXT = {"(s)h": "h", "(t)h": "h", "(d)h": "h", "c(e)": "s"}


class LetterModel(nn.Module):
    """Weights of pairs of symbols, and of symbols alone in pairs of one script and of two.

    A symbol's weight is its grapheme's and what its place in the word adds, so that what is rare in
    one place is known from the others.
    """

    def __init__(self) -> None:
        super().__init__()
        graphemes = sorted({grapheme for grapheme, _ in CODES})
        of_code = np.zeros(_CODES, np.int64)
        for (grapheme, _), code in CODES.items():
            of_code[code] = 1 + graphemes.index(grapheme)
        alone, pairs = _first_guess(graphemes)
        self.of_code = torch.tensor(of_code)
        self.pairs = nn.Parameter(torch.tensor(pairs, dtype=torch.float32))
        self.alone = nn.Parameter(torch.tensor(np.stack([alone, alone]), dtype=torch.float32))
        self.pairs_by_place = nn.Parameter(torch.zeros(_CODES, _CODES))
        self.alone_by_place = nn.Parameter(torch.zeros(2, _CODES))

    def tables(self) -> tuple[Tensor, Tensor]:
        """Return the weights of pairs [256, 256], symmetric, and alone [same/cross, 256]."""
        pairs = self.pairs[self.of_code][:, self.of_code] + self.pairs_by_place
        alone = self.alone[:, self.of_code] + self.alone_by_place
        return (pairs + pairs.T) / 2, alone.clamp(min=_SMALLEST_ALONE)

    def penalty(self) -> Tensor:
        """Return what the additions by place cost: they must earn it."""
        return 2e-4 * self.pairs_by_place.square().sum() + 2e-3 * self.alone_by_place.square().sum()

    def log_odds(self, left: Sequence[bytes], right: Sequence[bytes]) -> Tensor:
        """Return the log-odds of each pair of spellings by its best alignment."""
        pairs, alone = self.tables()
        a, b = _padded(left), _padded(right)
        crosses = ((a >= FIRST_ARABIC).any(1) != (b >= FIRST_ARABIC).any(1)).long()
        spare = _alone(alone, crosses, a) + _alone(alone, crosses, b)
        return _best_alignment(pairs, a, b) - spare


def _first_guess(graphemes: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    heard = ["", *(_SOUNDS_IN_CONTEXT.get(g) or sounds(unmarked(g)) for g in graphemes)]
    alone = np.array([_first_alone(sound) for sound in heard])
    pairs = np.full((len(heard), len(heard)), UNTRIED)
    for i, left in enumerate(heard):
        for j, right in enumerate(heard):
            if i == j or left == right:
                pairs[i, j] = 1.9 * min(alone[i], alone[j])
            elif left[:1] in _VOWELS and right[:1] in _VOWELS:
                pairs[i, j] = 0.8
    pairs[0] = pairs[:, 0] = 0.0
    return alone, pairs


def _first_alone(sound: str) -> float:
    if not sound or sound[0] in _VOWELS:
        return _VOWEL
    return _WEAK_H if sound == "h" else _CONSONANT


def _padded(rows: Sequence[bytes]) -> Tensor:
    padded = np.zeros((len(rows), max(map(len, rows))), np.int64)
    for i, row in enumerate(rows):
        padded[i, : len(row)] = np.frombuffer(row, np.uint8)
    return torch.tensor(padded)


def _alone(alone: Tensor, crosses: Tensor, rows: Tensor) -> Tensor:
    return (alone[crosses[:, None], rows] * (rows > 0)).sum(1)


def _best_alignment(pairs: Tensor, a: Tensor, b: Tensor) -> Tensor:
    """Align symbol by symbol; leaving one out costs nothing here, so a row is a running maximum."""
    row = torch.zeros(len(a), b.shape[1] + 1)
    flat = pairs.reshape(-1)
    for i in range(a.shape[1]):
        is_there = (a[:, i : i + 1] > 0) & (b > 0)
        together = flat[a[:, i : i + 1] * _CODES + b] * is_there
        paired = torch.maximum(row[:, 1:], row[:, :-1] + together)
        row = torch.cummax(torch.cat([row[:, :1], paired], 1), 1)[0]
    return row[:, -1]
