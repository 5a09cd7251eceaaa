"""The benchmark of archives in small: real commands on a few articles."""

from __future__ import annotations

from pathlib import Path
from typing import Never

import pytest

from bench.archive import measure
from bench.archive.cast import Cast, Size
from bench.archive.corpus import Corpus
from bench.archive.curated import new_store
from bench.archive.measure import Measuring
from bench.archive.plan import planned

CORPUS = Corpus(7, Size(invented=300, known=900))
EDITS = planned(CORPUS.articles.cast, most=1, is_largest=True)


def test_the_plan_is_what_is_asked_for() -> None:
    assert [edit.what for edit in planned(CORPUS.articles.cast, 100, is_largest=True)] == [
        *["one spelling"] * 10,
        "one spelling of the 10 most named",
        "one spelling of the 100 most named",
        "one spelling of the 1,000 most named",
        "10 spellings",
        "100 spellings",
        "two people merged",
        "a description",
        "a relation",
        "a person deleted",
    ]
    assert [edit.what for edit in planned(CORPUS.articles.cast, 10, is_largest=False)][:5] == [
        *["one spelling"] * 3,
        "10 spellings",
        "two people merged",
    ]


def test_a_gazetteer_whose_making_was_cut_short_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_short(path: Path, cast: Cast, seed: int) -> Never:
        new_store(path, cast, seed).close()
        raise KeyboardInterrupt

    measuring = Measuring(tmp_path, CORPUS, workers=1)
    with monkeypatch.context() as patch:
        patch.setattr(measure, "new_store", cut_short)
        with pytest.raises(KeyboardInterrupt):
            measuring.scale(2, [], again=False)
    assert not list(tmp_path.iterdir())
    assert measuring.scale(2, [], again=False).documents == 2


def test_an_archive_follows_an_edit_and_equals_one_that_is_linked_anew(tmp_path: Path) -> None:
    popular = EDITS[10]
    scale = Measuring(tmp_path, CORPUS, workers=1).scale(12, [popular], again=True)

    assert scale.documents == 12
    assert scale.mentions > 100
    (edit,) = scale.relinked
    assert edit.rank <= 10
    assert scale.linked.processor > 0
    assert scale.again is not None
    assert scale.again.equal == scale.again.shards == 2

    output = tmp_path / "output.txt"
    output.unlink()
    assert Measuring(tmp_path, CORPUS, workers=1).scale(12, [popular], again=True) == scale
    assert not output.exists(), "what was measured is not measured again"
