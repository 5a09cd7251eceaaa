"""What an archive holds, in a form in which two archives can be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from nisba_service.archive.durable import TEMPORARY, checksum
from nisba_service.archive.manifest import MANIFEST, read_manifest

_DATASETS = ("documents", "tagged/*", "links/*", "traces/*")
_LOOSE = ("deltas/*.parquet", "gazetteers/*", "rejects/*")


def contents(archive: Path) -> Mapping[str, str]:
    """Return the SHA-256 of every file of an archive that has data in it, by its path.

    Raises AssertionError: a file is not what its manifest says, or a run left one behind.
    """
    assert not list(archive.rglob(f"{TEMPORARY}*")), "a temporary file was left behind"
    loose = {str(p.relative_to(archive)): checksum(p) for g in _LOOSE for p in archive.glob(g)}
    folders = (path.parent for g in _DATASETS for path in archive.glob(f"{g}/{MANIFEST}"))
    return {**loose, **{name: sum for folder in folders for name, sum in _dataset(archive, folder)}}


def dataset(archive: Path, folder: Path) -> Mapping[str, str]:
    """Return the SHA-256 of every shard of a dataset, by its path. Raises AssertionError."""
    return dict(_dataset(archive, folder))


def _dataset(archive: Path, folder: Path) -> Iterator[tuple[str, str]]:
    manifest = read_manifest(folder)
    assert manifest is not None, f"{folder} has no manifest"
    assert manifest.complete, f"{folder} is not complete"
    files = sorted(folder.glob("part-*"))
    assert len(files) == len(manifest.shards), (
        f"{folder} lacks files, or has others than its manifest"
    )
    for file, shard in zip(files, manifest.shards.values(), strict=True):
        assert checksum(file) == shard.sha256, f"{file} is not what the manifest says"
        yield str(file.relative_to(archive)), shard.sha256
