"""Load on a server: as much as it takes, or at a fixed rate whatever becomes of it."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import grpc
from grpc_health.v1.health_pb2 import HealthCheckRequest
from grpc_health.v1.health_pb2_grpc import HealthStub

from nisba.v1 import linking_service_pb2 as pb
from nisba.v1.linking_service_pb2_grpc import LinkingServiceStub


@dataclass(slots=True)
class Tally:
    """What calls met: seconds of those answered, codes of all, seconds of health checks."""

    span: float = 0.0
    seconds: list[float] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)
    health: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        """Return the answers a second."""
        return len(self.seconds) / self.span

    def quantile(self, share: float) -> float:
        """Return the milliseconds within which this share of the answers came."""
        return quantile(self.seconds, share)

    def health_quantile(self, share: float) -> float:
        """Return the milliseconds within which this share of the health checks was answered."""
        return quantile(self.health, share)


def quantile(seconds: list[float], share: float) -> float:
    """Return a quantile of seconds in milliseconds; 0 where there are none."""
    ordered = sorted(seconds)
    return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


class Caller:
    """Calls one server over one connection, without retries."""

    def __init__(self, channel: grpc.aio.Channel, texts: Iterator[str]) -> None:
        self._link = LinkingServiceStub(channel).LinkText
        self._health = HealthStub(channel)
        self._texts = texts

    async def closed(self, callers: int, seconds: float) -> Tally:
        """Let so many callers call one after another: what the server can do."""
        tally, started = Tally(), time.perf_counter()

        async def call_on() -> None:
            while time.perf_counter() - started < seconds:
                await self._call(tally, time.perf_counter(), None)

        await asyncio.gather(*(call_on() for _ in range(callers)))
        tally.span = time.perf_counter() - started
        return tally

    async def open(self, rate: float, seconds: float, deadline: float | None = None) -> Tally:
        """Begin `rate` calls a second whatever becomes of them; time runs from the schedule."""
        tally, started = Tally(), time.perf_counter()
        probing = asyncio.create_task(self._probe(tally))
        calls = []
        for number in range(int(rate * seconds)):
            due = started + number / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            calls.append(asyncio.create_task(self._call(tally, due, deadline)))
        await asyncio.gather(*calls)
        tally.span = max(seconds, time.perf_counter() - started)
        probing.cancel()
        with suppress(asyncio.CancelledError):
            await probing  # raises where health was not answered: it is never refused
        return tally

    async def _call(self, tally: Tally, due: float, deadline: float | None) -> None:
        request = pb.LinkTextRequest(document=pb.Document(text=next(self._texts)))
        try:
            await self._link(request, timeout=deadline)
        except grpc.aio.AioRpcError as error:
            tally.codes[error.code().name] += 1
            if deadline is None:
                await asyncio.sleep(0.05)
        else:
            tally.codes["OK"] += 1
            tally.seconds.append(time.perf_counter() - due)

    async def _probe(self, tally: Tally) -> None:
        while True:
            started = time.perf_counter()
            await self._health.Check(HealthCheckRequest())
            tally.health.append(time.perf_counter() - started)
            await asyncio.sleep(0.1)
