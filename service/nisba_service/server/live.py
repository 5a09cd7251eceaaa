"""The engine that serves now, and those who wait for the next one.

The event loop alone replaces it. A call takes `current` once and stays with it, so that all of its
answer comes of one revision; the engine is freed when the last call that took it has ended.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import StrEnum

from nisba_service.server.engine import Engine


class FollowState(StrEnum):
    """How the server stands to the store of its gazetteer."""

    CURRENT = "current"
    STORE_UNAVAILABLE = "store-unavailable"
    LOAD_FAILED = "load-failed"


@dataclass(frozen=True, slots=True)
class Following:
    """How far the server knows its store: `newest` is the number of the last revision heard of."""

    newest: int
    state: FollowState = FollowState.CURRENT


class Live:
    """Holds one engine at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._following = Following(engine.revision)
        self._changed = asyncio.Condition()
        self._closed = False

    @property
    def current(self) -> Engine:
        """The engine to begin a call with."""
        return self._engine

    @property
    def following(self) -> Following:
        """How far the server knows its store."""
        return self._following

    async def replace(self, engine: Engine) -> None:
        """Serve another engine from now on, and tell whoever waits for it."""
        self._engine = engine
        await self._tell()

    async def note(self, following: Following) -> None:
        """Note how far the store is known."""
        self._following = following
        await self._tell()

    async def reach(self, revision: int) -> None:
        """Return when this revision or a later one is served."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._engine.revision >= revision or self._closed)

    async def close(self) -> None:
        """Wake all who wait, for good: the server goes away."""
        self._closed = True
        await self._tell()

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()
