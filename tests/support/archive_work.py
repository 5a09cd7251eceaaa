"""Work for engines: each task copies a file, and some do harm to the worker that begins them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nisba_service.archive import tables
from nisba_service.archive.engines.base import Result, Task
from nisba_service.errors import ArchiveDamaged, ModelsError


@dataclass(frozen=True, slots=True)
class CopyWork:
    """A Setup.

    Attributes:
        notes: a folder in which each worker notes its process, and each task its beginning. While
            it holds a file `hold`, no task goes on.
        lethal: how often the task of a shard kills its worker.
        damaged: shards whose task fails.
        has_models: whether workers can be made.
    """

    notes: Path
    lethal: dict[int, int] = field(default_factory=dict)
    damaged: frozenset[int] = frozenset()
    has_models: bool = True

    def worker(self) -> Copier:
        if not self.has_models:
            raise ModelsError("there are no models in /models")
        (self.notes / f"worker-{os.getpid()}").touch()
        return Copier(self)

    def begun(self, shard: int | None = None) -> int:
        """Count the beginnings of a shard's task, or of all."""
        which = "*" if shard is None else shard
        return len(list(self.notes.glob(f"begun-{which}-*")))

    def workers(self) -> list[int]:
        """Return the processes that ever were a worker."""
        return [int(path.name.rpartition("-")[2]) for path in self.notes.glob("worker-*")]


@dataclass(frozen=True, slots=True)
class Copier:
    work: CopyWork

    def run(self, task: Task) -> Result:
        (self.work.notes / f"begun-{task.shard}-{os.getpid()}-{time.monotonic_ns()}").touch()
        if self.work.begun(task.shard) <= self.work.lethal.get(task.shard, 0):
            os.kill(os.getpid(), signal.SIGKILL)
        if task.shard in self.work.damaged:
            raise ArchiveDamaged(task.reads[0], "no Parquet file")
        while (self.work.notes / "hold").exists():
            time.sleep(0.01)
        content = task.reads[0].read_bytes()
        staged = tables.stage_bytes(task.writes[0], content, rows=1)
        return Result(task.shard, (staged,), documents=1)


def tasks_of(folder: Path, count: int) -> Iterator[Task]:
    """Yield tasks over files that are made here."""
    for shard in range(count):
        source = folder / f"in-{shard}"
        source.write_text(f"مقال {shard}", encoding="utf-8")
        yield Task(shard, (source,), (folder / f"out-{shard}",))
