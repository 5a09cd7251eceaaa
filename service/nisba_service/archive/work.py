"""A run's way with an engine: the shards that are missing become tasks, results are committed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nisba_service.archive.dataset import Dataset
from nisba_service.archive.engines.base import Engine, Result, Setup, Task
from nisba_service.archive.layout import Layout, shard_name
from nisba_service.archive.manifest import Shard
from nisba_service.archive.progress import Observer
from nisba_service.archive.rejects import Place, Reason, Reject, write_rejects


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done with the shards of some datasets, and where the results go.

    Attributes:
        label: what is done, for who watches.
        made_from: the checksums of the files that each shard is made of.
        datasets: one for each file that a worker makes of a task.
        rejects_name: what the files of rejects are called before the shard's number.
    """

    label: str
    setup: Setup
    made_from: Mapping[int, tuple[str, ...]]
    datasets: Sequence[Dataset]
    rejects_name: str


def do(job: Job, tasks: Sequence[Task], engine: Engine, layout: Layout, observer: Observer) -> int:
    """Have tasks done and commit their results; return the number of documents that failed.

    Raises ArchiveError, OSError: what was committed stays, and the next run goes on.
    """
    failed = 0
    if tasks:
        for dataset in job.datasets:
            dataset.open()
    for result in engine.run(job.setup, tasks):
        _commit(job, result, layout)
        failed += len(result.failures)
        observer.advance(result.documents, result.documents, len(result.failures))
    return failed


def _commit(job: Job, result: Result, layout: Layout) -> None:
    rejects = [
        Reject(
            Reason(failure.reason), Place(layout.documents.name, result.shard), failure.document_id
        )
        for failure in result.failures
    ]
    name = f"{job.rejects_name}-{shard_name(result.shard, '.jsonl')}"
    write_rejects(layout.rejects / name, rejects)
    for dataset, staged in zip(job.datasets, result.files, strict=True):
        shard = Shard(
            result.shard,
            result.documents,
            staged.rows,
            staged.bytes,
            staged.sha256,
            job.made_from[result.shard],
            len(rejects),
        )
        dataset.commit(shard, staged)
