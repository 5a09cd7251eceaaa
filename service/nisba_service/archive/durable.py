"""Files that are there as a whole or not at all, also after a kill or a power cut.

A file is written beside its place under a temporary name and synced; then it is renamed, and the
folder synced. What a kill leaves behind begins with `TEMPORARY`, and the next run removes it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

TEMPORARY = ".new-"
DAMAGED = ".damaged"
SUM = ".sha256"
"""Ends the name of a file with the checksum of the one beside it, as `sha256sum -c` reads it."""


def stage(path: Path, content: bytes) -> Path:
    """Write what is to become `path` under a temporary name beside it, synced; return that name.

    Raises OSError; nothing is left behind then.
    """
    temporary = path.with_name(f"{TEMPORARY}{uuid4().hex}-{path.name}")
    try:
        _write_synced(temporary, content, "wb")
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def write(path: Path, content: bytes) -> None:
    """Put a file in its place, over the one that may be there. Raises OSError."""
    stage(path, content).replace(path)
    sync_folder(path.parent)


def aside(path: Path) -> Path:
    """Return where a damaged file is kept: readers of a folder's `*.parquet` pass it over."""
    return path.with_name(f"{path.name}{DAMAGED}")


def set_aside(path: Path) -> None:
    """Take a damaged file out of its place, and keep it: most of it may be whole.

    One that is not there is none to keep. Raises OSError.
    """
    if path.exists():
        path.replace(aside(path))
        sync_folder(path.parent)


def write_with_sum(path: Path, content: bytes) -> None:
    """Put a file in its place, with its checksum in a file beside it. Raises OSError."""
    write(path, content)
    digest = hashlib.sha256(content).hexdigest()
    write(path.with_name(f"{path.name}{SUM}"), f"{digest}  {path.name}\n".encode())


def append_line(path: Path, line: str) -> None:
    """Add a line to a file, synced: whoever reads it takes a last line without its end for none."""
    _write_synced(path, f"{line}\n".encode(), "ab")


def _write_synced(path: Path, content: bytes, mode: str) -> None:
    try:
        with path.open(mode) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        # A write that fails does not say of which file.
        error.filename = error.filename or str(path)
        raise


def stage_same(path: Path, source: Path) -> Path:
    """Put `source`, or a copy where the file system has no hard links, under a temporary name
    beside `path`; return that name. Raises OSError."""
    temporary = path.with_name(f"{TEMPORARY}{uuid4().hex}-{path.name}")
    try:
        os.link(source, temporary)
    except OSError:
        shutil.copyfile(source, temporary)
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
    return temporary


def link_or_copy(source: Path, target: Path) -> None:
    """Make `target` the same file as `source`, or a copy where the file system has no hard links.

    A file that is there already is replaced. The folder is left to be synced. Raises OSError.
    """
    temporary = stage_same(target, source)
    # A rename of one name of a file over another of the same file leaves both.
    temporary.replace(target)
    temporary.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder last."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sweep(folders: Iterable[Path]) -> None:
    """Remove what runs that were killed left behind. Only whoever holds the lock may call it."""
    for folder in folders:
        for path in folder.glob(f"{TEMPORARY}*"):
            path.unlink(missing_ok=True)


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file, 64 hexadecimal digits. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
