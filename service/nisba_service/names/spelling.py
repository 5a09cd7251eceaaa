"""How likely two words are spellings of one word: the learned weights of letters, and alignment.

The weights are log-odds. Two letters that stand for one another in pairs of spellings speak for the
pair ("ش" and "sh": 6), a letter left without a counterpart speaks against it (2 for a consonant,
next to nothing for a short vowel). They come from `data/letters.tsv`, which `training/names`
learns. The best alignment is the one of the greatest sum.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from stringzilla import alignment_score

from nisba_service.names.symbols import CODES, DIGITS, FIRST_ARABIC, Place, symbols
from nisba_service.names.types import Script

# Units of the table in one unit of log-odds: its numbers must fit in a byte.
SCALE = 18
_DIGIT_PAIR = 5 * SCALE
_DIGIT_ALONE = 3 * SCALE


@dataclass(frozen=True, slots=True)
class LetterWeights:
    """The table: `pairs` of symbols, and symbols alone where the scripts agree or differ.

    `pairs_wide` is `pairs` in a type that sums of them fit in.
    """

    pairs: npt.NDArray[np.int8]
    pairs_wide: npt.NDArray[np.int16]
    alone_same: tuple[int, ...]
    alone_cross: tuple[int, ...]
    best_same: tuple[int, ...]
    best_cross: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word, or several in one, ready for alignment.

    Attributes:
        symbols: its symbols; empty for a word without letters of either script.
        alone_same, alone_cross: what its letters weigh without counterparts, in log-odds.
        best_same, best_cross: the most that an alignment of it can reach.
    """

    symbols: bytes
    script: Script
    alone_same: float
    alone_cross: float
    best_same: float
    best_cross: float


class Agreement(NamedTuple):
    """Two spellings aligned: log-odds of one word, and the share of the best possible in [0, 1].

    A tuple, since a query makes hundreds of them.
    """

    log_odds: float
    share: float


def marked_place(grapheme: str, place: Place) -> str:
    """Return how the table writes a grapheme in its place: ^sh, sh, sh$."""
    return {
        Place.START: "^" + grapheme,
        Place.INSIDE: grapheme,
        Place.END: grapheme + "$",
    }[place]


def _load() -> LetterWeights:
    codes = {marked_place(grapheme, place): code for (grapheme, place), code in CODES.items()}
    pairs = np.zeros((256, 256), np.int8)
    alone = {"same": [0] * 256, "cross": [0] * 256}
    table = resources.files(__package__).joinpath("data/letters.tsv").read_text("utf-8")
    for line in table.splitlines():
        if line.startswith("#"):
            continue
        kind, left, items = line.split("\t")
        for item in items.split(" "):
            right, _, weight = item.rpartition(":")
            if kind == "alone":
                alone[right][codes[left]] = int(weight)
            else:
                pairs[codes[left], codes[right]] = pairs[codes[right], codes[left]] = int(weight)
    for digit in DIGITS:
        code = CODES[digit, Place.START]
        pairs[code, code] = _DIGIT_PAIR
        alone["same"][code] = alone["cross"][code] = _DIGIT_ALONE
    return LetterWeights(
        pairs=pairs,
        pairs_wide=pairs.astype(np.int16),
        alone_same=tuple(alone["same"]),
        alone_cross=tuple(alone["cross"]),
        best_same=tuple(pairs.diagonal().tolist()),
        best_cross=tuple(_best_cross(pairs)),
    )


def _best_cross(pairs: npt.NDArray[np.int8]) -> list[int]:
    arabic = np.arange(256) >= FIRST_ARABIC
    crossing = np.where(arabic[:, None] == arabic[None, :], 0, pairs)
    best: list[int] = crossing.max(axis=1).tolist()
    for digit in DIGITS:
        best[CODES[digit, Place.START]] = _DIGIT_PAIR
    return best


_WEIGHTS = _load()


_NOTHING = Spelling(b"", Script.OTHER, 0, 0, 0, 0)


@lru_cache(maxsize=262144)
def spell(word: str) -> Spelling:
    """Return the spelling of a word in marked form."""
    return _spelling(symbols(word))


def join(spellings: tuple[Spelling, ...]) -> Spelling:
    """Return several words as one, as if written without spaces."""
    if not spellings:
        return _NOTHING
    if len(spellings) == 1:
        return spellings[0]
    alone_same = alone_cross = best_same = best_cross = 0.0
    for spelling in spellings:
        alone_same += spelling.alone_same
        alone_cross += spelling.alone_cross
        best_same += spelling.best_same
        best_cross += spelling.best_cross
    return Spelling(
        symbols=b"".join([spelling.symbols for spelling in spellings]),
        script=spellings[0].script,
        alone_same=alone_same,
        alone_cross=alone_cross,
        best_same=best_same,
        best_cross=best_cross,
    )


def _spelling(row: bytes) -> Spelling:
    script = (
        Script.ARABIC if row and max(row) >= FIRST_ARABIC else Script.LATIN if row else Script.OTHER
    )
    return Spelling(
        symbols=row,
        script=script,
        alone_same=_sum(_WEIGHTS.alone_same, row) / SCALE,
        alone_cross=_sum(_WEIGHTS.alone_cross, row) / SCALE,
        best_same=_sum(_WEIGHTS.best_same, row) / SCALE,
        best_cross=_sum(_WEIGHTS.best_cross, row) / SCALE,
    )


def together(left: bytes, rows: npt.NDArray[np.uint8]) -> npt.NDArray[np.int16]:
    """Return what the best alignment of symbols with each of many rows weighs, in 1/SCALE.

    `rows` is [place, row]: one row of symbols a column, 0 where a row is at its end. All rows are
    aligned at once, symbol by symbol of `left`; where one row can be aligned so far, so can it be
    at every later place: hence the running maximum down the places, which doubles its reach.
    """
    length = len(rows)
    places = rows.astype(np.intp)
    best = np.zeros(rows.shape, np.int16)
    for code in left:
        paired = _WEIGHTS.pairs_wide[code].take(places)
        paired[1:] += best[:-1]
        np.maximum(paired, best, out=best)
        reach = 1
        while reach < length:
            np.maximum(best[reach:], best[:-reach].copy(), out=best[reach:])
            reach *= 2
    return best[-1] if length else np.zeros(rows.shape[1], np.int16)


def best_sums(row: bytes) -> tuple[int, int]:
    """Return the most that an alignment of a row can reach, in 1/SCALE: in one script, in two."""
    return _sum(_WEIGHTS.best_same, row), _sum(_WEIGHTS.best_cross, row)


def _sum(weights: tuple[int, ...], row: bytes) -> int:
    return sum([weights[code] for code in row])


def agreement(left: Spelling, right: Spelling) -> Agreement:
    """Align two spellings."""
    weight = (
        alignment_score(
            left.symbols, right.symbols, substitution_matrix=_WEIGHTS.pairs, gap_score=0
        )
        / SCALE
    )
    if left.script is right.script:
        alone = left.alone_same + right.alone_same
        best = left.best_same + right.best_same
    else:
        alone = left.alone_cross + right.alone_cross
        best = left.best_cross + right.best_cross
    share = 2 * weight / best if best else 0.0
    return Agreement(weight - alone, share if share < 1.0 else 1.0)
