"""The run that takes inputs in and tags them; it goes on where the last one was stopped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from nisba_service.archive.dataset import Dataset
from nisba_service.archive.description import Archive
from nisba_service.archive.engines.base import Engine, Setup, Task
from nisba_service.archive.inputs.columns import Columns
from nisba_service.archive.limit import RejectLimit
from nisba_service.archive.manifest import Origin
from nisba_service.archive.progress import Observer
from nisba_service.archive.taking_in import TakingIn
from nisba_service.archive.work import Job, do


class TaggingSetup(Setup, Protocol):
    """A setup whose workers tag: with models here, or with services elsewhere."""

    @property
    def model_version(self) -> str:
        """The version of the models; the dataset is named after it."""
        ...


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did, and what there is now.

    Attributes:
        name: the version of the models, or the state.
        documents: of the dataset.
        rows: of the dataset.
        done: documents that this run worked on.
        rejected: rows of the inputs that are in no dataset.
        failed: documents that could be neither tagged nor linked, in this run.
    """

    name: str
    documents: int
    rows: int
    done: int
    rejected: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class TakeIn:
    """What is to be taken in, and how."""

    addresses: Sequence[str]
    columns: Columns
    limit: RejectLimit


def tag(
    archive: Archive, inputs: TakeIn, setup: TaggingSetup, engine: Engine, observer: Observer
) -> Summary:
    """Take inputs in, and tag whatever is not tagged. The archive's lock is held.

    Raises ArchiveError, ModelsError, OSError.
    """
    taking_in = TakingIn(archive, observer, inputs.limit)
    documents = taking_in.take_in(inputs.addresses, inputs.columns)
    layout, model = archive.layout, setup.model_version
    target = Dataset(layout.tagged(model), Origin("tagged", model=model))
    made_from = {number: (shard.sha256,) for number, shard in documents.shards.items()}
    job = Job("tagging", setup, made_from, [target], f"tagged-{model}")
    missing = [number for number, source in made_from.items() if not target.has(number, source)]
    done = sum(documents.shards[number].documents for number in missing)
    observer.begin(job.label, done, "documents")
    tasks = [Task(number, (documents.path(number),), (target.path(number),)) for number in missing]
    failed = do(job, tasks, engine, layout, observer)
    target.finish()
    rejected = sum(shard.rejected for shard in documents.shards.values())
    return summary(model, target, done=done, rejected=rejected, failed=failed)


def summary(name: str, dataset: Dataset, **counts: int) -> Summary:
    """Return what there is in a dataset now, with what a run counted."""
    shards = dataset.shards.values()
    return Summary(
        name,
        sum(shard.documents for shard in shards),
        sum(shard.rows for shard in shards),
        **counts,
    )
