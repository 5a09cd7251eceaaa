"""The curator's guide says what happens."""

from __future__ import annotations

from pathlib import Path

from tests.cli.guide import GUIDE, executed


def test_every_command_of_the_guide_prints_what_the_guide_shows(tmp_path: Path) -> None:
    page = GUIDE.read_text("utf-8")
    assert page.count("\n$ nisba ") > 15
    assert executed(page, tmp_path) == page
