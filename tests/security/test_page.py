"""SECURITY.md names tests that there are, so that its claims can be looked up."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`([a-z_/]+\.py)::(test_\w+)`", PAGE)
ROWS = [line for line in PAGE.splitlines() if re.match(r"\| [STRIDE] \|", line)]


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_a_test_that_is_named_exists(file: str, test: str) -> None:
    assert f"def {test}(" in (ROOT / "tests" / file).read_text(encoding="utf-8")


def test_every_kind_of_threat_is_there_and_every_threat_has_a_test() -> None:
    assert {row[2] for row in ROWS} == set("STRIDE")
    assert all(re.search(r"`[a-z_/]+\.py::test_\w+`", row) for row in ROWS)
    assert {row.count("|") for row in ROWS} == {6}
