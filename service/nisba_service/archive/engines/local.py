"""The engine of one machine: spawned processes, each with its worker, on two ends of a pipe.

A process has one task at a time, so what a run holds is bounded by the number of processes. When
this process ends, however it ends, the pipes close, and the workers end at their next look at them.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from nisba_service.archive.engines.base import Result, Setup, Task, Worker
from nisba_service.archive.engines.portable import portable
from nisba_service.archive.engines.task_queue import TaskQueue

_SPAWN = get_context("spawn")
# Seconds that a process which was told to end gets, before it is killed.
_PATIENCE = 5.0
# Each worker computes with one thread: as many workers as cores do more than threads would.
_ONE_THREAD = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


@dataclass(slots=True)
class _Process:
    """A worker's process, and what it is at work on."""

    process: BaseProcess
    pipe: Connection
    task: Task


class LocalEngine:
    """Runs tasks in spawned processes on this machine; default: as many as there are cores."""

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers or len(os.sched_getaffinity(0))

    def run(self, setup: Setup, tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield the results in the order in which they are ready. Raises as `Engine.run` says."""
        pool = _Pool(setup, tasks)
        try:
            pool.start(self._workers)
            yield from pool.results()
        finally:
            pool.stop()


class _Pool:
    def __init__(self, setup: Setup, tasks: Iterable[Task]) -> None:
        self._setup = setup
        self._queue = TaskQueue(tasks)
        self._processes: dict[Connection, _Process] = {}

    def start(self, workers: int) -> None:
        """Start processes, no more than there are tasks."""
        while len(self._processes) < workers and self._queue:
            self._start()

    def results(self) -> Iterator[Result]:
        """Yield results until there are no more tasks."""
        while self._processes:
            for pipe in wait(list(self._processes)):
                assert isinstance(pipe, Connection)
                result = self._result(self._processes[pipe])
                if result is not None:
                    self._go_on(self._processes[pipe])
                    yield result

    def stop(self) -> None:
        """End all processes, at once where they are at work."""
        for worker in self._processes.values():
            worker.process.terminate()
        for worker in self._processes.values():
            _end(worker)
        self._processes.clear()

    def _start(self) -> None:
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=_serve, args=(theirs, self._setup), daemon=True)
        with _one_thread():
            process.start()
        theirs.close()
        worker = _Process(process, ours, self._queue.draw())
        self._processes[ours] = worker
        _send(worker)

    def _result(self, worker: _Process) -> Result | None:
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
        if self._queue:
            worker.task = self._queue.draw()
            _send(worker)
        else:
            del self._processes[worker.pipe]
            _end(worker)

    def _replace(self, worker: _Process) -> None:
        del self._processes[worker.pipe]
        _end(worker)
        why = f"its process ended with {_cause(worker.process.exitcode)}; is there enough memory?"
        self._queue.give_back(worker.task, why)
        self._start()


def _send(worker: _Process) -> None:
    with suppress(OSError):  # it died: reading from it says so
        worker.pipe.send(worker.task)


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


@contextmanager
def _one_thread() -> Iterator[None]:
    """Set what a process must find before it imports anything; afterwards all is as it was."""
    was = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in was.items():
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
                answer = portable(error)
            pipe.send(answer)
