"""Shards of documents and tagged spans in, shards of links and of traces out.

All documents of a shard are linked, or some of them: the rows of the others are then taken over
from the state before. Both ways end in the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from nisba_service.archive import tables
from nisba_service.archive.documents import documents_of, spans_of
from nisba_service.archive.engines.base import Failure, Result, Task
from nisba_service.archive.gazetteers import GazetteerSource
from nisba_service.archive.link_rows import links_table, replaced
from nisba_service.archive.rejects import Reason
from nisba_service.archive.trace import NO_TRACE, Trace, TracedLinker
from nisba_service.archive.trace_index import TraceIndex
from nisba_service.linking.model import LinkedDocument
from nisba_service.linking.parts import Parts
from nisba_service.linking.policy import POLICY, Policy
from nisba_service.tagging.model import Document, TaggedSpan


@dataclass(frozen=True, slots=True)
class LinkSetup:
    """Links to a gazetteer that every process loads by itself."""

    gazetteer: GazetteerSource
    policy: Policy = field(default=POLICY)

    def worker(self) -> LinkWorker:
        """Load the gazetteer and make its parts. Raises ArchiveError, StoreError."""
        return LinkWorker(Parts.of(self.gazetteer.load()), self.policy)


@dataclass(frozen=True, slots=True)
class ReadySetup:
    """Links with parts that are there already: for the engine that has no processes."""

    parts: Parts
    policy: Policy = field(default=POLICY)

    def worker(self) -> LinkWorker:
        """Return a worker."""
        return LinkWorker(self.parts, self.policy)


@dataclass(slots=True)
class _Linked:
    """What became of some documents of a shard, by their ordinals."""

    links: dict[int, pa.Table] = field(default_factory=dict)
    traces: dict[int, Trace] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)


class LinkWorker:
    """Links shards; see `Task` for a shard of which some documents are linked again."""

    def __init__(self, parts: Parts, policy: Policy = POLICY) -> None:
        self._linker = TracedLinker(parts, policy)
        self._policy = policy

    def run(self, task: Task) -> Result:
        """Link the documents of a shard, all or those of the task's ordinals.

        The task reads documents and spans, then links and traces of the state before if it has
        ordinals; it writes links and traces. Raises ArchiveDamaged, OSError.
        """
        documents_path, tagged_path, *before = task.reads
        documents = documents_of(tables.read(documents_path, tables.DOCUMENTS))
        spans = spans_of(tables.read(tagged_path, tables.TAGGED))
        ordinals = range(len(documents)) if task.ordinals is None else task.ordinals
        linked = self._linked({n: documents[n] for n in ordinals}, spans)
        if task.ordinals is None:
            links = pa.concat_tables(linked.links.values()) if linked.links else _NONE
            traces = TraceIndex.of([linked.traces[n] for n in ordinals])
        else:
            links_path, traces_path = before
            after = {documents[n].id: table for n, table in linked.links.items()}
            ids = [document.id for document in documents]
            links = replaced(tables.read(links_path, tables.LINKS), after, ids)
            traces = TraceIndex.open(traces_path).updated(linked.traces)
        return Result(
            task.shard,
            (
                tables.stage(task.writes[0], links, tables.LINKS),
                tables.stage_arrow(task.writes[1], traces.table(), traces.documents),
            ),
            len(documents),
            tuple(linked.failures),
        )

    def _linked(
        self, documents: Mapping[int, Document], spans: Mapping[str, Sequence[TaggedSpan]]
    ) -> _Linked:
        linked = _Linked()
        for ordinal, document in documents.items():
            result = self._result(document, spans.get(document.id, ()))
            if result is None:
                linked.failures.append(Failure(document.id, Reason.NOT_LINKED))
                linked.links[ordinal], linked.traces[ordinal] = _NONE, NO_TRACE
            else:
                found, linked.traces[ordinal] = result
                linked.links[ordinal] = links_table([(found, document.date)], self._policy)
        return linked

    def _result(
        self, document: Document, spans: Sequence[TaggedSpan]
    ) -> tuple[LinkedDocument, Trace] | None:
        """Return a document's links and trace; None where the linker fails at it."""
        try:
            return self._linker.link(document, spans)
        except (OSError, MemoryError):
            raise
        except Exception:
            return None  # one document must not stop a million; it is in rejects/


_NONE = tables.LINKS.empty_table()
