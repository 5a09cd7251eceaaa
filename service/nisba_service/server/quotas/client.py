"""One client's share: the calls that it has at once, and the bucket that its texts are taken from.

A single call that does not fit is refused, and told when it would. A stream waits: for its place
before it begins, and before each message until its bucket has paid for it. So the sender is slowed
down. The event loop alone uses it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from google.protobuf.message import Message

from nisba_service.server.errors import ClientLimitExceeded
from nisba_service.server.quotas.bucket import Bucket
from nisba_service.server.quotas.cost import cost

Clock = Callable[[], float]

_RETRY_SECONDS: Final = (0.05, 30.0)
"""Least and most that a call without a place is asked to wait: the end of others is a guess."""

_FIRST_GUESS: Final = 1.0
"""Seconds that a call takes, before one has ended: an article or a few."""

_NEWEST_SHARE: Final = 0.2
"""Of the mean duration, what the call that just ended decides."""


@dataclass(frozen=True, slots=True)
class Share:
    """What each client may have.

    Attributes:
        calls: at once; 0: any number.
        code_points: a second; 0: any number.
        burst: seconds of unused code points that are saved up.
    """

    calls: int
    code_points: int
    burst: float

    @property
    def is_unlimited(self) -> bool:
        """Tell whether there is nothing to count."""
        return not self.calls and not self.code_points


class Client:
    """What one client has of its share."""

    def __init__(self, share: Share, clock: Clock) -> None:
        self._share = share
        self._clock = clock
        self._running = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._seconds = _FIRST_GUESS
        rate = share.code_points
        self._bucket = Bucket(rate, share.burst, clock()) if rate else None

    @property
    def is_away(self) -> bool:
        """Tell whether it has no call, running or waiting."""
        return not self._running and all(place.done() for place in self._waiting)

    @property
    def is_forgettable(self) -> bool:
        """Tell whether nothing would be lost if it were met anew."""
        return self.is_away and (self._bucket is None or self._bucket.is_full(self._clock()))

    def enter(self) -> None:
        """Take a place for a call.

        Raises:
            ClientLimitExceeded: all places are taken.
        """
        if self._is_full:
            raise self._no_place()
        self._running += 1

    async def enter_patiently(self) -> None:
        """Wait for a place for a stream, first come first served.

        Raises:
            ClientLimitExceeded: as many streams wait as may run.
        """
        if not self._is_full:
            self._running += 1
            return
        self._waiting = deque(place for place in self._waiting if not place.done())
        if len(self._waiting) >= self._share.calls:
            raise self._no_place()
        place = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            await place
        except asyncio.CancelledError:
            if not place.cancelled():
                self._pass_on()
            raise

    def leave(self, seconds: float | None) -> None:
        """Give a place back; `seconds` is how long the call took, None of a stream."""
        if seconds is not None:
            self._seconds += (seconds - self._seconds) * _NEWEST_SHARE
        self._pass_on()

    def charge(self, request: Message) -> None:
        """Take what a request costs.

        Raises:
            ClientLimitExceeded: there is less; nothing is taken.
        """
        if self._bucket is None:
            return
        wait = self._bucket.take(cost(request), self._clock())
        if wait > 0:
            raise ClientLimitExceeded(f"{self._share.code_points} code points a second", wait)

    async def charge_patiently(self, request: Message) -> None:
        """Wait until a message of a stream is paid for; cancelled meanwhile, it costs nothing."""
        if self._bucket is None:
            return
        price = cost(request)
        try:
            await asyncio.sleep(self._bucket.owe(price, self._clock()))
        except asyncio.CancelledError:
            self._bucket.give_back(price)
            raise

    @property
    def _is_full(self) -> bool:
        return bool(self._share.calls) and self._running >= self._share.calls

    def _pass_on(self) -> None:
        """Hand a place to the stream that waits longest, or leave it empty."""
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(None)
                return
        self._running -= 1

    def _no_place(self) -> ClientLimitExceeded:
        least, most = _RETRY_SECONDS
        wait = min(max(self._seconds / self._share.calls, least), most)
        return ClientLimitExceeded(f"{self._share.calls} calls at once", wait)
