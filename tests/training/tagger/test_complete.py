from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from training.tagger import complete, vectors

# Of "u.s." and "و" the large table knows nothing; it is the small one, doubled and turned about.
SMALL = "the 1 0\nu.s. 2 1\nin 0 1\nو -1 3\nغزة 1 1\nsaid 3 2\n"
LARGE = {"the": [0, 2, 1], "in": [2, 0, 1], "غزة": [2, 2, 1], "said": [4, 6, 1]}


def test_what_is_known_stays_and_what_is_not_is_foretold() -> None:
    words = ["the", "u.s.", "in", "و", "غزة", "said"]
    small = np.array([[1, 0], [2, 1], [0, 1], [-1, 3], [1, 1], [3, 2]], np.float32)
    rows = dict(zip(words, complete.completed(words, small, LARGE).rows.tolist(), strict=True))
    assert rows["غزة"] == [2, 2, 1]
    assert rows["u.s."] == pytest.approx([2, 4, 1], abs=1e-4)
    assert rows["و"] == pytest.approx([6, -2, 1], abs=1e-4)


def test_words_kept_out_tell_how_well_others_are_foretold(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["the", "in", "غزة", "said", "من", "here"]
    small = np.array([[1, 0], [0, 1], [1, 1], [3, 2], [2, 2], [-1, 1]], np.float32)
    alike = {**LARGE, "من": [4, 4, 1], "here": [2, -2, 1]}
    monkeypatch.setattr(complete, "KEPT_OUT", slice(4, 6))
    assert complete.completed(words, small, alike).likeness == pytest.approx(1)
    other = {**alike, "من": [-4, -4, -1]}
    assert complete.completed(words, small, other).likeness == pytest.approx(0, abs=1e-5)


def test_files_become_a_table_in_the_order_of_the_small_one(tmp_path: Path) -> None:
    large, small, out = (tmp_path / name for name in ("large.json", "small.txt", "out.txt"))
    wink = {word: [*numbers, 9.9, i] for i, (word, numbers) in enumerate(LARGE.items())}
    large.write_text(json.dumps({"dimensions": 3, "vectors": wink}), "utf-8")
    small.write_text(SMALL, "utf-8")
    complete.main([str(large), str(small), str(out)])
    made = dict(vectors.table(out))
    assert list(made) == ["the", "u.s.", "in", "و", "غزة", "said"]
    assert made["غزة"] == [2, 2, 1]
    assert made["u.s."] == pytest.approx([2, 4, 1], abs=1e-3)
