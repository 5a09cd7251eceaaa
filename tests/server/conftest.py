"""A server over a real store, on a real socket.

SQLite here: that both databases do the same is the store's affair, and tested there; what several
processes do on either is tested in tests/faults.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from nisba_service.gazetteer.location import Database, StoreUrl
from nisba_service.gazetteer.store.store import Store
from tests.support.records import seeded
from tests.support.serving import Served, serving


@pytest.fixture
def store_url(tmp_path: Path) -> StoreUrl:
    """Return the address of a store that is not made yet."""
    return StoreUrl(Database.SQLITE, str(tmp_path / "gazetteer.db"))


@pytest.fixture
async def stored(store: Store) -> AsyncIterator[Served]:
    """Serve a store that holds RECORDS as its first revision."""
    seeded(store)
    async with serving(store) as running:
        yield running
