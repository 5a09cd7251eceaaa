"""The engine of one machine: spawned processes, each with its worker, on two ends of a pipe.

A process has one task at a time, so what a run holds is bounded by the number of processes. When
this process ends, however it ends, the pipes close, and the workers end at their next look at them.
"""

from __future__ import annotations

import os
import pickle
import signal
import traceback
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from nisba_service.archive.engines.base import ATTEMPTS, Result, Setup, Task, Worker
from nisba_service.errors import ArchiveError, NisbaServiceError, WorkerFailed

_SPAWN = get_context("spawn")
# Seconds that a process which was told to end gets, before it is killed.
_PATIENCE = 5.0
# Each worker computes with one thread: as many workers as cores do more than threads would.
_ONE_THREAD = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A task, and how often it has been begun before."""

    task: Task
    number: int = 0


@dataclass(slots=True)
class _Process:
    """A worker's process, and what it is at work on."""

    process: BaseProcess
    pipe: Connection
    attempt: _Attempt


class LocalEngine:
    """Runs tasks in spawned processes on this machine; default: as many as there are cores."""

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers or len(os.sched_getaffinity(0))

    def run(self, setup: Setup, tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield the results in the order in which they are ready. Raises as `Engine.run` says."""
        pool = _Pool(setup, iter(tasks))
        try:
            pool.start(self._workers)
            yield from pool.results()
        finally:
            pool.stop()


class _Pool:
    def __init__(self, setup: Setup, tasks: Iterator[Task]) -> None:
        self._setup = setup
        self._tasks = tasks
        self._again: deque[_Attempt] = deque()
        self._processes: dict[Connection, _Process] = {}

    def start(self, workers: int) -> None:
        """Start processes, no more than there are tasks."""
        for task in islice(self._tasks, workers):
            self._start(_Attempt(task))

    def results(self) -> Iterator[Result]:
        """Yield results until there are no more tasks."""
        while self._processes:
            for pipe in wait(list(self._processes)):
                assert isinstance(pipe, Connection)
                answer = self._answer(self._processes[pipe])
                if isinstance(answer, Result):
                    self._go_on(self._processes[pipe])
                    yield answer

    def stop(self) -> None:
        """End all processes, at once where they are at work."""
        for worker in self._processes.values():
            worker.process.terminate()
        for worker in self._processes.values():
            _end(worker)
        self._processes.clear()

    def _start(self, attempt: _Attempt) -> None:
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=_serve, args=(theirs, self._setup), daemon=True)
        with _environment():
            process.start()
        theirs.close()
        worker = _Process(process, ours, attempt)
        self._processes[ours] = worker
        _send(worker)

    def _answer(self, worker: _Process) -> Result | None:
        """Return a worker's result; None: it died, and another has its task."""
        try:
            answer = worker.pipe.recv()
        except (EOFError, OSError):
            self._replace(worker)
            return None
        if isinstance(answer, BaseException):
            raise answer
        assert isinstance(answer, Result), "a worker answers with a result or an error"
        return answer

    def _go_on(self, worker: _Process) -> None:
        attempt = self._next()
        if attempt is None:
            del self._processes[worker.pipe]
            _end(worker)
            return
        worker.attempt = attempt
        _send(worker)

    def _next(self) -> _Attempt | None:
        if self._again:
            return self._again.popleft()
        task = next(self._tasks, None)
        return None if task is None else _Attempt(task)

    def _replace(self, worker: _Process) -> None:
        del self._processes[worker.pipe]
        _end(worker)
        attempt = _Attempt(worker.attempt.task, worker.attempt.number + 1)
        if attempt.number >= ATTEMPTS:
            raise WorkerFailed(
                f"shard {attempt.task.shard} of {attempt.task.writes[0].parent}: {ATTEMPTS}"
                f" processes that worked on it died, the last with"
                f" {_cause(worker.process.exitcode)}; is there enough memory? What was done stays"
            )
        self._start(attempt)


def _send(worker: _Process) -> None:
    with suppress(OSError):  # it died: reading from it says so
        worker.pipe.send(worker.attempt.task)


def _end(worker: _Process) -> None:
    worker.pipe.close()
    worker.process.join(_PATIENCE)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()


def _cause(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        return signal.Signals(-exit_code).name
    return f"exit code {exit_code}"


class _environment:  # noqa: N801 (a context manager reads as what it is)
    """Sets what a process must find before it imports anything."""

    def __enter__(self) -> None:
        self._was = {name: os.environ.get(name) for name in _ONE_THREAD}
        os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))

    def __exit__(self, *_: object) -> None:
        for name, value in self._was.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _serve(pipe: Connection, setup: Setup) -> None:
    """Be a worker until the pipe closes."""
    # Ctrl-C goes to all processes of a terminal: the one that holds the lock ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    worker: Worker | None = None
    # The pipe closes when the run ends, in whatever way.
    with suppress(EOFError, OSError):
        while True:
            task: Task = pipe.recv()
            try:
                worker = setup.worker() if worker is None else worker
                answer: Result | Exception = worker.run(task)
            except Exception as error:
                answer = _portable(error)
            pipe.send(answer)


def _portable(error: Exception) -> Exception:
    """Return an error as one that another process can read."""
    if not isinstance(error, NisbaServiceError | OSError):
        # The message may hold text of a document; where it happened is what a developer needs.
        where = "".join(traceback.format_tb(error.__traceback__))
        return WorkerFailed(f"a worker failed with {type(error).__name__}. This is a bug.\n{where}")
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return ArchiveError(str(error))
    return error
