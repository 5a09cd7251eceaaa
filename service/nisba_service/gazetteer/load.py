"""Curators' files in, an immutable gazetteer out: `load` to serve it, `check` to review it.

The steps: files.py (files into records) → schema.py (the form of a record) → rules.py (what the
parts of a record say about one another) → reading.py (what records say about one another).
Every problem is reported at once, each with its file and line.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from nisba_service.errors import GazetteerError
from nisba_service.gazetteer.model import Gazetteer
from nisba_service.gazetteer.reading import read
from nisba_service.gazetteer.version import content_hash


def load(path: Path) -> Gazetteer:
    """Return the gazetteer in a folder of YAML files, a YAML file or a JSON Lines file.

    Raises GazetteerError with every problem of every file.
    """
    with _collector_paused():
        reading = read(path)
        if reading.problems:
            raise GazetteerError(tuple(reading.problems))
        entities = dict(sorted(reading.entities.items()))
        return Gazetteer(MappingProxyType(entities), content_hash(entities.values()))


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
