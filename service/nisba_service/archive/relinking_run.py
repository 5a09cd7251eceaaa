"""The run that follows a change of the gazetteer: only what it can touch is linked again.

Each shard of the state before is one of three: no document of it is touched, and its files are
taken over as they are; some are, and a worker links these again; or the state before lacks it
(inputs were added since, or a document could not be linked), and it is linked as a whole. In the
end all files are those of a full run, and a delta says what is not as it was, and why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from nisba_service.archive import durable, tables
from nisba_service.archive.description import Archive
from nisba_service.archive.diff import READ, compare
from nisba_service.archive.documents import ShardTexts
from nisba_service.archive.engines.base import Engine, Task
from nisba_service.archive.engines.inline import InlineEngine
from nisba_service.archive.gazetteers import GazetteerSource, changes_to
from nisba_service.archive.impact import Impact
from nisba_service.archive.link_worker import LinkSetup, ReadySetup
from nisba_service.archive.linking_run import State
from nisba_service.archive.progress import Observer
from nisba_service.archive.state_models import check_followed
from nisba_service.archive.tagging_run import Summary, summary
from nisba_service.archive.trace_index import TraceIndex
from nisba_service.gazetteer.collector import collector_paused
from nisba_service.linking.parts import Parts

# Documents that are linked here rather than in processes, which take seconds to start.
_FEW_DOCUMENTS = 500

Reasons: TypeAlias = Mapping[int, tuple[str, ...]]
"""The ordinals of documents to link again, each with the IDs of the entities that are why."""


@dataclass(frozen=True, slots=True)
class Relinked:
    """What a run did.

    Attributes:
        before: the state that it started from.
        touched: documents that were linked again.
        whole: documents of shards that were linked as a whole.
        changes: rows of the delta.
    """

    summary: Summary
    before: str
    touched: int
    whole: int
    changes: int


def relink(
    archive: Archive,
    before: GazetteerSource,
    after: GazetteerSource,
    engine: Engine,
    observer: Observer,
) -> Relinked:
    """Make the state of a gazetteer out of that of another. The archive's lock is held.

    Raises ArchiveError, StoreError, OSError.
    """
    was = State.existing(archive, before)
    check_followed(archive.layout, was.model, after.state, observer)
    now = State(archive, after, was.model)
    now.forget_other(observer)
    # No garbage in cycles is made meanwhile, and to look for it takes a seventh of the time.
    with collector_paused():
        parts = Parts.of(before.load())
        impact = Impact.between(parts, changes_to(after, parts.gazetteer))
        plan = _Plan.of(was, now, impact, observer)
    plan.adopt()
    failed = plan.link(impact.after, engine, observer)
    delta = plan.delta()
    path = archive.layout.delta(before.state, after.state)
    path.parent.mkdir(exist_ok=True)
    durable.write_with_sum(path, tables.encode(delta, tables.DELTA))
    # Last: a run that is killed before leaves a state that says that it is not complete.
    now.finish()
    done = summary(after.state, now.links, done=plan.touched + plan.whole, failed=failed)
    return Relinked(done, before.state, plan.touched, plan.whole, delta.num_rows)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be done with each shard: see the module. `reasons` lacks those linked whole."""

    was: State
    now: State
    reasons: Mapping[int, Reasons]

    @classmethod
    def of(cls, was: State, now: State, impact: Impact, observer: Observer) -> Self:
        """Ask each shard of the state before which of its documents are touched."""
        usable = [number for number in now.made_from if was.is_whole(number)]
        observer.begin("comparing", len(usable), "shards")
        reasons = {}
        for number in usable:
            texts = ShardTexts(now.documents.path(number))
            index = TraceIndex.open(was.traces.path(number))
            reasons[number] = dict(impact.touched(index, texts.text))
            observer.advance(1, 0, 0)
        return cls(was, now, reasons)

    @property
    def touched(self) -> int:
        """The number of documents that are linked again."""
        return sum(map(len, self.reasons.values()))

    @property
    def whole(self) -> int:
        """The number of documents of shards that are linked as a whole."""
        return self.now.documents_in(n for n in self.now.made_from if n not in self.reasons)

    def adopt(self) -> None:
        """Take over the files of shards that nothing touched. Raises OSError."""
        for number, reasons in self.reasons.items():
            if not reasons and not self.now.has(number):
                for dataset, source in zip(self.now.datasets, self.was.datasets, strict=True):
                    dataset.adopt(source.shards[number], source.path(number))

    def link(self, parts: Parts, engine: Engine, observer: Observer) -> int:
        """Link the others; return the number of documents that failed. Raises as `relink`."""
        missing = self.now.missing()
        documents = sum(
            len(self.reasons[n]) if n in self.reasons else self.now.documents_in([n])
            for n in missing
        )
        observer.begin("linking", self.now.documents_in(missing), "documents")
        tasks = list(map(self._task, missing))
        if documents <= _FEW_DOCUMENTS:
            return self.now.do(tasks, ReadySetup(parts), InlineEngine(), observer)
        return self.now.do(tasks, LinkSetup(self.now.gazetteer), engine, observer)

    def _task(self, number: int) -> Task:
        task = self.now.task(number)
        if number not in self.reasons:
            return task
        reads = (*task.reads, *self.was.paths(number))
        return replace(task, reads=reads, ordinals=tuple(self.reasons[number]))

    def delta(self) -> pa.Table:
        """Return what is not as it was in the documents that were linked again, and why."""
        found = [tables.DELTA.empty_table()]
        for number, reasons in self.reasons.items():
            if reasons and self.was.links.shards[number] != self.now.links.shards[number]:
                found.append(self._delta_of(number, reasons))
        return pa.concat_tables(found)

    def _delta_of(self, number: int, reasons: Reasons) -> pa.Table:
        path = self.now.documents.path(number)
        ids = tables.read(path, tables.DOCUMENTS, ["document_id"])["document_id"].to_pylist()
        because = {ids[ordinal]: reasons_ for ordinal, reasons_ in reasons.items()}
        before, after = (
            tables.read(state.links.path(number), tables.LINKS, READ).filter(
                pc.is_in(pc.field("document_id"), pa.array(list(because)))
            )
            for state in (self.was, self.now)
        )
        return compare(before, after, because)
