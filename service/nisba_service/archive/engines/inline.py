"""The engine without processes: few documents are done sooner here than a process starts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nisba_service.archive.engines.base import Result, Setup, Task


class InlineEngine:
    """Runs tasks in this process, one after another."""

    def run(self, setup: Setup, tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield the results in order. Raises what the worker raises."""
        worker = None
        for task in tasks:
            worker = setup.worker() if worker is None else worker
            yield worker.run(task)
