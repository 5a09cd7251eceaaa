"""Replicas of the service as processes, on ports that they keep: killed, drained, started again.

Their logs are read as they come, so that a test can wait until a replica has answered, and none
stands still because nobody reads.
"""

from __future__ import annotations

import asyncio
import json
import signal
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from nisba_service.gazetteer.location import Database, StoreUrl
from tests.support.process import ServerProcess, started

REAL = ("-m", "nisba_service.cli", "serve")
"""The server with the bundled models and the seed gazetteer."""


class Replica:
    """A server at an address of its own, in one process after another.

    `calls` holds the line that each call has left in the log.
    """

    def __init__(self, address: str, arguments: Sequence[str], settings: dict[str, str]) -> None:
        self.address = address
        self.calls: list[dict[str, Any]] = []
        self._arguments = arguments
        self._settings = settings
        self._stack = AsyncExitStack()
        self._news = asyncio.Condition()
        self._reading: asyncio.Task[None] | None = None
        self._server: ServerProcess | None = None

    @property
    def server(self) -> ServerProcess:
        """The present process."""
        assert self._server is not None, "it does not run"
        return self._server

    async def start(self) -> None:
        """Start a process, and return when it serves."""
        process = started(self._arguments, address=self.address, **self._settings)
        self._server = await self._stack.enter_async_context(process)
        await self._server.logged("serving")
        self._reading = asyncio.create_task(self._read(self._server))

    async def kill(self) -> None:
        """End the process as an operating system out of memory does, and return when it is gone."""
        if self.server.process.returncode is None:
            self.server.process.kill()
        await self.gone()

    def drain(self) -> None:
        """Ask the process to end."""
        self.server.process.send_signal(signal.SIGTERM)

    async def gone(self) -> int:
        """Return when the process has ended, with its exit code."""
        code = await self.server.process.wait()
        if self._reading is not None:
            await self._reading
        await self._stack.aclose()
        self._server = None
        return code

    async def answers(self, more: int) -> None:
        """Return when the replica has answered so many calls more than now."""
        goal = len(self.calls) + more
        async with self._news:
            await self._news.wait_for(lambda: len(self.calls) >= goal)

    async def close(self) -> None:
        """Kill the process if it still runs."""
        if self._server is not None and self._reading is not None:
            await self.kill()
        await self._stack.aclose()

    async def _read(self, server: ServerProcess) -> None:
        assert server.process.stderr is not None
        async for line in server.process.stderr:
            entry = json.loads(line)
            if entry["event"] == "call":
                self.calls.append(entry)
                async with self._news:
                    self._news.notify_all()


@asynccontextmanager
async def two_replicas(
    arguments: Sequence[str] = REAL, addresses: Sequence[str] = (), **settings: str
) -> AsyncIterator[tuple[Replica, Replica]]:
    """Run two replicas, at free ports unless addresses are given; both serve."""
    addresses = addresses or [f"127.0.0.1:{free_port()}" for _ in range(2)]
    one, other = (Replica(address, arguments, settings) for address in addresses)
    try:
        await asyncio.gather(one.start(), other.start())
        yield one, other
    finally:
        await asyncio.gather(one.close(), other.close())


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def location(url: StoreUrl) -> str:
    """Return what NISBA_GAZETTEER must be for the servers of a store."""
    return f"sqlite:///{url.secret}" if url.database is Database.SQLITE else url.secret
