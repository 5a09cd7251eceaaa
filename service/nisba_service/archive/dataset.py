"""A dataset that a run adds shards to, each committed by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Self

import pyarrow as pa

from nisba_service.archive import durable
from nisba_service.archive.layout import PARQUET, shard_name
from nisba_service.archive.manifest import (
    Manifest,
    Origin,
    Shard,
    append_shard,
    read_manifest,
    write_manifest,
)
from nisba_service.archive.tables import Staged
from nisba_service.errors import ArchiveError

WRITTEN_BY = f"pyarrow {pa.__version__}"


class Dataset:
    """The shards of a folder. Only whoever holds the archive's lock may change it.

    A manifest of another origin is not continued: the dataset begins anew. Nothing is written
    before the first change, so a run that finds everything done leaves every file as it was.
    """

    def __init__(self, folder: Path, origin: Origin, suffix: str = PARQUET) -> None:
        self.folder = folder
        self.origin = origin
        self._suffix = suffix
        found = read_manifest(folder)
        self._is_open = False
        self._generation = 0 if found is None else found.generation
        self._was = found if found is not None and found.origin == origin else Manifest(origin)
        self._shards = dict(self._was.shards)

    @classmethod
    def existing(cls, folder: Path, suffix: str = PARQUET) -> Self:
        """Open a dataset that is there, of whatever origin. Raises ArchiveError."""
        manifest = read_manifest(folder)
        if manifest is None:
            raise ArchiveError(f"{folder}: is not there, or was never begun")
        return cls(folder, manifest.origin, suffix)

    @property
    def shards(self) -> Mapping[int, Shard]:
        """The shards that are committed, by number."""
        return MappingProxyType(self._shards)

    @property
    def is_complete(self) -> bool:
        """Say whether the dataset has been complete and not changed since."""
        return self._was.complete and not self._is_open

    def path(self, number: int) -> Path:
        """Return where a shard lies, or will."""
        return self.folder / shard_name(number, self._suffix)

    def has(self, number: int, made_from: tuple[str, ...]) -> bool:
        """Say whether a shard is committed, of these files, and its file is there in full size.

        Only `verify` reads the file.
        """
        shard = self._shards.get(number)
        if shard is None or shard.made_from != made_from:
            return False
        try:
            return self.path(number).stat().st_size == shard.bytes
        except OSError:
            return False

    def commit(self, shard: Shard, staged: Staged) -> None:
        """Put a staged file in its place, for good. Raises OSError."""
        self.open()
        staged.path.replace(self.path(shard.number))
        durable.sync_folder(self.folder)
        self._record(shard)

    def adopt(self, shard: Shard, source: Path) -> None:
        """Take a file of another dataset for a shard: the same file under one more name.

        The folder is synced by `finish` or the next commit; until then the shard may be lost in a
        power cut, and the next run makes it again. Raises OSError.
        """
        self.open()
        durable.link_or_copy(source, self.path(shard.number))
        self._shards[shard.number] = shard

    def drop(self, numbers: Iterable[int]) -> None:
        """Take shards out of the dataset. Raises OSError."""
        gone = [number for number in numbers if self._shards.pop(number, None) is not None]
        if gone:
            self._rewrite()
            for number in gone:
                self.path(number).unlink(missing_ok=True)

    def set_aside(self, numbers: Iterable[int]) -> None:
        """Take damaged shards out of the dataset, and keep their files. Raises OSError."""
        gone = list(numbers)
        for number in gone:
            durable.set_aside(self.path(number))
        self.drop(gone)

    def finish(self) -> None:
        """Say that all shards are there. Raises OSError."""
        if not self.is_complete:
            self.open()
            self._remove_strays()
            durable.sync_folder(self.folder)
            # To the microsecond: which state is the newest is told by it.
            completed = datetime.now(UTC).isoformat(timespec="microseconds")
            self._write(complete=True, completed=completed)
            self._is_open = False

    def open(self) -> None:
        """Make the dataset ready for changes: from here on it is incomplete. Raises OSError."""
        if not self._is_open:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._rewrite()

    def _remove_strays(self) -> None:
        # A kill between the rename of a file and its commit leaves a shard that nobody knows, but
        # whoever reads all files of the folder would.
        known = {self.path(number) for number in self._shards}
        for path in self.folder.glob(f"part-*{self._suffix}"):
            if path not in known:
                path.unlink(missing_ok=True)

    def _rewrite(self) -> None:
        self._write(complete=False, completed=self._was.completed)
        self._is_open = True

    def _record(self, shard: Shard) -> None:
        append_shard(self.folder, self._generation, shard)
        self._shards[shard.number] = shard

    def _write(self, *, complete: bool, completed: str) -> None:
        shards = MappingProxyType(dict(sorted(self._shards.items())))
        generation = self._generation + 1
        manifest = Manifest(self.origin, shards, complete, WRITTEN_BY, completed, generation)
        write_manifest(self.folder, manifest)
        self._generation = generation
        self._was = replace(manifest, shards=MappingProxyType({}))
