"""What makes a folder an archive, and what was decided when it was made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from nisba_service import __version__
from nisba_service.archive import durable
from nisba_service.archive.layout import Layout
from nisba_service.archive.lock import locked
from nisba_service.archive.manifest import drop_old_journals
from nisba_service.archive.tables import FORMAT
from nisba_service.errors import ArchiveDamaged, ArchiveError

SHARD_DOCUMENTS = 500
"""Documents of a shard by default: half a minute of tagging, which a kill may cost a worker."""


@dataclass(frozen=True, slots=True)
class Description:
    """What archive.json holds."""

    shard_documents: int = SHARD_DOCUMENTS
    format: int = FORMAT
    created_by: str = f"nisba {__version__}"


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive that is there."""

    layout: Layout
    description: Description


def create(root: Path, shard_documents: int | None = None) -> Archive:
    """Make a folder an archive, or open the one that is there already.

    Raises ArchiveError: the folder holds something else, or an archive with shards of another size.
    """
    layout = Layout(root.absolute())
    if not layout.description.exists():
        if root.exists() and (not root.is_dir() or any(_others(layout))):
            raise ArchiveError(f"{root}: is no archive, and not empty: name another folder")
        root.mkdir(parents=True, exist_ok=True)
        description = Description(shard_documents or SHARD_DOCUMENTS)
        durable.write(layout.description, json.dumps(asdict(description), indent=1).encode())
    archive = open_archive(root)
    size = archive.description.shard_documents
    if shard_documents not in (None, size):
        raise ArchiveError(f"{root}: has shards of {size} documents, which never changes")
    return archive


def open_archive(root: Path) -> Archive:
    """Open an archive. Raises ArchiveError."""
    layout = Layout(root.absolute())
    try:
        content = json.loads(layout.description.read_bytes())
        if content["format"] != FORMAT:
            raise ArchiveError(
                f"{root}: has format {content['format']}; this version of Nisba reads {FORMAT}"
            )
        return Archive(layout, Description(**content))
    except FileNotFoundError:
        raise ArchiveError(
            f"{root}: is no archive; `nisba archive tag IN --archive {root}` makes one"
        ) from None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ArchiveDamaged(layout.description, type(error).__name__) from error


@contextmanager
def at_work(archive: Archive, command: str) -> Iterator[None]:
    """Hold the archive's lock, and leave no temporary file behind, nor any of runs before.

    Raises ArchiveBusy, ArchiveError.
    """
    with locked(archive.layout.lock, command):
        _sweep(archive.layout)
        try:
            yield
        finally:
            _sweep(archive.layout)


def _sweep(layout: Layout) -> None:
    root = layout.root
    kinds = (root / kind for kind in ("tagged", "links", "traces"))
    datasets = [path for kind in kinds if kind.is_dir() for path in kind.iterdir()]
    datasets.append(layout.documents)
    others = (root, *(root / name for name in ("deltas", "gazetteers", "rejects")))
    durable.sweep([*datasets, *others])
    for folder in datasets:
        drop_old_journals(folder)


def _others(layout: Layout) -> Iterator[Path]:
    yield from (path for path in layout.root.iterdir() if path != layout.lock)
