"""Curators' files in, an immutable gazetteer out: `load` to serve it, `check` to review it.

The steps: files.py (files into records) → schema.py (the form of a record) → rules.py (what the
parts of a record say about one another) → reading.py (what records say about one another).
The problems of all files are reported together, each with its file and line; what the parts of a
record say is looked at once its form is right.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from nisba_service.errors import GazetteerError, Problem
from nisba_service.gazetteer.doubts import doubts
from nisba_service.gazetteer.model import Gazetteer
from nisba_service.gazetteer.reading import Reading, read
from nisba_service.gazetteer.version import ContentHash


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a curator should know of a path.

    Attributes:
        errors: broken rules: the gazetteer cannot be loaded before they are mended.
        warnings: what looks doubtful, in the records that break no rule of their own.
        gazetteer: what `load` would return; None if there are errors.
    """

    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    gazetteer: Gazetteer | None


def load(path: Path) -> Gazetteer:
    """Return the gazetteer in a folder of YAML files, a YAML file or a JSON Lines file.

    Raises GazetteerError with every problem of every file.
    """
    with _collector_paused():
        reading = read(path)
        if reading.problems:
            raise GazetteerError(tuple(reading.problems))
        return _gazetteer(reading)


def check(path: Path) -> CheckReport:
    """Return every problem and every doubt that the files under `path` give rise to."""
    with _collector_paused():
        reading = read(path)
        return CheckReport(
            errors=tuple(reading.problems),
            warnings=tuple(doubts(reading.entities, reading.places)),
            gazetteer=None if reading.problems else _gazetteer(reading),
        )


def _gazetteer(reading: Reading) -> Gazetteer:
    entities = dict(sorted(reading.entities.items()))
    redirects = dict(sorted(reading.redirects.items()))
    version = ContentHash.of(entities.values(), redirects).version
    return Gazetteer(MappingProxyType(entities), version, MappingProxyType(redirects))


@contextmanager
def _collector_paused() -> Iterator[None]:
    # Nothing made here is garbage in a cycle, and looking for it takes most of the time that
    # 100 000 entities need.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
