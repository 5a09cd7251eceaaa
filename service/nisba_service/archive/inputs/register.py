"""`inputs.json`: what the archive was made of."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from nisba_service.archive import durable
from nisba_service.archive.inputs.columns import Columns
from nisba_service.errors import ArchiveDamaged


@dataclass(frozen=True, slots=True)
class TakenIn:
    """An input that was taken in, or is being taken in.

    Attributes:
        address: of the file or folder, without a password.
        stamp: changes with the input as far as its file system tells.
        sha256: the checksum of its files; empty until all were read.
        first_shard, shards: its shards are these many from the first on, and no others.
        rows: documents and rejects together.
    """

    address: str
    columns: Columns
    first_shard: int
    stamp: str = ""
    sha256: str = ""
    size: int = 0
    shards: int = 0
    rows: int = 0
    rejected: int = 0
    passed_over: int = 0

    @property
    def is_whole(self) -> bool:
        """Say whether all of it was taken in."""
        return bool(self.sha256)

    @property
    def numbers(self) -> range:
        """Return the numbers of its shards."""
        return range(self.first_shard, self.first_shard + self.shards)


class Register:
    """The inputs of an archive in the order in which they were taken in; all but the last whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.inputs: list[TakenIn] = _read(path)

    def find(self, address: str) -> TakenIn | None:
        """Return the input of an address."""
        return next((one for one in self.inputs if one.address == address), None)

    @property
    def unfinished(self) -> TakenIn | None:
        """The input that a run was killed over."""
        last = self.inputs[-1] if self.inputs else None
        return None if last is None or last.is_whole else last

    @property
    def next_shard(self) -> int:
        """The number of the first shard that no input has."""
        return self.inputs[-1].numbers.stop if self.inputs else 0

    def put(self, taken: TakenIn) -> None:
        """Add an input, or write down what became of it. Raises OSError."""
        others = [one for one in self.inputs if one.address != taken.address]
        self._write(sorted([*others, taken], key=lambda one: one.first_shard))

    def remove(self, taken: TakenIn) -> None:
        """Forget an input. Raises OSError."""
        self._write([one for one in self.inputs if one.address != taken.address])

    def _write(self, inputs: Sequence[TakenIn]) -> None:
        content = json.dumps(list(map(asdict, inputs)), ensure_ascii=False, indent=1)
        durable.write(self._path, content.encode())
        self.inputs = list(inputs)


def _read(path: Path) -> list[TakenIn]:
    try:
        content = json.loads(path.read_bytes())
        return [replace(TakenIn(**one), columns=Columns(**one["columns"])) for one in content]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ArchiveDamaged(path, type(error).__name__) from error
