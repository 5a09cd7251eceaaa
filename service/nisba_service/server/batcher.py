"""Work off the event loop: one queue, batches while busy, no added delay, bounded waiting.

Worker threads only ever see a batch; the queue is the event loop's.
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
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, Generic

from nisba_service.server.errors import Expired, Overloaded, ShuttingDown
from nisba_service.server.job_queue import JobQueue
from nisba_service.server.jobs import Answer, Capacity, Job, Jobs, Load, Unwatched, Watch, Work
from nisba_service.server.pace import Pace
from nisba_service.server.reading import Unwanted

_RETRY_SECONDS: Final = (0.05, 30.0)
"""Least and most that a refusal asks a caller to wait: no spinning, no giving up."""


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
        self._queue: JobQueue[Work, Answer] = JobQueue(capacity)
        self._running = 0
        self._pace = Pace()
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
        filled = self._queue.cost / self._capacity.queue
        return Load(len(self._queue), filled, self._busy)

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
            self._queue.add(job)
        return await self._outcomes(jobs)

    async def submit_patiently(
        self, work: Work, time_remaining: float | None = None
    ) -> Answer | Exception:
        """Wait for room in the patient share of the queue, do `work` and return its outcome.

        Raises:
            ShuttingDown: the batcher is closed.
        """
        job = self._job(work, time_remaining)
        self._queue.add_patiently(job)
        return (await self._outcomes([job]))[0]

    async def close(self) -> None:
        """Refuse new work and what waits; abandon what runs, which no thread can interrupt."""
        self._closed = True
        for job in self._queue:
            job.settle(ShuttingDown())
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
        if not self._queue.cost and self._busy < self._capacity.workers:
            return  # An idle worker always begins: else a bad estimate could never be corrected.
        wait = self._seconds_to_drain()
        full = not self._queue.has_room(cost)
        late = time_remaining is not None and wait + self._pace.seconds(cost) > time_remaining
        if full or late:
            least, most = _RETRY_SECONDS
            raise Overloaded(retry_after=min(max(wait, least), most))

    def _seconds_to_drain(self) -> float:
        return self._pace.seconds(self._queue.cost + self._running) / self._capacity.workers

    async def _outcomes(self, jobs: list[Job[Work, Answer]]) -> list[Answer | Exception]:
        try:
            return [await job.outcome for job in jobs]
        finally:
            for job in jobs:
                self._watch.left(job)
                job.outcome.cancel()
                self._queue.forget(job)

    async def _pump(self) -> None:
        while True:
            await self._queue.wait()
            await self._do_batch()

    async def _do_batch(self) -> None:
        # A function of its own, so that nothing of the batch is held while the pump waits.
        batch = self._queue.take_batch()
        if batch:
            await self._do(batch)

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
            job.ended = time.monotonic()
            work.known += 1
            work.done += 0 if isinstance(outcome, Unwanted) else job.cost
            loop.call_soon_threadsafe(self._answer, job, outcome)

    def _answer(self, job: Job[Work, Answer], outcome: Answer | Exception) -> None:
        self._running -= job.cost
        job.settle(Expired() if isinstance(outcome, Unwanted) else outcome)


@dataclass(slots=True)
class _Batch(Generic[Work, Answer]):
    """A batch that runs: how many of its jobs have an outcome, and the cost of those done."""

    batch: list[Job[Work, Answer]]
    known: int = 0
    done: int = 0
