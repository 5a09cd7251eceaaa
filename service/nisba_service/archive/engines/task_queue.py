"""The tasks of a run as an engine draws them: those whose worker died come again, not for ever."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable

from nisba_service.archive.engines.base import ATTEMPTS, Task
from nisba_service.errors import WorkerFailed


class TaskQueue:
    """Draws tasks one by one from where they come from, at most one ahead."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._tasks = iter(tasks)
        self._ahead: deque[Task] = deque()
        self._lost: Counter[int] = Counter()

    def __bool__(self) -> bool:
        """Say whether there is another task."""
        if not self._ahead:
            self._ahead.extend(task for task in [next(self._tasks, None)] if task is not None)
        return bool(self._ahead)

    def draw(self) -> Task:
        """Return the next task, of which there is one."""
        assert self, "there is another task; this is a bug"
        return self._ahead.popleft()

    def give_back(self, task: Task, why: str) -> None:
        """Let a task be begun again whose worker died.

        Raises:
            WorkerFailed: it was begun often enough.
        """
        self._lost[task.shard] += 1
        if self._lost[task.shard] >= ATTEMPTS:
            raise WorkerFailed(
                f"shard {task.shard} was begun {ATTEMPTS} times, and each time its worker was lost "
                f"({why}); what is done is kept, and the next run goes on"
            )
        self._ahead.appendleft(task)
