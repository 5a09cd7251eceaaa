"""One run at a time: an advisory lock on a file of the archive, which dies with its process."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from nisba_service.errors import ArchiveBusy, ArchiveError

# `holder` has the lock for a moment: whoever asks who is at work must not stop a run that begins.
_PAUSES = (0.02, 0.1, 0.3)


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

    Raises ArchiveBusy if another process holds it; the message says which. Raises ArchiveError if
    the archive cannot be written.
    """
    with _opened(path) as file:
        if not _taken(file):
            raise ArchiveBusy(f"{path.parent}: is in use by {_read(path) or 'another run'}")
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


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("a+b")
    except OSError as error:
        raise ArchiveError(
            f"{path}: cannot be written ({error.strerror}), so nothing was begun: every run holds"
            " it, `verify` too, which takes damaged files out of their place"
        ) from error


def _taken(file: BinaryIO) -> bool:
    """Take the lock of an open file; say whether nobody else has it, after all pauses either."""
    for pause in _PAUSES:
        if _taken_at_once(file):
            return True
        time.sleep(pause)
    return _taken_at_once(file)


def _taken_at_once(file: BinaryIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _write(path: Path, holder: Holder) -> None:
    # In place: the lock is on this file, not on its name.
    path.write_text(json.dumps(asdict(holder), ensure_ascii=False), encoding="utf-8")


def _read(path: Path) -> Holder | None:
    try:
        return Holder(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
