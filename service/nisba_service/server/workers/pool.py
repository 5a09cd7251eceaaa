"""The workers together: whichever is free reads the next batch, and a lost one is replaced.

Whoever asks names a reader, an object of this process. A worker that does not have it yet is
brought it first: by what changed, if it has the one before, else by a snapshot of its parts. So an
edit reaches all workers before it is served (`prepare`), and one that began in between just asks
for more.

What a worker reads while it is lost is read again, text by text; a text that loses a second worker
is a fault of its own call and of no other.
"""

from __future__ import annotations

import queue
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final, TypeVar

import structlog

from nisba_service.gazetteer.changes import GazetteerChanges
from nisba_service.gazetteer.index import NameIndex
from nisba_service.linking.parts import Parts
from nisba_service.server.errors import Overloaded, ShuttingDown
from nisba_service.server.reading import Reader, Reading, Text, Unwanted
from nisba_service.server.workers import snapshot
from nisba_service.server.workers.editions import Editions, Shelf, Step
from nisba_service.server.workers.messages import Change, Fault, Load, Start, WorkerFault
from nisba_service.server.workers.staff import Staff
from nisba_service.server.workers.worker import (
    Job,
    Limits,
    Worker,
    WorkerLost,
    WorkerNotStarted,
)
from nisba_service.tagging.model import Tagger

T = TypeVar("T")

_RETRY_SECONDS: Final = (0.5, 30.0)
"""After the first start that failed, and at most: each wait is twice as long as the one before."""

_HOPELESS: Final = 3
"""Starts in a row that failed, after which a server without a worker refuses what it is asked."""

_FREE_SECONDS: Final = 0.1
"""How long a batch waits for a free worker before it is looked whether anybody still waits."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Crew:
    """How many workers there are, how each loads its tagger, and how long it may take."""

    count: int
    load_tagger: Callable[[], Tagger]
    limits: Limits


class WorkerPool:
    """Owns the worker processes. Threads may share it; close it at the end."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._shelf = Shelf()
        self._lock = threading.Lock()
        self._workers: set[Worker] = set()
        self._starting: set[Worker] = set()
        self._free: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        self._editions = Editions()
        self._newest: Reader | None = None
        self._threads = ThreadPoolExecutor(2 * crew.count + 1, thread_name_prefix="worker")
        self._failures = 0
        self._absent_since: float | None = None
        self._lost = 0
        self._not_started = 0
        self._closed = threading.Event()
        # A finalizer may run anywhere, in the middle of a lock too: it may put, and no more.
        self._unused: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        threading.Thread(target=self._have_forgotten, daemon=True).start()

    @property
    def count(self) -> int:
        """How many batches are read side by side."""
        return self._crew.count

    def start(self, parts: Parts) -> str:
        """Start the workers with a first reader of `parts`; return the version of their models.

        Raises:
            WorkerNotStarted: one of them could not load what it reads by.
        """
        load = Load(0, self._shelf.of(0, parts))
        workers = [self._spawned(load) for _ in range(self._crew.count)]
        [version] = {worker.wait_until_ready() for worker in workers}
        for worker in workers:
            self._employ(worker)
        return version

    def shared(self, parts: Parts) -> Parts:
        """Return these parts with the index that the workers have mapped, instead of a copy."""
        return replace(parts, index=NameIndex.open(self._shelf.of(0, parts) / snapshot.INDEX))

    def adopt(self, reader: Reader) -> None:
        """Take this process's own reader of the parts that the workers were started with."""
        self._edition(reader, None)

    @property
    def pids(self) -> frozenset[int]:
        """The IDs of the processes that read, or could."""
        with self._lock:
            return frozenset(worker.pid for worker in self._workers)

    @property
    def staff(self) -> Staff:
        """How the workers are doing. Any thread may ask."""
        return Staff(self._crew.count, len(self._workers), self._lost, self._not_started)

    @property
    def are_able(self) -> bool:
        """Whether a worker reads, or did a moment ago. Any thread may ask."""
        since = self._absent_since
        return since is None or time.monotonic() - since < self._crew.limits.absence

    def prepare(self, reader: Reader, base: Reader, changes: GazetteerChanges | None) -> None:
        """Bring the reader of the next revision to every worker; return when all have it.

        Args:
            reader: the next reader.
            base: the one before.
            changes: what makes one of the other; None: so much that it is brought as a whole.
        """
        step = None if changes is None else Step(self._editions.number(base), changes)
        self._edition(reader, step)
        with self._lock:
            workers = list(self._workers)
        # A worker that is lost over it has a successor that begins with the newest reader.
        list(self._threads.map(lambda worker: self._try(worker, self._bring, reader), workers))

    def read_each(self, jobs: Sequence[Job]) -> Iterator[Reading | Exception]:
        """Yield what becomes of each text, in order, as soon as it is known."""
        known = 0
        try:
            for outcome in self._read(jobs):
                yield outcome
                known += 1
        except WorkerLost:
            for job in jobs[known:]:
                yield self._read_again(job)

    def close(self) -> None:
        """End the workers; what they read is abandoned."""
        self._closed.set()
        self._unused.put(None)
        with self._lock:
            workers = [*self._workers, *self._starting]
        for worker in workers:
            worker.kill()
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._shelf.remove()

    def _edition(self, reader: Reader, step: Step | None) -> None:
        number = self._editions.add(reader, step)
        self._newest = reader
        weakref.finalize(reader, self._unused.put, number).atexit = False

    def _read_again(self, job: Job) -> Reading | Exception:
        try:
            [outcome] = self._read([job])
        except WorkerLost:
            _log.error("text_lost_two_workers", code_points=len(job.work.document.text))
            return WorkerFault(Fault("WorkerLost", ()))
        return outcome

    def _read(self, jobs: Sequence[Job]) -> Iterator[Reading | Exception]:
        """Read a batch with the next worker that is free. Raises WorkerLost."""
        worker = self._next_free(jobs)
        if isinstance(worker, Exception):
            yield from [worker] * len(jobs)
            return
        try:
            for reader in {job.work.reader: None for job in jobs}:
                self._bring(worker, reader)
            yield from worker.read(jobs, self._number_of)
        except BaseException:
            self._lose(worker)  # whatever it was: in the middle of a batch it is of no use
            raise
        self._free.put(worker)

    def _number_of(self, text: Text) -> int:
        return self._editions.number(text.reader)

    def _next_free(self, jobs: Sequence[Job]) -> Worker | Exception:
        """Return a free worker, or why the jobs are not to be read."""
        while not self._closed.is_set():
            try:
                worker = self._free.get(timeout=_FREE_SECONDS)
            except queue.Empty:
                if not any(job.is_wanted for job in jobs):
                    return Unwanted()
                if self._failures >= _HOPELESS and not self._workers:
                    return Overloaded(_RETRY_SECONDS[1])
                continue
            if worker.is_alive:
                return worker
        return ShuttingDown()

    def _bring(self, worker: Worker, reader: Reader) -> None:
        """See that a worker has a reader. Raises WorkerLost."""
        number = self._editions.number(reader)
        step = self._editions.step_to(reader)
        change = None if step is None else Change(step.base, number, step.changes)
        worker.bring(number, lambda: Load(number, self._shelf.of(number, reader.parts)), change)

    def _have_forgotten(self) -> None:
        """Have the workers forget readers that are no more, in a thread of its own."""
        while (number := self._unused.get()) is not None:
            with self._lock:
                workers = list(self._workers)
            for worker in workers:
                self._try(worker, Worker.forget, number)

    def _try(self, worker: Worker, act: Callable[[Worker, T], None], what: T) -> None:
        try:
            act(worker, what)
        except WorkerLost:
            self._lose(worker)

    def _spawned(self, first: Load) -> Worker:
        worker = Worker(Start(self._crew.load_tagger, first), self._crew.limits)
        with self._lock:
            self._starting.add(worker)
        if self._closed.is_set():
            worker.kill()
        return worker

    def _employ(self, worker: Worker) -> None:
        with self._lock:
            self._starting.discard(worker)
            self._workers.add(worker)
            self._absent_since = None
        if self._closed.is_set():
            worker.kill()
            return
        self._failures = 0
        threading.Thread(target=self._watch, args=(worker,), daemon=True).start()
        self._free.put(worker)

    def _watch(self, worker: Worker) -> None:
        worker.wait_for_end()
        self._lose(worker)

    def _lose(self, worker: Worker) -> None:
        """Put a worker away, once, and see to a successor."""
        worker.kill()
        with self._lock:
            if worker not in self._workers:
                return
            self._workers.discard(worker)
            self._lost += 1
            if not self._workers:
                self._absent_since = time.monotonic()
        if not self._closed.is_set():
            _log.error("worker_lost", pid=worker.pid)
            self._threads.submit(self._replace)

    def _replace(self) -> None:
        """Start another worker, again and again until it is ready."""
        while not self._closed.is_set():
            started = time.monotonic()
            try:
                worker = self._successor()
            except (WorkerNotStarted, OSError) as error:
                if self._closed.is_set():
                    return
                least, most = _RETRY_SECONDS
                wait = min(most, least * 2 ** min(self._failures, 10))
                self._failures += 1
                self._not_started += 1
                _log.error("worker_not_started", reason=str(error), retry_in=wait)
                self._closed.wait(wait)
                continue
            ms = round((time.monotonic() - started) * 1000)
            _log.info("worker_started", pid=worker.pid, ms=ms)
            self._employ(worker)
            return

    def _successor(self) -> Worker:
        newest = self._newest
        assert newest is not None, "a worker is replaced before the pool was started; this is a bug"
        number = self._editions.number(newest)
        worker = self._spawned(Load(number, self._shelf.of(number, newest.parts)))
        try:
            worker.wait_until_ready()
        except WorkerNotStarted:
            with self._lock:
                self._starting.discard(worker)
            raise
        return worker
