"""Shards of documents and tagged spans in, shards of links and of traces out.

All documents of a shard are linked, or some of them: the rows of the others are then taken over
from the state before. Both ways end in the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from nisba_service.archive import tables
from nisba_service.archive.documents import documents_of, spans_of
from nisba_service.archive.engines.base import Failure, Result, Task
from nisba_service.archive.gazetteers import GazetteerSource
from nisba_service.archive.link_rows import links_table, replaced
from nisba_service.archive.rejects import Reason
from nisba_service.archive.tables import Staged
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
    """What became of some documents of a shard, in order: links by their IDs, traces by their
    ordinals."""

    links: dict[str, pa.Table] = field(default_factory=dict)
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
        rows = tables.read(documents_path, tables.DOCUMENTS)
        spans = tables.read(tagged_path, tables.TAGGED)
        if task.ordinals is None:
            linked = self._linked(range(rows.num_rows), rows, spans)
            links, traces = _of_all(linked)
            links_file = tables.stage(task.writes[0], links, tables.LINKS)
        else:
            linked = self._linked(task.ordinals, rows.take(task.ordinals), spans)
            links_path, traces_path = before
            links_file = _stage_links(task.writes[0], links_path, linked, rows["document_id"])
            traces = TraceIndex.open(traces_path).updated(linked.traces)
        traces_file = tables.stage_arrow(task.writes[1], traces.table(), traces.documents)
        files = links_file, traces_file
        return Result(task.shard, files, rows.num_rows, tuple(linked.failures))

    def _linked(self, ordinals: Sequence[int], rows: pa.Table, tagged: pa.Table) -> _Linked:
        """Link documents, whose rows these are; the spans are those of the shard."""
        spans = spans_of(tagged.filter(pc.is_in(tagged["document_id"], rows["document_id"])))
        linked = _Linked()
        for ordinal, document in zip(ordinals, documents_of(rows), strict=True):
            result = self._result(document, spans.get(document.id, ()))
            if result is None:
                linked.failures.append(Failure(document.id, Reason.NOT_LINKED))
                linked.links[document.id], linked.traces[ordinal] = _NONE, NO_TRACE
            else:
                found, linked.traces[ordinal] = result
                linked.links[document.id] = links_table([(found, document.date)], self._policy)
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


def _of_all(linked: _Linked) -> tuple[pa.Table, TraceIndex]:
    links = pa.concat_tables(linked.links.values()) if linked.links else _NONE
    return links, TraceIndex.of([*linked.traces.values()])


def _stage_links(path: Path, before: Path, linked: _Linked, ids: pa.ChunkedArray) -> Staged:
    """Write the links of a shard of which some documents were linked again.

    Most often these are as they were, though a question had another answer: so is the file then.
    """
    was = tables.read(before, tables.LINKS)
    again = pa.concat_tables(linked.links.values())
    if was.filter(pc.is_in(was["document_id"], pa.array([*linked.links]))).equals(again):
        return tables.stage_same(path, before, was.num_rows)
    return tables.stage(path, replaced(was, linked.links, ids.to_pylist()), tables.LINKS)
