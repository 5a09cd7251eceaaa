"""What every run has around it: the lock, one clear message whatever stops it, the summary."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from nisba_service.archive.description import Archive, at_work
from nisba_service.cli.exits import EXIT_INTERRUPTED
from nisba_service.errors import ArchiveError

_STAYS = "what was done stays: the same command goes on from there"


@contextmanager
def working(archive: Archive, command: str, *, goes_on: bool = True) -> Iterator[None]:
    """Hold the archive's lock for a command; `goes_on`: a second one goes on where it is stopped.

    Ctrl-C is one line and exit code 130. Raises ArchiveBusy, and ArchiveError for a disk that is
    full or a file that cannot be written.
    """
    stays = f"; {_STAYS}" if goes_on else ""
    try:
        with at_work(archive, f"nisba archive {command}"):
            yield
    except KeyboardInterrupt:
        print(f"nisba: interrupted{stays}", file=sys.stderr)
        raise typer.Exit(EXIT_INTERRUPTED) from None
    except OSError as error:
        where = error.filename or archive.layout.root
        raise ArchiveError(f"{where}: {error.strerror or error}{stays}") from error


class Stopwatch:
    """How long a run took, and how many documents a second that is."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    @property
    def seconds(self) -> str:
        """Return "12.3 s"."""
        return f"{time.monotonic() - self._began:,.1f} s"

    def told(self, documents: int) -> str:
        """Return "12.3 s, 41 documents/s"."""
        rate = documents / max(time.monotonic() - self._began, 1e-9)
        return f"{self.seconds}, {rate:,.0f} documents/s"
