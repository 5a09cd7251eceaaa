"""The run that links tagged documents to a gazetteer; it goes on where the last one was stopped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

from nisba_service.archive.dataset import Dataset
from nisba_service.archive.description import Archive
from nisba_service.archive.engines.base import Engine, Setup, Task
from nisba_service.archive.gazetteers import GazetteerSource
from nisba_service.archive.inputs.register import Register
from nisba_service.archive.layout import ARROW, Layout
from nisba_service.archive.link_worker import LinkSetup
from nisba_service.archive.manifest import Origin
from nisba_service.archive.progress import Observer
from nisba_service.archive.state_models import forget_other, model_for
from nisba_service.archive.tagging_run import Summary, summary
from nisba_service.archive.taking_in import DOCUMENTS
from nisba_service.archive.work import Job, do
from nisba_service.errors import ArchiveError
from nisba_service.linking.policy import POLICY


class State:
    """One state of an archive whose lock is held, and what it still lacks.

    Raises ArchiveError: there is nothing tagged, or not all of it, or a shard of an input that was
    taken in is not in the archive any longer.
    """

    def __init__(self, archive: Archive, gazetteer: GazetteerSource, model: str | None) -> None:
        layout = archive.layout
        self._layout = layout
        self.gazetteer = gazetteer
        self.model = model_for(layout, gazetteer.state) if model is None else model
        self.documents = Dataset(layout.documents, DOCUMENTS)
        _check_inputs(layout, self.documents)
        self.tagged = Dataset(layout.tagged(self.model), Origin("tagged", model=self.model))
        self.links = Dataset(layout.links(gazetteer.state), self._origin("links"))
        self.traces = Dataset(layout.traces(gazetteer.state), self._origin("traces"), ARROW)
        self.made_from = {number: self._sources(number) for number in self.documents.shards}

    @classmethod
    def existing(cls, archive: Archive, gazetteer: GazetteerSource) -> Self:
        """Open a state that has been linked, with the models whose tagging it was made of."""
        links = Dataset.existing(archive.layout.links(gazetteer.state))
        return cls(archive, gazetteer, links.origin.model)

    def missing(self) -> list[int]:
        """Return the shards that are not linked, or not of the documents and spans of now."""
        return [number for number in self.made_from if not self.has(number)]

    def documents_in(self, shards: Iterable[int]) -> int:
        """Return the number of documents of some shards."""
        return sum(self.documents.shards[number].documents for number in shards)

    def task(self, number: int) -> Task:
        """Return what links a shard."""
        reads = (self.documents.path(number), self.tagged.path(number))
        return Task(number, reads, self.paths(number))

    def paths(self, number: int) -> tuple[Path, Path]:
        """Return the files of a shard: links and traces."""
        return self.links.path(number), self.traces.path(number)

    def has(self, number: int) -> bool:
        """Say whether a shard is linked, of the documents and spans of now."""
        made_from = self.made_from[number]
        return all(dataset.has(number, made_from) for dataset in self.datasets)

    def is_whole(self, number: int) -> bool:
        """Say whether a shard is linked, and every document of it could be."""
        return self.has(number) and not self.links.shards[number].rejected

    @property
    def datasets(self) -> tuple[Dataset, Dataset]:
        """Links and traces."""
        return self.links, self.traces

    def do(self, tasks: Sequence[Task], setup: Setup, engine: Engine, observer: Observer) -> int:
        """Have shards linked; return the number of documents that failed."""
        return do(self._job(setup), tasks, engine, self._layout, observer)

    def forget_other(self, observer: Observer) -> None:
        """Forget the state of this name if other models or another policy made it."""
        forget_other(self._layout, self.gazetteer.state, self.links.origin, observer)

    def finish(self) -> None:
        """Say that all shards are there."""
        for dataset in self.datasets:
            dataset.finish()

    def _job(self, setup: Setup) -> Job:
        rejects = f"links-{self.gazetteer.state}"
        return Job("linking", setup, self.made_from, self.datasets, rejects)

    def _origin(self, kind: str) -> Origin:
        source = self.gazetteer
        return Origin(kind, self.model, POLICY.version, source.version, source.revision)

    def _sources(self, number: int) -> tuple[str, str]:
        documents = self.documents.shards[number].sha256
        if not self.tagged.has(number, (documents,)):
            raise ArchiveError(
                f"{self.tagged.folder}: shard {number} is not tagged yet; `nisba archive tag` with"
                " the same models goes on. With others, `nisba archive link --model` makes a state"
                " of their tags"
            )
        return documents, self.tagged.shards[number].sha256


def link(
    archive: Archive,
    gazetteer: GazetteerSource,
    model: str | None,
    engine: Engine,
    observer: Observer,
) -> Summary:
    """Link whatever is not linked to a gazetteer. The archive's lock is held.

    Raises ArchiveError, StoreError, OSError.
    """
    state = State(archive, gazetteer, model)
    state.forget_other(observer)
    missing = state.missing()
    done = state.documents_in(missing)
    observer.begin("linking", done, "documents")
    failed = state.do(
        [state.task(number) for number in missing], LinkSetup(gazetteer), engine, observer
    )
    state.finish()
    return summary(gazetteer.state, state.links, done=done, failed=failed)


def _check_inputs(layout: Layout, documents: Dataset) -> None:
    # Not whether the documents are complete: they are not after an input that was given up for its
    # rejects, of which nothing stays, and what was there before can be linked as it could then.
    for taken in Register(layout.inputs).inputs:
        gone = set(taken.numbers) - documents.shards.keys()
        if taken.is_whole and gone:
            raise ArchiveError(
                f"{documents.folder}: shard {min(gone)} of {taken.address} is missing or damaged;"
                " `nisba archive tag` makes it again from that input, which must be where it was"
            )
