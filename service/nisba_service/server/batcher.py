"""Work off the event loop: one queue, batches while busy, no added delay, bounded waiting.

The event loop alone touches the queue, so it needs no lock; worker threads only ever see a batch.
While a worker is free, work runs at once, alone. While all are busy, work gathers, and the next
batch takes as much of it as fits the batch's budget.

    submit           refuses what does not fit or could not finish in time: Overloaded
    submit_patiently waits for room: how a stream slows its sender down

Work whose caller has gone or whose deadline has passed is dropped before it runs, in the middle of
a batch too. Every piece of work has its own outcome, an answer or an exception, as soon as it is
known and whatever became of the rest of its batch.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final, Generic, Protocol, TypeVar

from nisba_service.server.errors import Expired, Overloaded, ShuttingDown
from nisba_service.server.pace import Pace
from nisba_service.server.reading import Spent, Unwanted

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
class Job(Generic[Work, Answer]):
    """A piece of work, what it costs, and until when somebody waits for its outcome.

    When it was submitted, when its batch began and when its outcome was known are monotonic times;
    None: not yet, or never. `spent` is for whoever does it to write down.
    """

    work: Work
    cost: int
    expires: float
    submitted: float = field(default_factory=time.monotonic)
    began: float | None = None
    ended: float | None = None
    spent: Spent | None = None
    outcome: asyncio.Future[Answer | Exception] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    @property
    def is_wanted(self) -> bool:
        """Tell whether somebody still waits. Any thread may ask."""
        return not self.outcome.done() and time.monotonic() < self.expires


Jobs = Sequence[Job[Work, Answer]]


@dataclass(frozen=True, slots=True)
class Load:
    """What waits and what runs: the jobs that wait, the share of the queue they fill, batches."""

    waiting: int
    filled: float
    running: int


class Watch(Protocol):
    """Is told what happens to jobs, on the event loop; it must be quick, and may not fail."""

    def began(self, batch: Jobs[Any, Any]) -> None:
        """A batch is handed to a worker."""
        ...

    def left(self, job: Job[Any, Any]) -> None:
        """Nobody waits for this job any more, most often because its outcome is known.

        Runs in the context of the call that waited.
        """
        ...


class Unwatched:
    """Watches nothing."""

    def began(self, batch: Jobs[Any, Any]) -> None:
        """Do nothing."""

    def left(self, job: Job[Any, Any]) -> None:
        """Do nothing."""


class Batcher(Generic[Work, Answer]):
    """Owns a queue of work and the threads that do it.

    Args:
        run: does a batch, in a thread, and yields an outcome for each job, in order; Unwanted for
            one that is not wanted any more when its turn comes.
        cost: the cost of a piece of work, at least 1, in the unit of `capacity`.
        capacity: how much may wait and run.
        name: of the threads.
        watch: is told what happens to jobs.
    """

    def __init__(
        self,
        run: Callable[[Jobs[Work, Answer]], Iterable[Answer | Exception]],
        cost: Callable[[Work], int],
        capacity: Capacity,
        name: str,
        watch: Watch | None = None,
    ) -> None:
        self._watch = watch or Unwatched()
        self._run = run
        self._cost = cost
        self._capacity = capacity
        self._threads = ThreadPoolExecutor(capacity.workers, thread_name_prefix=name)
        self._in_threads: set[Future[None]] = set()
        self._busy = 0
        self._queue: OrderedDict[Job[Work, Answer], None] = OrderedDict()
        self._queued = 0
        self._running = 0
        self._patient: deque[Job[Work, Answer]] = deque()
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

    @property
    def load(self) -> Load:
        """What waits and what runs now. Any thread may ask."""
        filled = self._queued / self._capacity.queue
        return Load(len(self._queue) + len(self._patient), filled, self._busy)

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
        jobs = [self._job(work, time_remaining) for work in works]
        self._admit(sum(job.cost for job in jobs), time_remaining)
        for job in jobs:
            self._enqueue(job)
        return await self._outcomes(jobs)

    async def submit_patiently(
        self, work: Work, time_remaining: float | None = None
    ) -> Answer | Exception:
        """Wait for room in the patient share of the queue, do `work` and return its outcome.

        Raises:
            ShuttingDown: the batcher is closed.
        """
        job = self._job(work, time_remaining)
        self._patient.append(job)
        self._let_in()
        return (await self._outcomes([job]))[0]

    async def close(self) -> None:
        """Refuse new work and what waits; abandon what runs, which no thread can interrupt."""
        self._closed = True
        for job in (*self._queue, *self._patient):
            _settle(job, ShuttingDown())
        for pump in self._pumps:
            pump.cancel()
        await asyncio.gather(*self._pumps, return_exceptions=True)
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _job(self, work: Work, time_remaining: float | None) -> Job[Work, Answer]:
        if self._closed:
            raise ShuttingDown
        remaining = float("inf") if time_remaining is None else time_remaining
        return Job(work, self._cost(work), time.monotonic() + remaining)

    def _admit(self, cost: int, time_remaining: float | None) -> None:
        if not self._queued and self._busy < self._capacity.workers:
            return  # An idle worker always begins: else a bad estimate could never be corrected.
        wait = self._seconds_to_drain()
        full = bool(self._queued) and self._queued + cost > self._capacity.queue
        late = time_remaining is not None and wait + self._pace.seconds(cost) > time_remaining
        if full or late:
            least, most = _RETRY_SECONDS
            raise Overloaded(retry_after=min(max(wait, least), most))

    def _seconds_to_drain(self) -> float:
        return self._pace.seconds(self._queued + self._running) / self._capacity.workers

    def _enqueue(self, job: Job[Work, Answer]) -> None:
        self._queue[job] = None
        self._queued += job.cost
        self._has_work.set()

    def _let_in(self) -> None:
        """Move patient work into the queue, first come first served, while there is room."""
        room = int(self._capacity.queue * _PATIENT_SHARE)
        while self._patient:
            job = self._patient[0]
            if job.outcome.done():
                self._patient.popleft()
            elif not self._queued or self._queued + job.cost <= room:
                self._enqueue(self._patient.popleft())
            else:
                return

    async def _outcomes(self, jobs: list[Job[Work, Answer]]) -> list[Answer | Exception]:
        try:
            return [await job.outcome for job in jobs]
        finally:
            for job in jobs:
                self._watch.left(job)
                self._forget(job)

    def _forget(self, job: Job[Work, Answer]) -> None:
        """Give back the room of work that nobody waits for any more."""
        job.outcome.cancel()
        if job in self._queue:
            self._remove(job)
            self._let_in()

    def _remove(self, job: Job[Work, Answer]) -> None:
        del self._queue[job]
        self._queued -= job.cost
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

    def _take_batch(self) -> list[Job[Work, Answer]]:
        """Take from the front what fits the batch's budget, and the first whatever its size.

        No more than a worker's share of what waits: the others will be free in a moment.
        """
        batch: list[Job[Work, Answer]] = []
        room = min(self._capacity.batch, -(-self._queued // self._capacity.workers))
        now = time.monotonic()
        while self._queue:
            job = next(iter(self._queue))
            if batch and job.cost > room:
                break
            self._remove(job)
            if job.expires <= now:
                _settle(job, Expired())
            elif not job.outcome.done():
                batch.append(job)
                room -= job.cost
        return batch

    async def _do(self, batch: list[Job[Work, Answer]]) -> None:
        self._busy += 1
        self._running += sum(job.cost for job in batch)
        started = time.monotonic()
        for job in batch:
            job.began = started
        self._watch.began(batch)
        work = _Batch(batch)
        try:
            in_thread = self._threads.submit(self._work_off, work, asyncio.get_running_loop())
            self._in_threads.add(in_thread)
            in_thread.add_done_callback(self._in_threads.discard)
            await asyncio.wrap_future(in_thread)
        except Exception as error:
            for job in batch[work.known :]:
                self._answer(job, error)
        finally:
            self._busy -= 1
        if work.done:
            self._pace.observe(work.done, time.monotonic() - started)

    def _work_off(self, work: _Batch[Work, Answer], loop: asyncio.AbstractEventLoop) -> None:
        """Do a batch, in a thread, and hand each outcome to the event loop as it comes."""
        for job, outcome in zip(work.batch, self._run(work.batch), strict=True):
            work.known += 1
            work.done += 0 if isinstance(outcome, Unwanted) else job.cost
            loop.call_soon_threadsafe(self._answer, job, outcome)

    def _answer(self, job: Job[Work, Answer], outcome: Answer | Exception) -> None:
        self._running -= job.cost
        job.ended = time.monotonic()
        _settle(job, Expired() if isinstance(outcome, Unwanted) else outcome)


@dataclass(slots=True)
class _Batch(Generic[Work, Answer]):
    """A batch that runs: how many of its jobs have an outcome, and the cost of those done."""

    batch: list[Job[Work, Answer]]
    known: int = 0
    done: int = 0


def _settle(job: Job[Work, Answer], outcome: Answer | Exception) -> None:
    if not job.outcome.done():
        job.outcome.set_result(outcome)
