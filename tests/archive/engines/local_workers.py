"""Workers for the tests of engines: they do little, or go wrong as they are told."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from nisba_service.archive import tables
from nisba_service.archive.engines.base import Result, Task
from nisba_service.errors import ArchiveDamaged, ModelsError


@dataclass(frozen=True, slots=True)
class CopySetup:
    """Makes workers that copy files; each says in `folder` that it was made."""

    folder: Path

    def worker(self) -> CopyWorker:
        (self.folder / f"made-{os.getpid()}").touch()
        return CopyWorker()


class CopyWorker:
    """Copies what a task reads to what it writes, or does what the file says."""

    def run(self, task: Task) -> Result:
        content = task.reads[0].read_bytes()
        if content == b"die":
            os.kill(os.getpid(), signal.SIGKILL)
        if content == b"die once" and not (mark := task.reads[0].with_suffix(".died")).exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if content == b"damaged":
            raise ArchiveDamaged(task.reads[0], "on purpose")
        if content == b"full":
            raise OSError(28, "No space left on device", str(task.writes[0]))
        if content.startswith(b"bug"):
            raise KeyError(content.decode())
        if content == b"wait":
            time.sleep(600)
        staged = tables.stage_bytes(task.writes[0], content, 1)
        return Result(task.shard, (staged,), 1)


@dataclass(frozen=True, slots=True)
class BrokenSetup:
    """Makes no worker."""

    def worker(self) -> CopyWorker:
        raise ModelsError("models/: no such folder")


@dataclass(frozen=True, slots=True)
class ThreadsSetup:
    """Makes workers that write down how many threads they may use."""

    def worker(self) -> ThreadsWorker:
        return ThreadsWorker()


class ThreadsWorker:
    """Writes OMP_NUM_THREADS as it was when the process began."""

    def run(self, task: Task) -> Result:
        content = os.environ["OMP_NUM_THREADS"].encode()
        return Result(task.shard, (tables.stage_bytes(task.writes[0], content, 1),), 1)
