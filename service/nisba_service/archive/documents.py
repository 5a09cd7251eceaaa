"""Rows of documents and of tagged spans, as the values that tagging and linking take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pyarrow as pa

from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.model import Document, TaggedSpan


def documents_of(table: pa.Table) -> list[Document]:
    """Return the documents of a shard, in order."""
    columns = (table[name].to_pylist() for name in ("document_id", "text", "language", "date"))
    return [
        Document(text, document_id, Language(language) if language else None, date)
        for document_id, text, language, date in zip(*columns, strict=True)
    ]


def spans_of(table: pa.Table) -> Mapping[str, list[TaggedSpan]]:
    """Return the spans of a shard's documents by ID; a document without spans has none."""
    spans: Mapping[str, list[TaggedSpan]] = defaultdict(list)
    columns = (table[name].to_pylist() for name in ("document_id", "start", "end", "type"))
    for document_id, start, end, type in zip(*columns, strict=True):
        spans[document_id].append(TaggedSpan(start, end, EntityType(type)))
    return spans
