"""The readers of this process that workers have, or are to have: their numbers, their snapshots."""

from __future__ import annotations

import shutil
import tempfile
import threading
import weakref
from dataclasses import dataclass
from pathlib import Path

from nisba_service.gazetteer.changes import GazetteerChanges
from nisba_service.linking.parts import Parts
from nisba_service.server.reading import Reader
from nisba_service.server.workers import snapshot


@dataclass(frozen=True, slots=True)
class Step:
    """What makes a reader of the one before."""

    base: int
    changes: GazetteerChanges


class Editions:
    """The numbers of the readers that are alive, and how each follows from the one before."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count = 0
        self._known: weakref.WeakKeyDictionary[Reader, tuple[int, Step | None]] = (
            weakref.WeakKeyDictionary()
        )

    def add(self, reader: Reader, step: Step | None) -> int:
        """Take in a reader, and return its number."""
        with self._lock:
            number = self._count
            self._count += 1
            self._known[reader] = (number, step)
        return number

    def number(self, reader: Reader) -> int:
        """Return the number of a reader."""
        with self._lock:
            return self._known[reader][0]

    def step_to(self, reader: Reader) -> Step | None:
        """Return how a reader follows from one before; None: it is brought as a whole."""
        with self._lock:
            return self._known[reader][1]


class Shelf:
    """A private folder with snapshots: the newest, and the one before that a worker may open."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="nisba-workers-"))
        self._lock = threading.Lock()
        self._saved: list[int] = []

    def of(self, number: int, parts: Parts) -> Path:
        """Return the folder of a reader's parts, which are saved if they are not yet.

        Raises:
            OSError: they cannot be saved, now; what there is of them is removed.
        """
        folder = self._folder / str(number)
        with self._lock:
            if number not in self._saved:
                try:
                    snapshot.save(parts, folder)
                except BaseException:  # else the folder would be in the way of the next attempt
                    shutil.rmtree(folder, ignore_errors=True)
                    raise
                self._saved.append(number)
                for old in self._saved[:-2]:
                    shutil.rmtree(self._folder / str(old), ignore_errors=True)
                del self._saved[:-2]
        return folder

    def remove(self) -> None:
        """Remove all. What is mapped from it stays readable for who has it."""
        shutil.rmtree(self._folder, ignore_errors=True)
