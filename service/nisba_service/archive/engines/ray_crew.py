"""The actors of a run: hired, given tasks, replaced when they are lost, dismissed."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from nisba_service.archive.engines.base import ATTEMPTS, Result, Task
from nisba_service.archive.engines.ray_options import RayOptions
from nisba_service.archive.engines.ray_worker import Failed, Order, RayWorker
from nisba_service.archive.engines.task_queue import TaskQueue
from nisba_service.errors import ArchiveError, WorkerFailed

_LOOK_SECONDS: Final = 1.0
"""How long a look at the cluster waits for news."""


@dataclass(frozen=True, slots=True)
class _Lost:
    """An actor that will not return anything any more, with its machine or alone."""

    why: str


@dataclass(slots=True)
class _Member:
    """An actor, and the task it is at; None: it arrives, loads or is free."""

    actor: Any
    arrived: bool = False
    loaded: bool = False
    task: Task | None = None


class Crew:
    """The actors of one run, asked for at once. They come when the cluster has room."""

    def __init__(self, ray: Any, order: Order, options: RayOptions) -> None:
        self._ray = ray
        self._order = order
        self._options = options
        self._busy: dict[Any, _Member] = {}  # by the reference to what it will return
        self._free: list[_Member] = []
        self._at_work = time.monotonic()
        self._lost_in_a_row = 0
        self._size = options.workers or self._room()
        for _ in range(self._size):
            self._hire()

    def results(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield the results of all tasks; workers go on with the next ones meanwhile.

        Raises:
            NisbaServiceError, OSError: as a worker raised it.
            ArchiveError: a machine is not fit for the run, or none has room for a worker.
            WorkerFailed: a task was lost too often.
        """
        queue = TaskQueue(tasks)
        while queue or self._works():
            self._hand_out(queue)
            result = self._look(queue)
            if result is not None:
                self._hand_out(queue)
                yield result

    def dismiss(self) -> None:
        """End all workers, whatever they are at."""
        for member in self._busy.values():
            self._ray.kill(member.actor)

    def _works(self) -> bool:
        return any(member.task is not None for member in self._busy.values())

    def _hand_out(self, queue: TaskQueue) -> None:
        while self._free and queue:
            member = self._free.pop()
            member.task = queue.draw()
            self._busy[member.actor.run.remote(member.task)] = member
        # Whoever has nothing to do makes room. Kept, it might be lost with its machine unnoticed,
        # and cost the next task that it is given an attempt.
        while self._free:
            self._ray.kill(self._free.pop().actor)

    def _hire(self) -> None:
        hired = self._ray.remote(
            num_cpus=self._options.cpus,
            scheduling_strategy="SPREAD",
            # A lost worker is replaced here, where the attempts of its task are counted.
            max_restarts=0,
            max_task_retries=0,
        )
        actor = hired(RayWorker).remote(self._order)
        self._busy[actor.arrive.remote()] = _Member(actor)

    def _room(self) -> int:
        cpus = self._ray.cluster_resources().get("CPU", 0)
        return max(1, int(cpus / self._options.cpus))

    def _look(self, queue: TaskQueue) -> Result | None:
        """Wait a moment for news, and return the result that came, if one did."""
        self._check_patience()
        news, _ = self._ray.wait(list(self._busy), num_returns=1, timeout=_LOOK_SECONDS)
        for reference in news:
            member = self._busy.pop(reference)
            task, member.task = member.task, None
            outcome = self._arrived(reference)
            if isinstance(outcome, _Lost):
                self._replace(member, outcome)
                if task is not None:
                    queue.give_back(task, outcome.why)
            elif isinstance(outcome, Failed):
                raise outcome.error
            else:
                self._go_on(member)
                return outcome
        return None

    def _go_on(self, member: _Member) -> None:
        """Have a machine that was looked at load, and note who is free."""
        if member.arrived:
            member.loaded = True
            self._free.append(member)
        else:
            member.arrived = True
            self._busy[member.actor.load.remote()] = member

    def _arrived(self, reference: Any) -> Result | Failed | _Lost | None:
        """Return what an actor returned; None: it is ready for more."""
        try:
            outcome: Result | Failed | None = self._ray.get(reference)
        except self._ray.exceptions.RayTaskError:
            raise  # Not the worker's own error, which comes as a value, and nothing that passes.
        except self._ray.exceptions.RayError as error:
            return _Lost(type(error).__name__)
        return outcome

    def _replace(self, member: _Member, lost: _Lost) -> None:
        """Hire another, unless they die one after the other before they are at work."""
        self._ray.kill(member.actor)  # Unavailable is not yet dead.
        self._lost_in_a_row = 0 if member.loaded else self._lost_in_a_row + 1
        if self._lost_in_a_row >= ATTEMPTS * self._size:
            raise WorkerFailed(
                f"{self._lost_in_a_row} workers in a row were lost before they were at work "
                f"({lost.why}): give each more memory, or run fewer on a machine"
            )
        self._hire()

    def _check_patience(self) -> None:
        now = time.monotonic()
        if any(member.arrived for member in self._busy.values()):
            self._at_work = now
        elif now - self._at_work > self._options.patience:
            cpus = self._ray.cluster_resources().get("CPU", 0)
            free = self._ray.available_resources().get("CPU", 0)
            raise ArchiveError(
                f"no worker came for {self._options.patience:g} s: each takes "
                f"{self._options.cpus:g} CPU, and the cluster has {cpus:g} CPU, {free:g} of it free"
            )
