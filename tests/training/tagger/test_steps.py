from __future__ import annotations

from pathlib import Path

import pytest

from training.tagger.steps import made_of, once


def test_what_is_made_of_the_same_is_made_once(tmp_path: Path) -> None:
    output = tmp_path / "x"
    assert once(output, "a", lambda path: _write(path, "first"))
    assert not once(output, "a", lambda path: _write(path, "second"))
    assert output.read_text() == "first"
    assert once(output, "b", lambda path: _write(path, "third"))
    assert output.read_text() == "third"


def test_what_stops_half_way_is_made_again(tmp_path: Path) -> None:
    output = tmp_path / "x"
    once(output, "a", lambda path: _write(path, "whole"))

    def stop(path: Path) -> None:
        _write(path, "ha")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        once(output, "b", stop)
    assert output.read_text() == "whole"
    assert once(output, "b", lambda path: _write(path, "new"))
    assert output.read_text() == "new"


def test_the_origin_is_of_settings_and_contents(tmp_path: Path) -> None:
    file = tmp_path / "f"
    _write(file, "1")
    origin = made_of((1, "a"), [file])
    assert made_of((1, "a"), [file]) == origin
    assert made_of((2, "a"), [file]) != origin
    _write(file, "2")
    assert made_of((1, "a"), [file]) != origin


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
