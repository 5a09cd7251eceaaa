"""The jobs that wait: those in the queue, and patient ones before its door.

The event loop alone touches it, so it needs no lock.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Iterator
from typing import Final, Generic

from nisba_service.server.errors import Expired
from nisba_service.server.jobs import Answer, Capacity, Job, Work

_PATIENT_SHARE: Final = 0.5
"""Of the queue that patient work may fill, so that streams never crowd out single calls."""


class JobQueue(Generic[Work, Answer]):
    """First come, first served. `cost` is that of the jobs in the queue, patient ones left out."""

    def __init__(self, capacity: Capacity) -> None:
        self._capacity = capacity
        self._jobs: OrderedDict[Job[Work, Answer], None] = OrderedDict()
        self._patient: deque[Job[Work, Answer]] = deque()
        self._filled = asyncio.Event()
        self.cost = 0

    def __len__(self) -> int:
        return len(self._jobs) + len(self._patient)

    def __iter__(self) -> Iterator[Job[Work, Answer]]:
        """Yield all that wait, patient ones last."""
        yield from (*self._jobs, *self._patient)

    async def wait(self) -> None:
        """Return when a batch can be taken."""
        await self._filled.wait()

    def has_room(self, cost: int) -> bool:
        """Tell whether work of this cost fits. Into an empty queue anything does."""
        return not self.cost or self.cost + cost <= self._capacity.queue

    def add(self, job: Job[Work, Answer]) -> None:
        """Put a job at the end, whether there is room or not."""
        self._jobs[job] = None
        self.cost += job.cost
        self._filled.set()

    def add_patiently(self, job: Job[Work, Answer]) -> None:
        """Put a job before the door: it is let in when patient work has room."""
        self._patient.append(job)
        self._let_in()

    def forget(self, job: Job[Work, Answer]) -> None:
        """Give back the room of a job that nobody waits for any more, if it still has any."""
        if job in self._jobs:
            self._remove(job)
            self._let_in()

    def take_batch(self) -> list[Job[Work, Answer]]:
        """Take from the front what fits the batch's budget, and the first whatever its size.

        No more than a worker's share of what waits: the others will be free in a moment.
        """
        batch: list[Job[Work, Answer]] = []
        room = min(self._capacity.batch, -(-self.cost // self._capacity.workers))
        now = time.monotonic()
        while self._jobs:
            job = next(iter(self._jobs))
            if batch and job.cost > room:
                break
            self._remove(job)
            if job.expires <= now:
                job.settle(Expired())
            elif not job.outcome.done():
                batch.append(job)
                room -= job.cost
        self._let_in()
        return batch

    def _let_in(self) -> None:
        """Move patient work into the queue, first come first served, while there is room."""
        room = int(self._capacity.queue * _PATIENT_SHARE)
        while self._patient:
            job = self._patient[0]
            if job.outcome.done():
                self._patient.popleft()
            elif not self.cost or self.cost + job.cost <= room:
                self.add(self._patient.popleft())
            else:
                return

    def _remove(self, job: Job[Work, Answer]) -> None:
        del self._jobs[job]
        self.cost -= job.cost
        if not self._jobs:
            self._filled.clear()
