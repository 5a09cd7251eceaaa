"""All clients that are counted, in bounded memory: those who have calls, and those who had lately.

Who has no call is forgotten once its bucket is full again, since it would be met anew just so. Of
those that are left, only so many are remembered: a caller that makes up addresses pushes out the
oldest of them, and whoever is pushed out merely begins with a full bucket.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from nisba_service.server.quotas.client import Client, Clock, Share

REMEMBERED: Final = 10_000
"""Clients without a call that are remembered; about 1 kB each."""


class Clients:
    """The shares of all clients. The event loop alone uses it."""

    def __init__(self, share: Share, clock: Clock = time.monotonic) -> None:
        self._share = share
        self._clock = clock
        self._here: dict[str, Client] = {}
        self._away: OrderedDict[str, Client] = OrderedDict()
        self._everybody = Client(share, clock)

    def __len__(self) -> int:
        """Return how many are remembered."""
        return len(self._here) + len(self._away)

    @asynccontextmanager
    async def place(self, name: str, *, patient: bool) -> AsyncIterator[Client]:
        """Hold a place for a call of the client of this name.

        Args:
            name: as `naming.client_name` has it.
            patient: wait for a place rather than be refused.

        Raises:
            ClientLimitExceeded: the client has all of its places taken.
        """
        if self._share.is_unlimited:
            yield self._everybody
            return
        client = self._met(name)
        try:
            if patient:
                await client.enter_patiently()
            else:
                client.enter()
            started = self._clock()
            try:
                yield client
            finally:
                client.leave(None if patient else self._clock() - started)
        finally:
            self._part(name, client)

    def _met(self, name: str) -> Client:
        client = self._here.get(name) or self._away.pop(name, None)
        if client is None:
            client = Client(self._share, self._clock)
        self._here[name] = client
        return client

    def _part(self, name: str, client: Client) -> None:
        """Remember a client that has no call any more, and forget who need not be remembered."""
        if not client.is_away or self._here.pop(name, None) is None:
            return
        self._away[name] = client
        while self._away:
            oldest = next(iter(self._away))
            if not self._away[oldest].is_forgettable and len(self._away) <= REMEMBERED:
                return
            del self._away[oldest]
