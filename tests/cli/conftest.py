"""One real server for the commands that ask one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from nisba_service.cli.own_server import own_server


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Yield the address of a running `nisba serve` over the models and seeds."""
    with own_server() as address:
        yield address
