"""Word vectors for a tagger: those of a table or of a models folder, or made from raw text.

Vectors want tens of millions of words, better billions. Without a table or such text the bundled
ones are used again, cut to the words that they were made for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from stanza.models.common.pretrain import Pretrain, PretrainedWordVocab
from stanza.models.common.vocab import VOCAB_PREFIX

from training.tagger import skipgram


def reused(source: Path, words: int) -> Pretrain:
    """Return the vectors of the most frequent words of a Stanza pretrain file."""
    known = Pretrain(str(source))
    rows = min(len(known.vocab), words + len(VOCAB_PREFIX))
    kept = [known.vocab.id2unit(row) for row in range(len(VOCAB_PREFIX), rows)]
    return _pretrain(kept, known.emb[:rows].float())


def from_text(files: list[Path], words: int, seed: int) -> Pretrain:
    """Return vectors made from UTF-8 text files, of the most frequent words in them."""
    vocabulary, vectors = skipgram.train(files, skipgram.Settings(words=words, seed=seed))
    specials = torch.zeros(len(VOCAB_PREFIX), vectors.shape[1])
    return _pretrain(vocabulary, torch.cat([specials, vectors]))


def from_table(path: Path, words: int) -> Pretrain:
    """Return the first vectors of a UTF-8 text file that has a word and its numbers a line.

    Raises:
        ValueError: the file cannot be read, or a line is not as long as the first.
    """
    kept: list[str] = []
    rows: list[list[float]] = []
    for word, numbers in islice(table(path), words):
        if rows and len(numbers) != len(rows[0]):
            raise ValueError(f"{path}:{len(rows) + 1}: must have as many numbers as line 1")
        kept.append(word)
        rows.append(numbers)
    if not rows:
        raise ValueError(f"{path}: has no vectors")
    specials = torch.zeros(len(VOCAB_PREFIX), len(rows[0]))
    return _pretrain(kept, torch.cat([specials, torch.tensor(rows)]))


def table(path: Path) -> Iterator[tuple[str, list[float]]]:
    """Yield the words and numbers of a UTF-8 text file that has a word and its numbers a line.

    Raises:
        ValueError: the file cannot be read, or a line is none of these.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                word, *numbers = line.rstrip("\n").split(" ")
                try:
                    yield word, [float(n) for n in numbers]
                except ValueError:
                    raise ValueError(f"{path}:{number}: must be a word and numbers") from None
    except OSError as error:
        raise ValueError(f"{path}: cannot be read: {error.strerror}") from None


def save(pretrain: Pretrain, path: Path) -> None:
    """Write vectors as Stanza reads them."""
    state = {"vocab": pretrain.vocab.state_dict(), "emb": pretrain.emb}
    torch.save(state, path, _use_new_zipfile_serialization=False)


def vocabulary(path: Path) -> list[str]:
    """Return the words of a pretrain file in order of frequency."""
    vocab = Pretrain(str(path)).vocab
    return [vocab.id2unit(row) for row in range(len(VOCAB_PREFIX), len(vocab))]


def write_table(words: Sequence[str], rows: npt.NDArray[np.float32], path: Path) -> None:
    """Write a file that `table` reads."""
    with path.open("w", encoding="utf-8") as file:
        for word, row in zip(words, rows, strict=True):
            file.write(f"{word} {' '.join(f'{number:.5g}' for number in row)}\n")


def _pretrain(words: list[str], vectors: torch.Tensor) -> Pretrain:
    pretrain = Pretrain()
    pretrain._vocab = PretrainedWordVocab(words, lower=False)
    pretrain._emb = vectors
    return pretrain
