"""What an actor does, without a cluster."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from socket import gethostname

import pytest

from nisba_service.archive.engines.base import Result
from nisba_service.archive.engines.ray_worker import Failed, Order, RayWorker, Software
from nisba_service.archive.engines.shared_folder import SharedFolder
from nisba_service.errors import ArchiveDamaged, ArchiveError
from tests.support.archive_work import CopyWork, tasks_of


@pytest.fixture
def order(tmp_path: Path) -> Iterator[Order]:
    (tmp_path / "ملاحظات").mkdir()
    with SharedFolder.shown(tmp_path) as shared:
        yield Order(CopyWork(tmp_path / "ملاحظات"), shared, Software.here())


def arrived(order: Order) -> RayWorker:
    return RayWorker(pickle.loads(pickle.dumps(order)))


def problem(order: Order) -> str:
    worker = arrived(order)
    failed = worker.arrive() or worker.load()
    assert isinstance(failed, Failed)
    assert isinstance(failed.error, ArchiveError)
    return str(failed.error)


def test_a_worker_that_has_loaded_does_tasks(order: Order, tmp_path: Path) -> None:
    worker = arrived(order)
    assert worker.arrive() is None
    assert worker.load() is None
    for task in tasks_of(tmp_path, 2):
        result = worker.run(task)
        assert isinstance(result, Result)
        assert result.shard == task.shard


def test_an_error_of_a_task_comes_back_as_a_value(order: Order, tmp_path: Path) -> None:
    damaged = CopyWork(tmp_path / "ملاحظات", damaged=frozenset({0}))
    worker = arrived(replace(order, setup=damaged))
    worker.load()
    failed = worker.run(next(tasks_of(tmp_path, 1)))
    assert isinstance(failed, Failed)
    assert isinstance(failed.error, ArchiveDamaged)


def test_a_machine_with_other_software_is_told_from_the_run(order: Order) -> None:
    versions = ("pyarrow 0.1", *order.software.versions[1:])
    told = problem(replace(order, software=Software(versions)))
    assert told.startswith(f"a worker on {gethostname()}: ")
    assert f"{order.software.versions[0]} there, pyarrow 0.1 here" in told


def test_a_machine_that_does_not_see_the_archive_is_told(order: Order, tmp_path: Path) -> None:
    elsewhere = replace(order.shared, folder=tmp_path / "لا شيء")
    assert "does not see the archive" in problem(replace(order, shared=elsewhere))


def test_a_machine_without_models_is_told(order: Order, tmp_path: Path) -> None:
    empty = CopyWork(tmp_path, has_models=False)
    assert "there are no models in /models" in problem(replace(order, setup=empty))
