from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
import torch
from torch.nn.functional import cosine_similarity

from training.tagger import vectors

MODELS = Path(__file__).parents[3] / "models"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """Cities stand behind "in", verbs behind "he", in both languages' scripts."""
    random = Random(1)
    cities, verbs = ("غزة", "عمان", "دمشق"), ("left", "came", "stayed")
    lines = [
        f"he {random.choice(verbs)} again .\nفي {random.choice(cities)} اليوم ." for _ in range(600)
    ]
    path = tmp_path / "raw.txt"
    path.write_text("\n".join([*lines, "once rare"]), "utf-8")
    return path


def test_the_most_frequent_bundled_words_are_reused() -> None:
    reused = vectors.reused(MODELS / "ar/pretrain/nisba.pt", 100)
    assert len(reused.vocab) == 104  # and four that stand for no word
    assert reused.emb.shape == (104, 100)
    assert reused.emb.dtype is torch.float32
    assert "في" in reused.vocab


def test_vectors_of_a_table(tmp_path: Path) -> None:
    path = tmp_path / "table.txt"
    path.write_text("in 0.5 1\nغزة -1 2e-3\nlast 0 0\n", "utf-8")
    made = vectors.from_table(path, 2)
    assert made.emb[made.vocab.unit2id("غزة")].tolist() == pytest.approx([-1, 0.002])
    assert made.emb.shape == (6, 2)
    assert "last" not in made.vocab


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("in 1 2\nout 1\n", r"table\.txt:2: must have as many numbers as line 1"),
        ("in 1 2\nout 1 x\n", r"table\.txt:2: must be a word and numbers"),
        ("", r"table\.txt: has no vectors"),
        (None, r"table\.txt: cannot be read"),
    ],
)
def test_a_table_that_cannot_be_read_is_an_error(
    tmp_path: Path, content: str | None, error: str
) -> None:
    if content is not None:
        (tmp_path / "table.txt").write_text(content, "utf-8")
    with pytest.raises(ValueError, match=error):
        vectors.from_table(tmp_path / "table.txt", 10)


def test_words_that_stand_alike_get_like_vectors(text: Path) -> None:
    made = vectors.from_text([text], 50, seed=1)

    def nearest(word: str) -> set[str]:
        others = {"غزة", "عمان", "دمشق", "left", "came", "stayed"} - {word}
        vector = made.emb[made.vocab.unit2id(word)]
        alike = {
            other: float(cosine_similarity(vector, made.emb[made.vocab.unit2id(other)], dim=0))
            for other in others
        }
        return set(sorted(alike, key=alike.__getitem__)[-2:])

    assert nearest("غزة") == {"عمان", "دمشق"}
    assert nearest("left") == {"came", "stayed"}
    assert "rare" not in made.vocab


def test_equal_text_and_seed_give_equal_vectors(text: Path) -> None:
    first, second = (vectors.from_text([text], 50, seed=3) for _ in range(2))
    assert torch.equal(first.emb, second.emb)


def test_too_little_text_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "raw.txt"
    path.write_text("few words", "utf-8")
    with pytest.raises(ValueError, match="no word occurs 5 times"):
        vectors.from_text([path], 50, seed=1)


def test_saved_vectors_have_their_words_in_order(tmp_path: Path) -> None:
    reused = vectors.reused(MODELS / "en/pretrain/nisba.pt", 3)
    vectors.save(reused, tmp_path / "v.pt")
    assert vectors.vocabulary(tmp_path / "v.pt") == ["the", ",", "."]
