"""One run at a time: an advisory lock on a file of the archive, which dies with its process."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from nisba_service.errors import ArchiveBusy


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the lock: a command, its process, its machine, and since when (UTC)."""

    command: str
    process: int
    machine: str
    since: str

    def __str__(self) -> str:
        return f"{self.command}, process {self.process} on {self.machine}, since {self.since} UTC"


@contextmanager
def locked(path: Path, command: str) -> Iterator[None]:
    """Hold the lock at `path`.

    Raises ArchiveBusy if another process holds it; the message says which.
    """
    with path.open("a+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ArchiveBusy(
                f"{path.parent}: is in use by {_read(path) or 'another run'}"
            ) from None
        since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
        _write(path, Holder(command, os.getpid(), socket.gethostname(), since))
        try:
            yield
        finally:
            file.truncate(0)


def holder(path: Path) -> Holder | None:
    """Return who holds the lock now; None: nobody."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return None
    except BlockingIOError:
        return _read(path) or Holder("another run", 0, "unknown", "unknown")
    return None


def _write(path: Path, holder: Holder) -> None:
    # In place: the lock is on this file, not on its name.
    path.write_text(json.dumps(asdict(holder), ensure_ascii=False), encoding="utf-8")


def _read(path: Path) -> Holder | None:
    try:
        return Holder(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
