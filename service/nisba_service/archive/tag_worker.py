"""Shards of documents in, shards of tagged spans out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from nisba_service.archive import tables
from nisba_service.archive.documents import documents_of
from nisba_service.archive.engines.base import Failure, Result, Task
from nisba_service.archive.rejects import Reason
from nisba_service.errors import InvalidInput, ModelsError, NisbaServiceError
from nisba_service.tagging.mention_finder import MentionFinder
from nisba_service.tagging.model import Document, TaggedSpan, Tagger
from nisba_service.tagging.spotter import Spotter
from nisba_service.tagging.stanza_tagger import StanzaTagger

# Code points tagged together: more fills the tagger's batches no better, and takes memory.
_BATCH = 200_000


@dataclass(frozen=True, slots=True)
class TagSetup:
    """Tags with the models of a folder; every machine has them under one path.

    Attributes:
        model_version: of the models that the run began with; others are refused.
    """

    models: Path
    model_version: str

    @classmethod
    def of(cls, models: Path) -> TagSetup:
        """Return the setup of a folder of models. Raises ModelsError."""
        return cls(models.absolute(), load_tagger(models, eager=False).model_version)

    def worker(self) -> TagWorker:
        """Load the models. Raises ModelsError."""
        tagger = load_tagger(self.models)
        if tagger.model_version != self.model_version:
            raise ModelsError(f"{self.models}: is not what it was when the run began")
        return TagWorker(ModelTagger(tagger))


class DocumentTagger(Protocol):
    """Tags whole documents, here or elsewhere."""

    def tag(self, documents: Sequence[Document]) -> Sequence[tuple[TaggedSpan, ...] | None]:
        """Return the spans of each document, None where the tagger fails at it.

        Raises NisbaServiceError, OSError: it cannot tag at all.
        """
        ...


class TagWorker:
    """Tags shards: what depends on text and models alone."""

    def __init__(self, tagger: DocumentTagger) -> None:
        self._tagger = tagger

    def run(self, task: Task) -> Result:
        """Tag the documents of a shard. Raises NisbaServiceError, OSError."""
        (source,), (target,) = task.reads, task.writes
        documents = documents_of(tables.read(source, tables.DOCUMENTS))
        tagged = list(zip(documents, self._tagger.tag(documents), strict=True))
        failures = (Failure(d.id, Reason.NOT_TAGGED) for d, spans in tagged if spans is None)
        table = tagged_table((document, spans or ()) for document, spans in tagged)
        staged = tables.stage(target, table, tables.TAGGED)
        return Result(task.shard, (staged,), len(documents), tuple(failures))


class ModelTagger:
    """Tags with models in this process."""

    def __init__(self, tagger: Tagger) -> None:
        self._finder = MentionFinder(tagger, Spotter.build(()))

    def tag(self, documents: Sequence[Document]) -> Sequence[tuple[TaggedSpan, ...] | None]:
        """Return the spans of each document, None where the tagger fails at it."""
        return [spans for batch in _batches(documents) for spans in self._tagged(batch)]

    def _tagged(self, batch: Sequence[Document]) -> Sequence[tuple[TaggedSpan, ...] | None]:
        try:
            return self._finder.tag_many(batch)
        except (OSError, MemoryError):
            raise
        except Exception as error:
            # One document must not stop a million: the others of its batch are tagged without it.
            if isinstance(error, NisbaServiceError) and not isinstance(error, InvalidInput):
                raise
            if len(batch) == 1:
                return [None]
            return [found for document in batch for found in self._tagged([document])]


def load_tagger(models: Path, *, eager: bool = True) -> Tagger:
    """Load the tagging models, or find them alone. Raises ModelsError."""
    return StanzaTagger.load(models, eager=eager, threads=1)


def tagged_table(tagged: Iterable[tuple[Document, Sequence[TaggedSpan]]]) -> pa.Table:
    """Return the spans of documents as rows."""
    rows = ((d.id, s.start, s.end, s.type.value) for d, spans in tagged for s in spans)
    return tables.of_rows(rows, tables.TAGGED)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.text)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
