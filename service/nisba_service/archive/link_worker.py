"""Shards of documents and tagged spans in, shards of links out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from nisba_service.archive import tables
from nisba_service.archive.documents import documents_of, spans_of
from nisba_service.archive.engines.base import Failure, Result, Task
from nisba_service.archive.gazetteers import GazetteerSource
from nisba_service.archive.link_rows import links_table
from nisba_service.archive.rejects import Reason
from nisba_service.linking.linker import Linker
from nisba_service.linking.model import LinkedDocument
from nisba_service.linking.parts import Parts
from nisba_service.linking.policy import POLICY, Policy
from nisba_service.names.types import Language
from nisba_service.tagging.mention_finder import MentionFinder
from nisba_service.tagging.model import Document, TaggedSpan


@dataclass(frozen=True, slots=True)
class LinkSetup:
    """Links to a gazetteer that every process loads by itself."""

    gazetteer: GazetteerSource
    policy: Policy = field(default=POLICY)

    def worker(self) -> LinkWorker:
        """Load the gazetteer and make its parts. Raises ArchiveError, StoreError."""
        return LinkWorker(Parts.of(self.gazetteer.load()), self.policy)


class LinkWorker:
    """Links shards."""

    def __init__(self, parts: Parts, policy: Policy = POLICY) -> None:
        self._linker = PlainLinker(parts, policy)
        self._policy = policy

    def run(self, task: Task) -> Result:
        """Link the documents of a shard. Raises ArchiveDamaged, OSError."""
        documents_path, tagged_path = task.reads
        documents = documents_of(tables.read(documents_path, tables.DOCUMENTS))
        spans = spans_of(tables.read(tagged_path, tables.TAGGED))
        linked, failures = [], []
        for document in documents:
            result = self._linked(document, spans.get(document.id, ()))
            if result is None:
                failures.append(Failure(document.id, Reason.NOT_LINKED))
            else:
                linked.append((result, document.date))
        table = links_table(linked, self._policy)
        staged = tables.stage(task.writes[0], table, tables.LINKS)
        return Result(task.shard, (staged,), len(documents), tuple(failures))

    def _linked(self, document: Document, spans: Sequence[TaggedSpan]) -> LinkedDocument | None:
        """Return a document's links; None where the linker fails at it."""
        try:
            return self._linker.link(document, spans)
        except (OSError, MemoryError):
            raise
        except Exception:
            return None  # one document must not stop a million; it is in rejects/


class PlainLinker:
    """Links documents that have been tagged, and nothing else: what others are held against."""

    def __init__(self, parts: Parts, policy: Policy = POLICY) -> None:
        self._finder = MentionFinder(_NoTagger(), parts.spotter)
        self._linker = Linker(parts, self._finder, policy)

    def link(self, document: Document, spans: Sequence[TaggedSpan]) -> LinkedDocument:
        """Return the links of a document. Raises ScriptUnsupported."""
        return self._linker.link_mentions(document, self._finder.find(document, spans))


class _NoTagger:
    """Stands where a finder has its tagger: documents of an archive have been tagged."""

    @property
    def model_version(self) -> str:
        """Return nothing: the manifest names the models."""
        return ""

    def tag(self, texts: Sequence[str], language: Language) -> list[list[TaggedSpan]]:
        """Never called."""
        raise AssertionError("an archive tags with its own workers. This is a bug.")
