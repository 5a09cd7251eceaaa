"""The store, off the event loop: every access in a thread, few of them at a time.

Threads of their own, because a store that hangs must hold up nobody who links. Edits and reads do
not share theirs, so that an import of minutes does not keep anybody from reading.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from contextvars import copy_context
from itertools import islice
from typing import Any, Final, TypeVar

from nisba_service.gazetteer.store.store import Store
from nisba_service.server.errors import Overloaded, ReadOnly

T = TypeVar("T")

_READERS: Final = 4
"""Threads for reads: more than one, because a difference may be read out slowly."""

_STREAMS: Final = 3
"""Reads that go on from message to message; a thread is left for the others."""

_WAITING: Final = 200
"""Accesses that may wait; beyond that a caller is asked to come back."""

_RETRY_SECONDS: Final = 1.0


class StoreCalls:
    """Asks one store, or says that there is none. Close it at the end; the store stays open."""

    def __init__(self, store: Store | None) -> None:
        self._store = store
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="store-read")
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="store-write")
        self._streams = 0
        self._in_threads: set[Future[Any]] = set()

    @property
    def exists(self) -> bool:
        """Tell whether there is a store: otherwise every call here raises ReadOnly."""
        return self._store is not None

    @property
    def busy(self) -> bool:
        """Tell whether a thread still waits for the store."""
        return bool(self._in_threads)

    async def read(self, ask: Callable[[Store], T]) -> T:
        """Return what the store answers.

        Raises:
            ReadOnly: there is no store.
            Overloaded: too many wait for it.
            StoreError: it cannot be reached.
        """
        return await self._run(self._readers, ask)

    async def write(self, edit: Callable[[Store], T]) -> T:
        """Return what the store answers to an edit: one at a time, in order. Raises as `read`."""
        return await self._run(self._writer, edit)

    async def read_chunks(
        self, ask: Callable[[Store], Iterator[T]], size: int
    ) -> AsyncGenerator[list[T], None]:
        """Yield what the store answers, `size` items at a time, as the caller takes them.

        The store's iterators hold no transaction from item to item, so one that nobody takes more
        of is just dropped. Closing it would be wrong while a thread still reads a chunk from it.
        """
        async with self._streaming():
            items = await self.read(ask)
            while chunk := await self.read(lambda _: list(islice(items, size))):
                yield chunk

    def close(self) -> None:
        """Take no more calls; abandon what runs, which no thread can interrupt."""
        for threads in (self._readers, self._writer):
            threads.shutdown(wait=False, cancel_futures=True)

    @asynccontextmanager
    async def _streaming(self) -> AsyncIterator[None]:
        if self._streams >= _STREAMS:
            raise Overloaded(_RETRY_SECONDS)
        self._streams += 1
        try:
            yield
        finally:
            self._streams -= 1

    async def _run(self, threads: ThreadPoolExecutor, ask: Callable[[Store], T]) -> T:
        store = self._store
        if store is None:
            raise ReadOnly
        if len(self._in_threads) >= _WAITING:
            raise Overloaded(_RETRY_SECONDS)
        future = threads.submit(copy_context().run, ask, store)
        self._in_threads.add(future)
        future.add_done_callback(self._in_threads.discard)
        return await asyncio.wrap_future(future)
