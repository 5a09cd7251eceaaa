"""A bar on standard error where that is a terminal: documents a second, time left, rejects."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Bar:
    """Shows how far a run is; an Observer. Where there is no terminal, it only passes notes on."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._documents = 0
        self._rejects = 0

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self._progress = _progress()
            self._progress.start()
        return self

    def __exit__(
        self,
        type: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def begin(self, label: str, total: int, unit: str) -> None:
        """Begin a bar; the one before stays as it is."""
        self._documents = self._rejects = 0
        if self._progress is not None and total:
            self._task = self._progress.add_task(label, total=total, rate=0.0, rejects=0)

    def advance(self, amount: int, documents: int, rejects: int) -> None:
        """Move the bar on."""
        self._documents += documents
        self._rejects += rejects
        if self._progress is not None and self._task is not None:
            task = self._progress.tasks[self._progress.task_ids.index(self._task)]
            rate = self._documents / max(task.elapsed or 0.0, 1e-9)
            self._progress.update(
                self._task, advance=amount, rate=rate, rejects=self._rejects, refresh=True
            )

    def note(self, message: str) -> None:
        """Write a line above the bar, or to standard error where there is none."""
        if self._progress is None:
            print(f"nisba: {message}", file=sys.stderr)
        else:
            self._progress.console.print(message, markup=False, highlight=False)


def _progress() -> Progress:
    from rich.console import Console  # noqa: PLC0415 (only a terminal needs rich)
    from rich.progress import (  # noqa: PLC0415 (as above)
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description:>9}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]:,.0f} documents/s"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[rejects]:,} rejected"),
        console=Console(stderr=True),
    )
