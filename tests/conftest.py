"""What many tests share: the real engine over the bundled models, and real databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nisba_service.gazetteer.location import StoreUrl, parse_location
from nisba_service.gazetteer.store.store import Store
from nisba_service.server.engine import Engine, load_engine
from nisba_service.settings import Settings
from tests.support.postgres import Postgres, running


@pytest.fixture(scope="session")
def seed_engine() -> Engine:
    """Return the linker that a newcomer gets; loading takes seconds, so it is loaded once."""
    return load_engine(Settings())


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Run a PostgreSQL server, once a test needs it, until the last test."""
    with running() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> StoreUrl:
    """Return the address of a store that is not made yet: a test runs against both databases."""
    if request.param == "sqlite":
        text = str(tmp_path / "gazetteer.db")
    else:
        text = request.getfixturevalue("postgres").new_store()
    url = parse_location(text)
    assert isinstance(url, StoreUrl)
    return url


@pytest.fixture
def store(store_url: StoreUrl) -> Iterator[Store]:
    """Open a new store."""
    with Store.open(store_url) as opened:
        yield opened
