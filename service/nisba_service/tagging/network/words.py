"""Words as the network takes them: a vector, and what a small LSTM makes of their letters.

Both depend on the word alone and words repeat, so that what was read once is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nisba_service.tagging.network.lstm import BiLstm, Floats
from nisba_service.tagging.network.packing import Packed, Places

# Stanza's number for what a vocabulary has not.
UNKNOWN = 1
# Words kept: 20 MB a language, and a day's news has few more. Then all are forgotten, and the
# frequent ones are back at once.
KEPT = 32_768


@dataclass(frozen=True, slots=True)
class Letters:
    """The model of letters. `table`: what its cells add up from each letter."""

    numbers: Mapping[str, int]
    lower: bool
    lstm: BiLstm
    table: Floats

    @classmethod
    def of(
        cls, numbers: Mapping[str, int], *, lower: bool, weights: Mapping[str, Floats]
    ) -> Letters:
        """Take the model of letters from the weights."""
        lstm = BiLstm.of(weights, "charmodel.charlstm")
        return cls(numbers, lower, lstm, lstm.table(weights["charmodel.char_emb.weight"]))

    @property
    def size(self) -> int:
        """How many numbers say what a word's letters are."""
        return 2 * int(self.lstm.hidden.shape[2])

    def read(self, words: Sequence[str]) -> Floats:
        """Return the last outputs of both directions (N, size) for N words of a letter or more."""
        cased = [word.lower() for word in words] if self.lower else words
        packed = Packed.of([len(word) for word in cased])
        find = self.numbers.get
        letters = [find(letter, UNKNOWN) for letter in chain.from_iterable(cased)]
        outputs = self.lstm.run(self.table, np.array(letters, np.intp), packed)
        half = self.size // 2
        return np.concatenate([outputs[packed.last, :half], outputs[packed.first, half:]], axis=1)


@dataclass(frozen=True, slots=True)
class Vectors:
    """Word vectors, in their file; `numbers` are their rows."""

    numbers: Mapping[str, int]
    lower: bool
    rows: NDArray[Any]

    def row(self, word: str) -> int:
        """Return a word's row. Stanza holds words of several parts with no-break spaces."""
        cased = word.lower() if self.lower else word
        return self.numbers.get(cased.replace(" ", "\xa0"), UNKNOWN)


class Words:
    """Reads words, and keeps what it has read. Not for several threads at once."""

    def __init__(self, vectors: Vectors, letters: Letters, kept: int = KEPT) -> None:
        self._vectors = vectors
        self._letters = letters
        self._places: dict[str, int] = {}
        self._rows = np.empty(kept, np.intp)
        self._read = np.empty((kept, letters.size), np.float32)

    @property
    def width(self) -> int:
        """How many numbers stand for a word."""
        return int(self._vectors.rows.shape[1]) + self._letters.size

    def inputs(self, words: Sequence[str]) -> Floats:
        """Return the network's input (N, vector and letters) for N different words."""
        rows, letters = self._looked_up(words)
        return np.concatenate([self._vectors.rows[rows].astype(np.float32), letters], axis=1)

    def _looked_up(self, words: Sequence[str]) -> tuple[Places, Floats]:
        unread = [word for word in words if word not in self._places]
        if unread:
            if len(self._places) + len(unread) > len(self._rows):
                self._places.clear()
                unread = list(words)
            if len(unread) > len(self._rows):
                return self._new(unread)
            self._keep(unread)
        places = [self._places[word] for word in words]
        return self._rows[places], self._read[places]

    def _keep(self, words: Sequence[str]) -> None:
        begin = len(self._places)
        end = begin + len(words)
        self._rows[begin:end], self._read[begin:end] = self._new(words)
        self._places.update(zip(words, range(begin, end), strict=True))

    def _new(self, words: Sequence[str]) -> tuple[Places, Floats]:
        rows = np.array([self._vectors.row(word) for word in words], np.intp)
        return rows, self._letters.read(words)
