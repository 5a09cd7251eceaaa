"""How far an import is: told where somebody looks, and nowhere else."""

from __future__ import annotations

import io
import sys

import pytest

from nisba_service.cli.counting import counted, listed
from nisba_service.cli.gazetteer.progress import tracked


class Terminal(io.StringIO):
    """A text stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_bar_with_count_and_rate_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    seen = list(tracked(range(2_000), "reading", 4_000, lambda: 4_000))

    assert seen == list(range(2_000))
    assert "reading" in screen.getvalue()
    assert "100%" in screen.getvalue()
    assert "2,000 at " in screen.getvalue()


def test_nothing_where_output_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(tracked(["غزة"], "reading", 1)) == ["غزة"]
    assert capsys.readouterr() == ("", "")


def test_figures_in_sentences() -> None:
    assert [counted(n, "entity", "entities") for n in (0, 1, 2_000)] == [
        "0 entities",
        "1 entity",
        "2,000 entities",
    ]
    assert listed({"Vessel": 2, "سفينة": 0, "Address": 1_000}) == "1,000 Address, 2 Vessel"
    assert listed({f"kind {n:02}": 100 - n for n in range(14)}).endswith("and 2 more kinds")
