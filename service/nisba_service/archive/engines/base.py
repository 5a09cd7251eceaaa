"""The interface between a run, which knows the archive, and an engine, which knows machines.

A run describes its work once (`Setup`) and cuts it into shards (`Task`). An engine makes a worker
of the setup in each of its processes, hands it tasks, and passes on what comes back (`Result`).
Workers write files under temporary names and return their names: nothing large passes between
processes, and only the run, which holds the lock, puts a file in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from nisba_service.archive.tables import Staged

ATTEMPTS = 3
"""How often a task is begun whose worker dies, before the run ends: a machine that was taken away
is not the task's fault, a document that kills each process that reads it is."""


@dataclass(frozen=True, slots=True)
class Task:
    """The work of one shard. All paths are absolute; every machine of an engine sees them.

    Attributes:
        shard: its number.
        reads: the files that it is made of, in an order that the worker knows.
        writes: the files to be made, in an order that the run knows: workers write beside them.
        ordinals: the documents of the shard to be worked on; None: all of them.
    """

    shard: int
    reads: tuple[Path, ...]
    writes: tuple[Path, ...]
    ordinals: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that no result could be made for; the shard goes on without it.

    `reason` is one of the archive's reasons for a reject, never text of the document.
    """

    document_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a task: staged files, one for each of the task's `writes`, and counts."""

    shard: int
    files: tuple[Staged, ...]
    documents: int
    failures: tuple[Failure, ...] = ()


class Worker(Protocol):
    """Does tasks one at a time, in the process that it was made in."""

    def run(self, task: Task) -> Result:
        """Do a task. Equal tasks give equal files.

        Raises NisbaServiceError, OSError (a full disk): the run ends, and the next one goes on.
        """
        ...


class Setup(Protocol):
    """A small description of what workers need, which can be pickled."""

    def worker(self) -> Worker:
        """Load models and gazetteer and return a worker, once in each process.

        Raises NisbaServiceError: what is wrong is wrong for all workers, and the run ends.
        """
        ...


class Engine(Protocol):
    """Runs tasks somewhere."""

    def run(self, setup: Setup, tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield the results of all tasks, in any order.

        Tasks are drawn as workers become free, at most a few ahead. Each worker sets torch to one
        thread. A worker that dies is replaced and its task begun again, `ATTEMPTS` times in all.
        Closing the iterator stops the workers; files that they have staged are left.

        Raises:
            NisbaServiceError, OSError: as a worker raised it.
            WorkerFailed: a task killed each worker that began it; the message names its shard.
        """
        ...
