"""Rows of documents and of tagged spans, as the values that tagging and linking take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from nisba_service.archive.tables import ROW_GROUP_DOCUMENTS
from nisba_service.errors import ArchiveDamaged
from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.model import Document, TaggedSpan


def documents_of(table: pa.Table) -> list[Document]:
    """Return the documents of a shard, in order."""
    columns = (table[name].to_pylist() for name in ("document_id", "text", "language", "date"))
    return [
        Document(text, document_id, Language(language) if language else None, date)
        for document_id, text, language, date in zip(*columns, strict=True)
    ]


class ShardTexts:
    """The texts of a shard, for who needs few of them: a row group is read at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._group = -1
        self._texts: list[str] = []

    def text(self, ordinal: int) -> str:
        """Return the text of a document. Raises ArchiveDamaged."""
        group, place = divmod(ordinal, ROW_GROUP_DOCUMENTS)
        if group != self._group:
            self._texts, self._group = self._read(group), group
        return self._texts[place]

    def _read(self, group: int) -> list[str]:
        try:
            with pq.ParquetFile(self._path) as file:
                texts: list[str] = file.read_row_group(group, columns=["text"])["text"].to_pylist()
                return texts
        except (OSError, pa.ArrowException) as error:
            raise ArchiveDamaged(self._path, type(error).__name__) from error


def spans_of(table: pa.Table) -> Mapping[str, list[TaggedSpan]]:
    """Return the spans of a shard's documents by ID; a document without spans has none."""
    spans: Mapping[str, list[TaggedSpan]] = defaultdict(list)
    columns = (table[name].to_pylist() for name in ("document_id", "start", "end", "type"))
    for document_id, start, end, type in zip(*columns, strict=True):
        spans[document_id].append(TaggedSpan(start, end, EntityType(type)))
    return spans
