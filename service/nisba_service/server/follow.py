"""Follows the store: loads every new revision beside the one that is served, and swaps them.

A revision that cannot be loaded is logged and tried again; the one before is served meanwhile. So
it is while the store cannot be reached. Both show in GetGazetteer and in the health of FOLLOWING.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from threading import Event
from typing import Any, Final, TypeVar

import structlog

from nisba_service.gazetteer.changes import GazetteerChanges
from nisba_service.gazetteer.store.serving import gazetteer_changes, load_gazetteer
from nisba_service.gazetteer.store.store import Store
from nisba_service.server import logs
from nisba_service.server.engine import Engine
from nisba_service.server.health import Health
from nisba_service.server.house import House
from nisba_service.server.live import FollowState

_WAIT_SECONDS: Final = 30.0
"""How long one question for news takes at most; whether the store is there shows in between."""

_STOP_SECONDS: Final = 2.0
"""How long the end waits for a question for news to be taken back."""

_RETRY_SECONDS: Final = (0.5, 30.0)
"""After the first failure, and at most: each wait is twice as long as the one before."""

_REBUILT_SHARE: Final = 0.2
"""Of the entities: where more have changed, making everything anew is quicker than updating."""

T = TypeVar("T")

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Next:
    engine: Engine
    changes: GazetteerChanges
    is_update: bool


class Follower:
    """Keeps the live engine at the newest revision of its store."""

    def __init__(self, house: House, store: Store, health: Health) -> None:
        self._live = house.live
        self._hands = house.hands
        self._new_names = house.new_names
        self._store = store
        self._health = health
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="follow")
        self._task: asyncio.Task[None] | None = None
        self._working: Future[Any] | None = None
        self._stop = Event()
        self._failures = 0

    def start(self) -> None:
        """Begin to follow. Needs a running event loop."""
        self._task = asyncio.create_task(self._run())

    @property
    def busy(self) -> bool:
        """Tell whether its thread loads a revision that nobody waits for."""
        return self._working is not None and not self._working.done()

    async def close(self) -> None:
        """Follow no longer; abandon a revision that is being loaded: nothing interrupts it."""
        self._stop.set()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._thread.shutdown(wait=False, cancel_futures=True)
        if self._working is not None:
            await asyncio.to_thread(wait, [self._working], _STOP_SECONDS)

    async def _run(self) -> None:
        while True:
            newest = await self._news()
            if newest is None or newest <= self._live.current.revision:
                continue
            try:
                await self._serve(newest)
            except Exception as error:
                await self._failed(FollowState.LOAD_FAILED, error)
            else:
                await self._recovered()

    async def _news(self) -> int | None:
        """Wait for a later revision, and return the number of the newest; None: it is not known."""
        served = self._live.current.revision
        seconds = 0.0 if self._failures else _WAIT_SECONDS
        try:
            newest = await self._in_thread(lambda: self._store.wait(served, seconds, self._stop))
        except Exception as error:  # whatever it is: a follower that ends would tell nobody
            await self._failed(FollowState.STORE_UNAVAILABLE, error)
            return None
        if newest != self._live.following.newest:
            await self._live.note(replace(self._live.following, newest=newest))
        if newest <= served:
            await self._recovered()
        return newest

    async def _serve(self, newest: int) -> None:
        started = time.monotonic()
        following = await self._in_thread(lambda: self._prepared(newest))
        await self._live.replace(following.engine)
        self._new_names.forget(following.changes.changed)
        _log.info(
            "revision",
            number=newest,
            version=following.engine.gazetteer.version,
            entities=following.engine.catalogue.count(),
            ms=round((time.monotonic() - started) * 1000, 1),
        )

    def _prepared(self, newest: int) -> _Next:
        """Return the next engine when whoever reads texts can read by it."""
        current = self._live.current
        following = _next(self._store, current, newest)
        changes = following.changes if following.is_update else None
        self._hands.prepare(following.engine.reader, current.reader, changes)
        return following

    async def _in_thread(self, work: Callable[[], T]) -> T:
        working = self._thread.submit(work)
        self._working = working
        return await asyncio.wrap_future(working)

    async def _failed(self, state: FollowState, error: Exception) -> None:
        if self._live.following.state is not state:
            _log.error("not_following", state=state.value, **logs.without_words(error))
            await self._note(state)
        least, most = _RETRY_SECONDS
        await asyncio.sleep(min(most, least * 2**self._failures))
        self._failures = min(self._failures + 1, 10)

    async def _recovered(self) -> None:
        self._failures = 0
        if self._live.following.state is not FollowState.CURRENT:
            _log.info("following_again")
            await self._note(FollowState.CURRENT)

    async def _note(self, state: FollowState) -> None:
        await self._live.note(replace(self._live.following, state=state))
        await self._health.set_following(state is FollowState.CURRENT)


def _next(store: Store, current: Engine, newest: int) -> _Next:
    """Return the engine of a revision: updated where little has changed, else made anew."""
    changes = gazetteer_changes(store, current.revision, newest)
    count = len(changes.changed) + len(changes.removed)
    if count > max(1_000, _REBUILT_SHARE * current.catalogue.count()):
        return _Next(Engine.of(load_gazetteer(store, newest), current.tagger), changes, False)
    return _Next(current.updated(changes), changes, True)
