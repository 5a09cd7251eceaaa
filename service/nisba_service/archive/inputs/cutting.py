"""Cuts the rows of an input into shards: in the same way whenever it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from nisba_service.archive import tables
from nisba_service.archive.inputs.columns import Columns
from nisba_service.archive.inputs.known_ids import KnownIds
from nisba_service.archive.inputs.locations import Input
from nisba_service.archive.inputs.reading import rows
from nisba_service.archive.inputs.rows import Accepted, checked
from nisba_service.archive.rejects import Reason, Reject

# Rejects that are held until their shard is full of documents.
_MOST_REJECTS = 5_000


@dataclass(slots=True)
class Cut:
    """A shard being filled, and how many bytes of the input were read until it was full."""

    documents: list[Accepted] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    read: int = 0

    def is_full(self, size: int) -> bool:
        """Say whether the shard holds as much as one may."""
        return len(self.documents) >= size or len(self.rejects) >= _MOST_REJECTS

    def table(self) -> pa.Table:
        """Return the documents as rows."""
        return tables.of_rows(map(_row, self.documents), tables.DOCUMENTS)


@dataclass(slots=True)
class Reading:
    """An input being read: how far, and what it turned out to be."""

    input: Input
    columns: Columns
    ids: KnownIds
    position: int = 0
    sums: list[str] = field(default_factory=list)

    @property
    def sha256(self) -> str:
        """The checksum of all files that were read."""
        return _joined(self.sums)

    def cuts(self, size: int) -> Iterator[Cut]:
        """Yield the shards of the input, at least one. Raises InputError."""
        cut, yielded = Cut(), False
        for item in self._items():
            if isinstance(item, Reject):
                cut.rejects.append(item)
            else:
                cut.documents.append(item)
            if cut.is_full(size):
                cut.read = self.position
                yield cut
                cut, yielded = Cut(), True
        if cut.documents or cut.rejects or not yielded:
            cut.read = self.position
            yield cut

    def _items(self) -> Iterator[Accepted | Reject]:
        before = 0
        for file in self.input.files:
            with file.content() as content:
                for row in rows(file, self.columns, content):
                    self.position = before + content.position
                    yield row if isinstance(row, Reject) else self._new(checked(row))
                self.sums.append(content.sha256())
            before += file.size

    def _new(self, item: Accepted | Reject) -> Accepted | Reject:
        if isinstance(item, Reject):
            return item
        known = self.ids.add(item.document.id, item.place)
        if known is None:
            return item
        return Reject(Reason.DUPLICATE_ID, item.place, item.document.id, f"first at {known}")


def _row(accepted: Accepted) -> tuple[object, ...]:
    document, place = accepted.document, accepted.place
    language = "" if document.language is None else document.language.value
    return document.id, document.text, language, document.date, place.source, place.row


def checksum(input: Input) -> str:
    """Return the checksum of all files of an input, see `Reading.sha256`. Raises InputError."""
    sums = []
    for file in input.files:
        with file.content() as content:
            sums.append(content.sha256())
    return _joined(sums)


def _joined(sums: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(sums).encode()).hexdigest()
