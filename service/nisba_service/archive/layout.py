"""Where the parts of an archive lie: names and paths, nothing that opens a file.

    archive.json                      version of the format, size of shards; never changes
    LOCK                              held by the one run that may write
    inputs.json                       what was taken in
    documents/part-00000.parquet      beside the shards of each dataset: _manifest.json
    tagged/MODEL/part-00000.parquet
    links/STATE/part-00000.parquet
    traces/STATE/part-00000.arrow
    deltas/STATE..STATE.parquet
    gazetteers/STATE.jsonl.zst        the gazetteers that came from files
    rejects/*.jsonl

A state is named after the gazetteer that it was linked to: r000012 is revision 12 of a store,
v0123456789abcdef the content hash of files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PARQUET = ".parquet"
ARROW = ".arrow"

_STATE = re.compile(r"r[0-9]{6,}|v[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths of the archive in folder `root`."""

    root: Path

    @property
    def description(self) -> Path:
        """What makes a folder an archive."""
        return self.root / "archive.json"

    @property
    def lock(self) -> Path:
        """The file that a run locks."""
        return self.root / "LOCK"

    @property
    def inputs(self) -> Path:
        """What was taken in."""
        return self.root / "inputs.json"

    @property
    def documents(self) -> Path:
        """The dataset of texts."""
        return self.root / "documents"

    @property
    def rejects(self) -> Path:
        """The folder of what was not taken in, and of what could not be tagged or linked."""
        return self.root / "rejects"

    def tagged(self, model: str) -> Path:
        """The dataset of one version of the models."""
        return self.root / "tagged" / model

    def links(self, state: str) -> Path:
        """The dataset of one state of the gazetteer."""
        return self.root / "links" / state

    def traces(self, state: str) -> Path:
        """What each document of that state asked the gazetteer."""
        return self.root / "traces" / state

    def delta(self, before: str, after: str) -> Path:
        """What differs between two states."""
        return self.root / "deltas" / f"{before}..{after}{PARQUET}"

    def deltas_of(self, state: str) -> list[Path]:
        """The deltas from a state and to it, with their checksums."""
        deltas = self.root / "deltas"
        return sorted({*deltas.glob(f"{state}..*"), *deltas.glob(f"*..{state}.*")})

    def gazetteer(self, state: str) -> Path:
        """The snapshot of a gazetteer that came from files."""
        return self.root / "gazetteers" / f"{state}.jsonl.zst"

    def models(self) -> list[str]:
        """Return the versions of models that have tagged, whole or in part, in order of name."""
        return sorted(path.name for path in _folders(self.root / "tagged"))

    def states(self) -> list[str]:
        """Return the states that are linked, whole or in part, in order of name."""
        return sorted(path.name for path in _folders(self.root / "links") if is_state(path.name))


def state_name(version: str, revision: int) -> str:
    """Return the state of a gazetteer, by its revision in a store, else by its content hash."""
    return f"r{revision:06d}" if revision else f"v{version}"


def is_state(text: str) -> bool:
    """Say whether a text is the name of a state."""
    return _STATE.fullmatch(text) is not None


def shard_name(shard: int, suffix: str = PARQUET) -> str:
    """Return the file name of a shard in its dataset; shards count from 0."""
    return f"part-{shard:05d}{suffix}"


def _folders(parent: Path) -> Iterator[Path]:
    if parent.is_dir():
        yield from (path for path in parent.iterdir() if path.is_dir())
