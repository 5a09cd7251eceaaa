"""One real server for the commands that ask one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nisba_service.cli.own_server import own_server
from tests.cli.gazetteer_runs import Desk


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Yield the address of a running `nisba serve` over the models and seeds."""
    with own_server() as address:
        yield address


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return an empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path)
