"""A table of word vectors that lacks words, completed by one of fewer dimensions.

    python -m training.tagger.complete LARGE.json SMALL.txt OUT.txt

winkNLP publishes the vectors of GloVe of 100 dimensions, but for words with marks, digits or a
single letter ("a", "'s", "u.s.", "1999"). GloVe's vectors of 50 dimensions have these words. What
the words of both tables teach by least squares foretells the others. Some words are kept out of it,
to print how alike what is foretold of them is to their own vectors: the mean cosine is 0.81.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.tagger.vectors import table, write_table

Rows = npt.NDArray[np.float32]
# Rarer words are not used by any recipe.
WORDS = 130_000
# Common enough that their vectors are good, and no longer mostly words of grammar.
KEPT_OUT = slice(5_000, 5_500)


@dataclass(frozen=True, slots=True)
class Completed:
    """`likeness`: mean cosine of the words kept out, None if there are none."""

    rows: Rows
    likeness: float | None


def completed(words: Sequence[str], small: Rows, large: Mapping[str, Sequence[float]]) -> Completed:
    """Return a row for each word: the large table's, else what the small one foretells.

    Args:
        words: in order of frequency.
        small: the small table's rows of these words.
        large: the large table's numbers of some of these words; others are not looked at.
    """
    known = np.array([word in large for word in words])
    learnt = known.copy()
    learnt[KEPT_OUT] = False
    own = np.zeros((len(words), len(next(iter(large.values())))), np.float32)
    own[known] = [large[word] for word in words if word in large]
    # Single precision would give every machine other numbers.
    given = np.hstack([small, np.ones((len(words), 1))])
    weights, *_ = np.linalg.lstsq(given[learnt], own[learnt], rcond=None)
    foretold = (given @ weights).astype(np.float32)
    rows = np.where(known[:, None], own, foretold)
    return Completed(rows, _likeness(own[known & ~learnt], foretold[known & ~learnt]))


def _likeness(ones: Rows, others: Rows) -> float | None:
    if not len(ones):
        return None
    lengths = np.linalg.norm(ones, axis=1) * np.linalg.norm(others, axis=1)
    return float(((ones * others).sum(axis=1) / lengths).mean())


def main(arguments: Sequence[str]) -> None:
    """Read both tables, write the completed one."""
    large, small, out = map(Path, arguments)
    document = json.loads(large.read_text("utf-8"))
    # A vector's length and its word's place follow the numbers.
    vectors = {w: v[: document["dimensions"]] for w, v in document["vectors"].items()}
    words, numbers = zip(*islice(table(small), WORDS), strict=True)
    made = completed(words, np.array(numbers, np.float32), vectors)
    write_table(words, made.rows, out)
    print(f"words kept out are foretold with a mean cosine of {made.likeness}")


if __name__ == "__main__":
    main(sys.argv[1:])
