"""The benchmark of the gazetteer, in small."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from bench.gazetteer.__main__ import measure
from bench.gazetteer.results import markdown
from bench.gazetteer.synthetic import lines
from nisba_service.gazetteer.exchange.drafts import Draft
from nisba_service.gazetteer.exchange.own_read import read_jsonl
from nisba_service.names.scripts import script_of
from nisba_service.names.types import Script

COUNT = 2_000


def test_synthetic_entities_are_sound_and_in_both_scripts() -> None:
    numbered = list(enumerate((line.encode() for line in lines(COUNT, seed=7)), start=1))
    drafts = [item for item in read_jsonl("a", numbered) if isinstance(item, Draft)]
    scripts = Counter(script_of(name.name) for draft in drafts for name in draft.record.names)

    assert len(drafts) == COUNT
    assert sum(scripts.values()) > 2 * COUNT
    assert scripts[Script.ARABIC] > 0.8 * COUNT


def test_a_seed_makes_the_same_entities() -> None:
    assert list(lines(50, seed=1)) == list(lines(50, seed=1)) != list(lines(50, seed=2))


def test_the_figures_of_a_small_run(tmp_path: Path) -> None:
    page = markdown(measure(tmp_path, COUNT, seed=7))

    assert page.startswith("# The gazetteer at 2,000 entities\n")
    for step in ("import (", "export to ftm", "index of names", "one alias: from edit to answer"):
        assert f"\n| {step}" in page
