"""Work off the event loop: one queue, batches while busy, no added delay, bounded waiting.

The event loop alone touches the queue, so it needs no lock; worker threads only ever see a batch.
While a worker is free, work runs at once, alone. While all are busy, work gathers, and the next
batch takes as much of it as fits the batch's budget.

    submit           refuses what does not fit or could not finish in time: Overloaded
    submit_patiently waits for room: how a stream slows its sender down

Work whose caller has gone or whose deadline has passed is dropped before it runs. Every piece of
work has its own outcome, an answer or an exception, whatever became of the rest of its batch.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from nisba_service.server.errors import Expired, Overloaded, ShuttingDown
from nisba_service.server.pace import Pace

Work = TypeVar("Work")
Answer = TypeVar("Answer")

_PATIENT_SHARE: Final = 0.5
"""Of the queue that patient work may fill, so that streams never crowd out single calls."""

_RETRY_SECONDS: Final = (0.05, 30.0)
"""Least and most that a refusal asks a caller to wait: no spinning, no giving up."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """What may wait, what runs at once (both as cost), and how many batches run side by side."""

    queue: int
    batch: int
    workers: int = 1


@dataclass(eq=False, slots=True)
class _Entry(Generic[Work, Answer]):
    work: Work
    cost: int
    expires: float
    outcome: asyncio.Future[Answer | Exception] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class Batcher(Generic[Work, Answer]):
    """Owns a queue of work and the threads that do it.

    Args:
        run: does a batch and returns an outcome for each piece, in order; called in a thread.
        cost: the cost of a piece of work, at least 1, in the unit of `capacity`.
        capacity: how much may wait and run.
        name: of the threads.
    """

    def __init__(
        self,
        run: Callable[[Sequence[Work]], Sequence[Answer | Exception]],
        cost: Callable[[Work], int],
        capacity: Capacity,
        name: str,
    ) -> None:
        self._run = run
        self._cost = cost
        self._capacity = capacity
        self._threads = ThreadPoolExecutor(capacity.workers, thread_name_prefix=name)
        self._in_threads: set[Future[Sequence[Answer | Exception]]] = set()
        self._queue: OrderedDict[_Entry[Work, Answer], None] = OrderedDict()
        self._queued = 0
        self._running = 0
        self._patient: deque[_Entry[Work, Answer]] = deque()
        self._pace = Pace()
        self._has_work = asyncio.Event()
        self._pumps: list[asyncio.Task[None]] = []
        self._closed = False

    def start(self) -> None:
        """Begin to run what is submitted. Needs a running event loop."""
        self._pumps = [asyncio.create_task(self._pump()) for _ in range(self._capacity.workers)]

    @property
    def busy(self) -> bool:
        """Tell whether a worker thread is in the middle of a batch."""
        return bool(self._in_threads)

    async def submit(
        self, works: Sequence[Work], time_remaining: float | None = None
    ) -> list[Answer | Exception]:
        """Do all of `works` or, if they do not fit, none; return their outcomes in order.

        Args:
            works: what to do.
            time_remaining: seconds until nobody waits for the outcomes; None: for ever.

        Raises:
            Overloaded: the queue is full, or they could not be done in the time remaining.
            ShuttingDown: the batcher is closed.
        """
        entries = [self._entry(work, time_remaining) for work in works]
        self._admit(sum(entry.cost for entry in entries), time_remaining)
        for entry in entries:
            self._enqueue(entry)
        return await self._outcomes(entries)

    async def submit_patiently(
        self, work: Work, time_remaining: float | None = None
    ) -> Answer | Exception:
        """Wait for room in the patient share of the queue, do `work` and return its outcome.

        Raises:
            ShuttingDown: the batcher is closed.
        """
        entry = self._entry(work, time_remaining)
        self._patient.append(entry)
        self._let_in()
        return (await self._outcomes([entry]))[0]

    async def close(self) -> None:
        """Refuse new work and what waits; abandon what runs, which no thread can interrupt."""
        self._closed = True
        for entry in (*self._queue, *self._patient):
            _settle(entry, ShuttingDown())
        for pump in self._pumps:
            pump.cancel()
        await asyncio.gather(*self._pumps, return_exceptions=True)
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _entry(self, work: Work, time_remaining: float | None) -> _Entry[Work, Answer]:
        if self._closed:
            raise ShuttingDown
        remaining = float("inf") if time_remaining is None else time_remaining
        return _Entry(work, self._cost(work), time.monotonic() + remaining)

    def _admit(self, cost: int, time_remaining: float | None) -> None:
        if not self._queued and not self._running:
            return  # An idle worker always begins: else a bad estimate could never be corrected.
        wait = self._seconds_to_drain()
        full = bool(self._queued) and self._queued + cost > self._capacity.queue
        late = time_remaining is not None and wait + self._pace.seconds(cost) > time_remaining
        if full or late:
            least, most = _RETRY_SECONDS
            raise Overloaded(retry_after=min(max(wait, least), most))

    def _seconds_to_drain(self) -> float:
        # On average half of a running batch is done.
        return self._pace.seconds(self._queued + self._running / 2) / self._capacity.workers

    def _enqueue(self, entry: _Entry[Work, Answer]) -> None:
        self._queue[entry] = None
        self._queued += entry.cost
        self._has_work.set()

    def _let_in(self) -> None:
        """Move patient work into the queue, first come first served, while there is room."""
        room = int(self._capacity.queue * _PATIENT_SHARE)
        while self._patient:
            entry = self._patient[0]
            if entry.outcome.done():
                self._patient.popleft()
            elif not self._queued or self._queued + entry.cost <= room:
                self._enqueue(self._patient.popleft())
            else:
                return

    async def _outcomes(self, entries: list[_Entry[Work, Answer]]) -> list[Answer | Exception]:
        try:
            return [await entry.outcome for entry in entries]
        finally:
            for entry in entries:
                self._forget(entry)

    def _forget(self, entry: _Entry[Work, Answer]) -> None:
        """Give back the room of work that nobody waits for any more."""
        entry.outcome.cancel()
        if entry in self._queue:
            self._remove(entry)
            self._let_in()

    def _remove(self, entry: _Entry[Work, Answer]) -> None:
        del self._queue[entry]
        self._queued -= entry.cost
        if not self._queue:
            self._has_work.clear()

    async def _pump(self) -> None:
        while True:
            await self._has_work.wait()
            await self._do_batch()

    async def _do_batch(self) -> None:
        # A function of its own, so that nothing of the batch is held while the pump waits.
        batch = self._take_batch()
        self._let_in()
        if batch:
            await self._do(batch)

    def _take_batch(self) -> list[_Entry[Work, Answer]]:
        """Take from the front what fits the batch's budget, and the first whatever its size."""
        batch: list[_Entry[Work, Answer]] = []
        room = self._capacity.batch
        now = time.monotonic()
        while self._queue:
            entry = next(iter(self._queue))
            if batch and entry.cost > room:
                break
            self._remove(entry)
            if entry.expires <= now:
                _settle(entry, Expired())
            elif not entry.outcome.done():
                batch.append(entry)
                room -= entry.cost
        return batch

    async def _do(self, batch: list[_Entry[Work, Answer]]) -> None:
        cost = sum(entry.cost for entry in batch)
        self._running += cost
        started = time.monotonic()
        try:
            in_thread = self._threads.submit(self._run, [entry.work for entry in batch])
            self._in_threads.add(in_thread)
            in_thread.add_done_callback(self._in_threads.discard)
            outcomes = await asyncio.wrap_future(in_thread)
            assert len(outcomes) == len(batch), "one outcome for each piece of work; this is a bug"
        except Exception as error:
            outcomes = [error] * len(batch)
        finally:
            self._running -= cost
        self._pace.observe(cost, time.monotonic() - started)
        for entry, outcome in zip(batch, outcomes, strict=True):
            _settle(entry, outcome)


def _settle(entry: _Entry[Work, Answer], outcome: Answer | Exception) -> None:
    if not entry.outcome.done():
        entry.outcome.set_result(outcome)
