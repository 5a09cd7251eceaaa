"""A piece of work that somebody waits for, and who is told what becomes of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from nisba_service.server.reading import Spent

Work = TypeVar("Work")
Answer = TypeVar("Answer")


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

    def settle(self, outcome: Answer | Exception) -> None:
        """Tell whoever still waits what became of it."""
        if not self.outcome.done():
            self.outcome.set_result(outcome)


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
