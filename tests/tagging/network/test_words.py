from __future__ import annotations

import numpy as np
import pytest

from nisba_service.tagging.network.lstm import Floats
from nisba_service.tagging.network.words import UNKNOWN, Letters, Vectors, Words

VOCABULARY = {"<PAD>": 0, "<UNK>": UNKNOWN, "hamas": 2, "حماس": 3, "abu\xa0mazen": 4}
LETTERS = {"<PAD>": 0, "<UNK>": UNKNOWN} | {c: i for i, c in enumerate("hamsHحاس", 2)}
SIZE, CELLS = 4, 3

TEXT = ["Hamas", "حماس", "hamas", "Fatah", "فتح", "a"]


@pytest.fixture(scope="module")
def letters() -> Letters:
    generator = np.random.default_rng(1)

    def weights(*shape: int) -> Floats:
        return generator.standard_normal(shape).astype(np.float32)

    own = "charmodel.charlstm"
    lstm = {
        f"{own}.lstm.{name}{way}": weights(*shape)
        for way in ("", "_reverse")
        for name, shape in (
            ("weight_ih_l0", (4 * CELLS, SIZE)),
            ("weight_hh_l0", (4 * CELLS, CELLS)),
            ("bias_ih_l0", (4 * CELLS,)),
            ("bias_hh_l0", (4 * CELLS,)),
        )
    }
    states = {f"{own}_{state}_init": weights(2, 1, CELLS) for state in "hc"}
    embedding = {"charmodel.char_emb.weight": weights(len(LETTERS), SIZE)}
    return Letters.of(LETTERS, lower=False, weights=lstm | states | embedding)


def words(letters: Letters, *, lower: bool = True, kept: int = 100) -> Words:
    rows = np.arange(len(VOCABULARY) * 2, dtype=np.float16).reshape(-1, 2)
    return Words(Vectors(VOCABULARY, lower, rows), letters, kept)


def test_a_word_is_its_vector_and_its_letters(letters: Letters) -> None:
    read = words(letters)
    inputs = read.inputs(["hamas", "حماس", "abu mazen", "Fatah"])
    assert inputs.shape == (4, read.width)
    assert inputs[:, :2].tolist() == [[4, 5], [6, 7], [8, 9], [2, 3]]
    assert np.array_equal(inputs[:, 2:], letters.read(["hamas", "حماس", "abu mazen", "Fatah"]))


def test_capitals_count_for_letters_and_where_the_model_says_so_for_vectors(
    letters: Letters,
) -> None:
    small, capital = words(letters).inputs(["hamas", "Hamas"])
    assert np.array_equal(small[:2], capital[:2])
    assert not np.array_equal(small[2:], capital[2:])
    small, capital = words(letters, lower=False).inputs(["hamas", "Hamas"])
    assert not np.array_equal(small[:2], capital[:2])


def test_letters_are_read_in_their_order(letters: Letters) -> None:
    forth, back = letters.read(["hams", "smah"])
    assert not np.allclose(forth, back)
    unknown, other = letters.read(["xy", "zq"])
    assert np.array_equal(unknown, other)


@pytest.mark.parametrize("kept", [1, 2, 4, 7])
def test_what_is_kept_and_what_is_forgotten_changes_nothing(letters: Letters, kept: int) -> None:
    expected = words(letters).inputs(TEXT)
    read = words(letters, kept=kept)
    for size in (1, 2, 3, 6, 2):
        for begin in range(0, len(TEXT), size):
            part = slice(begin, begin + size)
            assert np.array_equal(read.inputs(TEXT[part]), expected[part])
