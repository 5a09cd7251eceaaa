"""The parts of a gazetteer in a folder, for workers to open: the index's arrays mapped into memory
and shared by all of them, the rest as objects."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from nisba_service.gazetteer.collector import collector_paused
from nisba_service.gazetteer.index import NameIndex
from nisba_service.linking.parts import Parts
from nisba_service.server.workers.messages import dumps, loads

INDEX = "index"
_OBJECTS = "objects"


def save(parts: Parts, folder: Path) -> None:
    """Save parts to a folder, which is made; only this user can read it. Raises OSError."""
    folder.mkdir(mode=0o700)
    parts.index.save(folder / INDEX)
    with_no_names = replace(parts, index=NameIndex.build(()))
    (folder / _OBJECTS).write_bytes(dumps(with_no_names))


def open_parts(folder: Path) -> Parts:
    """Open what was saved. The folder may be removed afterwards. Raises OSError."""
    with collector_paused():
        parts: Parts = loads((folder / _OBJECTS).read_bytes())
    return replace(parts, index=NameIndex.open(folder / INDEX))
