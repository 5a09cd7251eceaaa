"""What runs within an actor of Ray: the machine is looked at first, then a worker made and used.

Errors come back as values: Ray would wrap them, and some do not survive a pickle.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Final, TypeVar

from nisba_service.archive.engines.base import Result, Setup, Task, Worker
from nisba_service.archive.engines.portable import portable
from nisba_service.archive.engines.shared_folder import SharedFolder
from nisba_service.errors import ArchiveError, NisbaServiceError

T = TypeVar("T")

_DECIDING: Final = (
    "nisba-service", "pyarrow", "numpy", "rapidfuzz", "stringzilla", "stanza", "torch",
)  # fmt: skip
"""Whatever may change a byte of what a worker writes: two versions in one archive are no proof."""


@dataclass(frozen=True, slots=True)
class Software:
    """The versions of what decides the bytes that a machine writes."""

    versions: tuple[str, ...]

    @classmethod
    def here(cls) -> Software:
        """Return those of this machine."""
        return cls(tuple(f"{name} {_version(name)}" for name in _DECIDING))

    def check(self) -> None:
        """Compare them with those of this machine. Raises ArchiveError."""
        pairs = zip(self.versions, Software.here().versions, strict=True)
        different = [f"{here} there, {run} here" for run, here in pairs if run != here]
        if different:
            raise ArchiveError(
                f"{socket.gethostname()} has other software than this run: {'; '.join(different)}. "
                "Give all machines one image"
            )


@dataclass(frozen=True, slots=True)
class Failed:
    """An error of a worker, on its way to the run."""

    error: NisbaServiceError | OSError


@dataclass(frozen=True, slots=True)
class Order:
    """What an actor is made of. It is small, and can be pickled."""

    setup: Setup
    shared: SharedFolder
    software: Software


class RayWorker:
    """Becomes an actor by `ray.remote`."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._worker: Worker | None = None

    def arrive(self) -> Failed | None:
        """Look at the machine; return what is wrong with it, if anything."""
        return self._on_this_machine(self._check)

    def load(self) -> Failed | None:
        """Load models and gazetteer, which may take minutes; return what is wrong, if anything."""
        return self._on_this_machine(self._make)

    def run(self, task: Task) -> Result | Failed:
        """Do a task."""
        assert self._worker is not None, "a worker is loaded before it runs; this is a bug"
        worker = self._worker
        return _outcome(lambda: worker.run(task))

    def _check(self) -> None:
        self._order.software.check()
        self._order.shared.check()

    def _make(self) -> None:
        self._worker = self._order.setup.worker()

    def _on_this_machine(self, work: Callable[[], None]) -> Failed | None:
        failed = _outcome(work)
        if failed is None:
            return None
        return Failed(ArchiveError(f"a worker on {socket.gethostname()}: {failed.error}"))


def _outcome(work: Callable[[], T]) -> T | Failed:
    try:
        return work()
    except Exception as error:
        return Failed(portable(error))


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "none"
