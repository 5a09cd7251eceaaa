"""The texts behind a few mentions, without reading the others."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from nisba_service.archive.layout import shard_name
from nisba_service.errors import ArchiveDamaged


@dataclass(frozen=True, slots=True)
class Texts:
    """The documents of an archive, in a folder."""

    folder: Path

    def of(self, shard: int, document_ids: Collection[str]) -> dict[str, str]:
        """Return the texts of documents of one shard, by ID; only their row groups are read.

        Raises ArchiveDamaged: the shard cannot be read, or has no such document.
        """
        path = self.folder / shard_name(shard)
        try:
            with pq.ParquetFile(path) as file:
                found = dict(_texts(file, pa.array(sorted(document_ids), pa.string())))
        except (OSError, pa.ArrowException) as error:
            raise ArchiveDamaged(path, type(error).__name__) from error
        if len(found) < len(set(document_ids)):
            raise ArchiveDamaged(path, "it lacks a document that has links")
        return found


def _texts(file: pq.ParquetFile, wanted: pa.Array) -> Iterator[tuple[str, str]]:
    for group in range(file.num_row_groups):
        ids = file.read_row_group(group, columns=["document_id"])["document_id"]
        rows = pc.indices_nonzero(pc.is_in(ids, wanted))
        if len(rows):
            texts = file.read_row_group(group, columns=["text"])["text"]
            yield from zip(ids.take(rows).to_pylist(), texts.take(rows).to_pylist(), strict=True)
