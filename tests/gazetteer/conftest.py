"""Curators' files for the tests of this folder, and what `load` says of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from nisba_service.errors import GazetteerError
from nisba_service.gazetteer.load import load
from nisba_service.gazetteer.model import Gazetteer

Load = Callable[..., Gazetteer]
Problems = Callable[..., list[str]]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[dict[str, str | bytes]], Path]:
    """Write files under a folder and return it."""

    def write_files(files: dict[str, str | bytes]) -> Path:
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return tmp_path

    return write_files


@pytest.fixture
def load_yaml(write: Callable[[dict[str, str | bytes]], Path]) -> Load:
    """Load one YAML file."""
    return lambda text: load(write({"a.yaml": text}) / "a.yaml")


@pytest.fixture
def load_jsonl(write: Callable[[dict[str, str | bytes]], Path]) -> Load:
    """Load one JSON Lines file."""
    return lambda text: load(write({"a.jsonl": text}) / "a.jsonl")


@pytest.fixture
def problems(write: Callable[[dict[str, str | bytes]], Path]) -> Problems:
    """Return the problems of some files (a YAML text is the file a.yaml), paths made relative."""

    def problems_of(files: str | dict[str, str | bytes], path: str = ".") -> list[str]:
        folder = write({"a.yaml": files} if isinstance(files, str) else files)
        with pytest.raises(GazetteerError) as caught:
            load(folder / path)
        return [
            str(problem).replace(f"{folder}/", "").replace(str(folder), ".")
            for problem in caught.value.problems
        ]

    return problems_of
