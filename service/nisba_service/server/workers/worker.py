"""One worker process, as the server sees it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Final, Protocol

from nisba_service.server.reading import Reading, Text, Wanted
from nisba_service.server.workers import messages
from nisba_service.server.workers.messages import (
    Batch,
    Cancel,
    Change,
    Fault,
    Forget,
    Load,
    Question,
    Read,
    Ready,
    Start,
)

_TICK_SECONDS: Final = 0.05
"""How often it is looked whether callers have gone while a worker reads."""

_PROGRAM: Final = "nisba_service.server.workers.process"


class WorkerLost(Exception):
    """Expected: a worker has died, or hung and was killed, with whatever it was reading."""


class WorkerNotStarted(Exception):
    """Expected: a worker could not load what it reads by; `fault` is what was raised, if known."""

    def __init__(self, fault: Fault | None) -> None:
        told = "" if fault is None else fault.message or fault.kind
        super().__init__(told or "a worker ended before it was ready")
        self.fault = fault


class Job(Wanted, Protocol):
    """A text that somebody waits for until a time of the monotonic clock."""

    @property
    def expires(self) -> float:
        """When nobody waits any more."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a worker may take, in seconds: to be ready, and for its next sign of life.

    `absence` is how long there may be no worker at all before texts count as unreadable: a moment
    of that is no reason to send callers elsewhere.
    """

    start: float
    silence: float
    absence: float = 10.0


class Worker:
    """Owns a process and the pipes to it. One thread reads with it at a time; orders are locked."""

    def __init__(self, start: Start, limits: Limits) -> None:
        self._limits = limits
        self._process, self._jobs, self._control = _spawn()
        self._ordering = threading.Lock()
        self._batches = 0
        self._start = start
        self.known: set[int] = set()
        with suppress(OSError):  # it is gone already: `wait_until_ready` will say so
            self._control.send_bytes(messages.dumps(start))

    @property
    def pid(self) -> int:
        """The ID of the process."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Tell whether the process runs."""
        return self._process.poll() is None

    def wait_until_ready(self) -> str:
        """Return the version of the models that were loaded.

        Raises:
            WorkerNotStarted: it ended, failed, or took too long; its process is gone.
        """
        fault: Fault | None = None
        try:
            if self._jobs.poll(self._limits.start):
                answer = messages.loads(self._jobs.recv_bytes())
                if isinstance(answer, Ready):
                    self.known.add(self._start.first.number)
                    return answer.model_version
                fault = answer
        except (EOFError, OSError):
            pass
        self.kill()
        raise WorkerNotStarted(fault)

    def wait_for_end(self) -> None:
        """Return when the process has ended."""
        self._process.wait()

    def bring(self, number: int, order: Callable[[], Load], step: Change | None) -> None:
        """See that the worker has a reader: by what changed, if it has the one before.

        Args:
            number: the reader's.
            order: brings it as a whole.
            step: brings what changed; None: nothing is known of the one before.

        Raises:
            WorkerLost: the process is gone, does not answer, or could not obey.
        """
        with self._ordering:
            if number in self.known:
                return
            has_base = step is not None and step.base in self.known
            self._obeyed(step if step is not None and has_base else order())
            self.known.add(number)

    def forget(self, number: int) -> None:
        """See that the worker has no such reader. Raises WorkerLost."""
        with self._ordering:
            if number in self.known:
                self.known.discard(number)
                self._obeyed(Forget(number))

    def read(
        self, jobs: Sequence[Job], number_of: Callable[[Text], int]
    ) -> Iterator[Reading | Exception]:
        """Yield what becomes of each text, in order, as soon as it is known.

        Raises:
            WorkerLost: the process is gone, or gave no sign of life for too long.
        """
        self._batches += 1
        questions = tuple(
            Question(number_of(j.work), j.work.task, j.work.document, j.expires) for j in jobs
        )
        gone: set[int] = set()
        with _lost_if_broken():
            self._jobs.send_bytes(messages.dumps(Batch(self._batches, questions)))
        for job in jobs:
            read = self._next_outcome(jobs, gone)
            job.spent = read.spent
            yield messages.received(read.outcome)

    def kill(self) -> None:
        """End the process now."""
        self._process.kill()
        self._process.wait()

    def _obeyed(self, order: Load | Change | Forget) -> None:
        with _lost_if_broken():
            self._control.send_bytes(messages.dumps(order))
            limit = self._limits.start if isinstance(order, Load) else self._limits.silence
            if not self._control.poll(limit):
                raise WorkerLost
            if messages.loads(self._control.recv_bytes()) is not None:
                raise WorkerLost

    def _next_outcome(self, jobs: Sequence[Job], gone: set[int]) -> Read:
        silent_until = time.monotonic() + self._limits.silence
        with _lost_if_broken():
            while not self._jobs.poll(_TICK_SECONDS):
                self._cancel_unwanted(jobs, gone)
                if time.monotonic() > silent_until:
                    raise WorkerLost
            read: Read = messages.loads(self._jobs.recv_bytes())
            return read

    def _cancel_unwanted(self, jobs: Sequence[Job], gone: set[int]) -> None:
        places = {i for i, job in enumerate(jobs) if i not in gone and not job.is_wanted}
        if places:
            gone |= places
            self._jobs.send_bytes(messages.dumps(Cancel(self._batches, frozenset(places))))


@contextmanager
def _lost_if_broken() -> Iterator[None]:
    """A broken pipe is a lost worker."""
    try:
        yield
    except (EOFError, OSError) as error:
        raise WorkerLost from error


def _spawn() -> tuple[subprocess.Popen[bytes], Connection, Connection]:
    """Start a process of a fresh interpreter: a fork would copy gRPC's threads half-way."""
    ours, theirs = zip(socket.socketpair(), socket.socketpair(), strict=True)
    descriptors = [end.fileno() for end in theirs]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen(
        [sys.executable, "-m", _PROGRAM, *map(str, descriptors)],
        pass_fds=descriptors,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env=environment,
    )
    for end in theirs:
        end.close()
    jobs, control = (Connection(end.detach()) for end in ours)
    return process, jobs, control
