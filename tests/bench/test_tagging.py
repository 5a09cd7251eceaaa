"""The benchmark of the tagger, in small."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.tagging import accuracy, memory, speed
from bench.tagging.results import Figures, markdown
from bench.tagging.speed import OURS, PIPELINE, Taken, ratio
from nisba_service.evaluation import gold
from nisba_service.names.types import Language

ROOT = Path(__file__).parents[2]
MODELS = ROOT / "models"
GOLD = [ROOT / f"tests/golden/{language}/articles.jsonl" for language in Language]


def test_the_page_has_a_table_of_each_thing_that_is_measured(tmp_path: Path) -> None:
    tagged = tmp_path / "test-small.bio"
    tagged.write_text("قال O\nمحمود B-PER\nعباس I-PER\n", "utf-8")
    documents = [d for d in gold.read(GOLD) if d.language is Language.AR]
    figures = Figures(
        speed={Language.AR: speed.measure(MODELS, Language.AR, [d.text for d in documents], 1)},
        files=[accuracy.of_file(tagged, MODELS)],
        tokenizers={Language.AR: accuracy.of_tokenizers(MODELS, documents)},
        memory={memory.OURS: {memory.LOADED: memory.Held(80, 60)}},
    )
    page = markdown(figures)
    measured = figures.speed[Language.AR]
    assert f"| ar: {measured.texts} texts, {measured.tokens:,} tokens, in one call |" in page
    assert f"| {PIPELINE}.bulk_process | " in page
    assert measured.articles > 1
    assert "| test-small | 1 | 1.000 | 1.000 | 0 |" in page
    assert "| ar, rules | " in page
    assert f"| {memory.LOADED} | 80 (60) |" in page
    assert set(measured.together) == set(measured.one_by_one) > {OURS, PIPELINE}


def test_a_ratio_is_the_median_of_the_turns() -> None:
    base, other = Taken((4, 6, 30), (8, 8, 8)), Taken((2, 2, 2), (4, 2, 1))
    assert ratio(base, other) == (3, 4)


def test_memory_is_measured_in_a_process_of_its_own() -> None:
    held = memory.measure(MODELS, [GOLD[1]])[memory.OURS]
    assert list(held) == [
        "Python",
        "numpy",
        "Nisba's tagging, the documents",
        memory.LOADED,
        memory.TAGGED,
    ]
    assert 0 < held["Python"].own <= held["Python"].resident < held[memory.LOADED].resident


@pytest.mark.parametrize(("answered", "expected"), [({1, 2}, 1), ({1}, 2 / 3), ({3}, 0)])
def test_f1(answered: set[int], expected: float) -> None:
    assert accuracy.f1({1, 2}, answered) == pytest.approx(expected)
