"""What many tests share: the real engine over the bundled models and the seed gazetteer."""

from __future__ import annotations

import pytest

from nisba_service.server.engine import Engine, load_engine
from nisba_service.settings import Settings


@pytest.fixture(scope="session")
def seed_engine() -> Engine:
    """Return the linker that a newcomer gets; loading takes seconds, so it is loaded once."""
    return load_engine(Settings())
