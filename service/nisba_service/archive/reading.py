"""An archive as those open it who only read: complete states, and the texts behind them.

No lock is taken: the files of a complete state never change, they are only replaced as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from nisba_service.archive import tables
from nisba_service.archive.description import open_archive
from nisba_service.archive.layout import Layout, shard_name, state_name
from nisba_service.archive.manifest import Manifest, read_manifest
from nisba_service.errors import ArchiveError

_REVISION = re.compile(r"r?(?P<number>[0-9]{1,18})")
# States that an error names.
_LISTED = 10


@dataclass(frozen=True, slots=True)
class State:
    """The links of all documents with one state of the gazetteer, complete when it was made."""

    name: str
    folder: Path
    manifest: Manifest

    def read(self, shard: int, columns: Sequence[str]) -> pa.Table:
        """Return columns of a shard's links, a row a mention. Raises ArchiveDamaged."""
        return tables.read(self.folder / shard_name(shard), tables.LINKS, columns)

    def shards(self, columns: Sequence[str]) -> Iterator[tuple[int, pa.Table]]:
        """Yield each shard's number and columns, one shard in memory. Raises ArchiveDamaged."""
        return ((shard, self.read(shard, columns)) for shard in self.manifest.shards)


@dataclass(frozen=True, slots=True)
class Reader:
    """The complete states of an archive."""

    layout: Layout

    @classmethod
    def open(cls, root: Path) -> Reader:
        """Return the archive in a folder. Raises ArchiveError if there is none."""
        return cls(open_archive(root).layout)

    def state(self, text: str) -> State:
        """Return the state that a user names: r000012 or 12, v0123456789abcdef or its beginning.

        Raises ArchiveError: there is none, or several, or it is not complete.
        """
        found = [name for name in self.layout.states() if _is_named(name, text)]
        if not found:
            known = _listed(self.layout.states())
            raise ArchiveError(f"{self.layout.root}: has no state {text}; it has {known}")
        if len(found) > 1:
            raise ArchiveError(f"{text} may be any of the states {_listed(found)}")
        state = self._opened(found[0])
        if state is None:
            raise ArchiveError(
                f"{found[0]} is not complete: `nisba archive link` or `relink` goes on with it"
            )
        return state

    def newest(self) -> State:
        """Return the state that was completed last. Raises ArchiveError if there is none."""
        complete = self._complete()
        if not complete:
            raise ArchiveError(
                f"{self.layout.root}: has no complete links; `nisba archive link` makes them"
            )
        return complete[-1]

    def later(self, state: State) -> int:
        """Return how many documents of now a complete state lacks: they came after it."""
        documents = read_manifest(self.layout.documents)
        if documents is None:
            return 0
        lacking = state.manifest.lacking(documents.shards)
        return sum(documents.shards[number].documents for number in lacking)

    def before(self, state: State) -> State | None:
        """Return the state that was completed last before another; None: it is the first."""
        complete = self._complete()
        place = [one.name for one in complete].index(state.name)
        return complete[place - 1] if place else None

    def _complete(self) -> list[State]:
        states = filter(None, map(self._opened, self.layout.states()))
        return sorted(states, key=lambda state: (state.manifest.completed, state.name))

    def _opened(self, name: str) -> State | None:
        folder = self.layout.links(name)
        manifest = read_manifest(folder)
        if manifest is None or not manifest.complete:
            return None
        return State(name, folder, manifest)


def _is_named(name: str, text: str) -> bool:
    match = _REVISION.fullmatch(text)
    if match is not None and name == state_name("", int(match["number"])):
        return True
    return name == text or (text[:1] == "v" and len(text) > 1 and name.startswith(text))


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_LISTED]) or "none"
    return f"{shown}, …" if len(names) > _LISTED else shown
