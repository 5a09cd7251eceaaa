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
    assert vectors.vocabulary(tmp_path / "v.pt") == ["the", ".", ","]
