"""What differs between two states of an archive, shard by shard.

Shards of one checksum are skipped without being read. Documents that only one of the two states
covers, since they were taken in later, are counted and not compared: nothing became of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from nisba_service.archive import diff
from nisba_service.archive.layout import Layout
from nisba_service.archive.reading import State
from nisba_service.archive.reasons import Reasons


@dataclass(frozen=True, slots=True)
class StateDiff:
    """Two complete states of one archive, and why documents were linked again between them."""

    before: State
    after: State
    reasons: Reasons

    @classmethod
    def of(cls, layout: Layout, before: State, after: State) -> StateDiff:
        """Return the comparison of two states. Raises ArchiveDamaged."""
        return cls(before, after, Reasons.between(layout, before.name, after.name))

    @property
    def common(self) -> tuple[int, ...]:
        """Return the shards that both states have."""
        return tuple(self.before.manifest.shards.keys() & self.after.manifest.shards.keys())

    @property
    def unlike(self) -> tuple[int, ...]:
        """Return the shards that both have, and that are not the same bytes, in order."""
        was, is_ = self.before.manifest.shards, self.after.manifest.shards
        return tuple(sorted(n for n in self.common if was[n].sha256 != is_[n].sha256))

    @property
    def documents(self) -> int:
        """Return the number of documents that both states cover."""
        return sum(self.after.manifest.shards[shard].documents for shard in self.common)

    @property
    def not_compared(self) -> int:
        """Return the number of documents that only one of the states covers."""
        was, is_ = self.before.manifest.shards, self.after.manifest.shards
        alone = [was.get(shard) or is_[shard] for shard in was.keys() ^ is_.keys()]
        return sum(shard.documents for shard in alone)

    def deltas(self) -> Iterator[tuple[int, pa.Table]]:
        """Yield the deltas of each shard that has some, one shard in memory.

        Raises ArchiveDamaged.
        """
        for shard in self.unlike:
            before, after = (side.read(shard, diff.READ) for side in (self.before, self.after))
            documents = {*before["document_id"].to_pylist(), *after["document_id"].to_pylist()}
            deltas = diff.compare(before, after, self.reasons.of(documents))
            if deltas.num_rows:
                yield shard, deltas
