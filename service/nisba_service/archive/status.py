"""What an archive holds, and what of it is not whole."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from nisba_service.archive.description import Archive
from nisba_service.archive.inputs.register import Register, TakenIn
from nisba_service.archive.layout import Layout
from nisba_service.archive.lock import Holder, holder
from nisba_service.archive.manifest import Manifest, Shard, read_manifest
from nisba_service.archive.verifying import datasets


@dataclass(frozen=True, slots=True)
class DatasetStatus:
    """One dataset.

    Attributes:
        kind: documents, tagged, links or traces.
        name: the version of the models, or the state; empty for documents.
        missing: shards of the archive that it lacks, or that are made of other files than now.
        completed: when it had all that the archive had then, UTC; empty: it does not, or never did.
            Such a state can be read, diff and report take it, whatever was added since.
    """

    kind: str
    name: str
    documents: int
    rows: int
    bytes: int
    rejected: int
    shards: int
    missing: int
    completed: str

    @property
    def is_complete(self) -> bool:
        """Say whether it has all that the archive has now."""
        return not self.missing and bool(self.completed)


@dataclass(frozen=True, slots=True)
class Status:
    """What an archive holds. `bytes` counts a file once, however many states share it."""

    shard_documents: int
    inputs: tuple[TakenIn, ...]
    datasets: tuple[DatasetStatus, ...]
    bytes: int
    held_by: Holder | None


def status(archive: Archive) -> Status:
    """Return what an archive holds, while a run may be at work on it. Raises ArchiveDamaged."""
    layout = archive.layout
    documents = read_manifest(layout.documents)
    shards = {} if documents is None else dict(documents.shards)
    inputs = Register(layout.inputs).inputs
    for taken in inputs:
        # A shard that was dropped counts as missing in all datasets.
        shards |= {n: _GONE for n in taken.numbers if n not in shards}
    return Status(
        archive.description.shard_documents,
        tuple(inputs),
        tuple(_datasets(layout, shards)),
        _size(layout),
        holder(layout.lock),
    )


_GONE = Shard(-1, 0, 0, 0, "")


def _datasets(layout: Layout, documents: dict[int, Shard]) -> Iterator[DatasetStatus]:
    for folder, _ in datasets(layout):
        manifest = read_manifest(folder)
        if manifest is not None:
            name = "" if folder == layout.documents else folder.name
            yield _dataset(name, manifest, documents)


def _dataset(name: str, manifest: Manifest, documents: dict[int, Shard]) -> DatasetStatus:
    kind = manifest.origin.kind
    return DatasetStatus(
        kind,
        name,
        manifest.documents,
        manifest.rows,
        manifest.bytes,
        manifest.rejected,
        len(manifest.shards),
        len(manifest.lacking(documents)),
        manifest.completed if manifest.complete else "",
    )


def _size(layout: Layout) -> int:
    sizes: dict[tuple[int, int], int] = {}
    for path in layout.root.rglob("*"):
        with suppress(FileNotFoundError):  # a run that is at work renames files
            found = path.stat()
            if stat.S_ISREG(found.st_mode):
                sizes[found.st_dev, found.st_ino] = found.st_size
    return sum(sizes.values())
