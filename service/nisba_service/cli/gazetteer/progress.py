"""A bar with rate and time left, on standard error, where that is a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

# Items between two looks at the clock.
_STRIDE = 500


def tracked(
    items: Iterable[T], label: str, total: int, position: Callable[[], int] | None = None
) -> Iterator[T]:
    """Yield the items, and show how far they are.

    Args:
        items: what is worked on.
        label: what is done with them.
        total: of items, or of what `position` counts.
        position: how far the source of the items has been read; None: the items are counted.
    """
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console  # noqa: PLC0415 (other commands need no rich)
    from rich.progress import (  # noqa: PLC0415 (as above)
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn(f"{label:>9}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[count]:,} at {task.fields[rate]:,.0f}/s"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(label, total=total, count=0, rate=0.0)
        began, count = time.monotonic(), 0
        for count, item in enumerate(items, start=1):
            if count % _STRIDE == 0:
                rate = count / max(time.monotonic() - began, 1e-9)
                done = count if position is None else position()
                progress.update(task, completed=done, count=count, rate=rate)
            yield item
        progress.update(task, completed=total, count=count)
