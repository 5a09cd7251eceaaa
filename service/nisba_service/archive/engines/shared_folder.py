"""Whether another machine sees the folder that this one sees: a file with a secret shows it.

Workers on other machines read and write an archive under its path. A path that leads elsewhere
there (a disk of the machine's own, a mount that failed) would go unnoticed until files are missing.
"""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nisba_service.archive.durable import TEMPORARY
from nisba_service.errors import ArchiveError


@dataclass(frozen=True, slots=True)
class SharedFolder:
    """A folder, and what only those know who see it. It can be pickled."""

    folder: Path
    nonce: str

    @classmethod
    @contextmanager
    def shown(cls, folder: Path) -> Iterator[SharedFolder]:
        """Lay the file down that others must find, while the context lasts. Raises OSError."""
        shared = cls(folder.resolve(), secrets.token_hex(16))
        shared._file.write_text(shared.nonce, encoding="ascii")
        try:
            yield shared
        finally:
            for path in shared.folder.glob(f"{shared._file.name}*"):
                path.unlink(missing_ok=True)

    def check(self) -> None:
        """Read the file, and write one beside it, on the machine where this is called.

        Raises:
            ArchiveError: this machine does not see the folder, or cannot write to it.
        """
        if not self._is_seen():
            raise ArchiveError(
                f"{socket.gethostname()} does not see the archive at {self.folder}: it must be on "
                "a file system that all machines share, under one path"
            )
        try:
            self._answer.write_bytes(b"")
        except OSError as error:
            raise ArchiveError(
                f"{socket.gethostname()} cannot write to the archive at {self.folder} "
                f"({error.strerror}): its workers need the same rights there as the run"
            ) from error

    @property
    def _file(self) -> Path:
        return self.folder / f"{TEMPORARY}{self.nonce[:16]}"

    @property
    def _answer(self) -> Path:
        return self._file.with_name(f"{self._file.name}-{socket.gethostname()}-{os.getpid()}")

    def _is_seen(self) -> bool:
        try:
            return self._file.read_text(encoding="ascii") == self.nonce
        except OSError:
            return False
