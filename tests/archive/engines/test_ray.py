"""The engine over a real cluster: two nodes of Ray on this machine."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import gethostname
from threading import Thread
from typing import Any

import pytest

from nisba_service.archive.engines.base import Result, Setup, Task
from nisba_service.archive.engines.ray import RayEngine
from nisba_service.archive.engines.ray_options import RayOptions
from nisba_service.archive.tag_worker import TagSetup
from nisba_service.errors import ArchiveDamaged, ArchiveError, WorkerFailed
from nisba_service.settings import bundled
from tests.archive.workshop import (
    articles,
    contents,
    linked,
    new_archive,
    taken_in,
    write_gazetteer,
    write_jsonl,
)
from tests.support.archive_work import CopyWork, tasks_of

NODE: dict[str, Any] = {"num_cpus": 1, "object_store_memory": 80 * 2**20}


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two nodes with room for a worker each, under a folder that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="ray-"))  # short: sockets are in it
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        from ray.cluster_utils import Cluster  # noqa: PLC0415 - it reads the variables

        head = {**NODE, "include_dashboard": False, "temp_dir": str(folder)}
        running = Cluster(initialize_head=True, head_node_args=head)
        try:
            running.add_node(**NODE)
            yield running
        finally:
            running.shutdown()  # type: ignore[no-untyped-call]  # Ray's own
            shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / "archive").mkdir()
    return tmp_path / "archive"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    (tmp_path / "notes").mkdir()
    return tmp_path / "notes"


def engine(cluster: Any, archive: Path, workers: int = 2, **options: Any) -> RayEngine:
    return RayEngine(RayOptions(archive, workers, cluster.address, **options))


def shards(results: Iterator[Result]) -> list[int]:
    """Return the shards of all results, each of which is what its task asked for."""
    done = []
    for result in results:
        [staged] = result.files
        assert staged.path.read_text(encoding="utf-8") == f"مقال {result.shard}"
        done.append(result.shard)
    return sorted(done)


class Losing:
    """An engine that loses a node when the first result has come."""

    def __init__(self, engine: RayEngine, cluster: Any, node: Any) -> None:
        self._engine, self._cluster, self._node = engine, cluster, node

    def run(self, setup: Setup, tasks: Iterable[Task]) -> Iterator[Result]:
        results = self._engine.run(setup, tasks)
        yield next(results)
        self._cluster.remove_node(self._node, allow_graceful=False)
        yield from results


def runs(pid: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, check=False)
    return state.stdout[:1] not in (b"", b"Z")


@contextmanager
def once(happened: Callable[[], bool], act: Callable[[], object]) -> Iterator[None]:
    """Act in a thread as soon as something has happened, while a run goes on."""

    def watch() -> None:
        while not happened():
            time.sleep(0.01)
        act()

    watcher = Thread(target=watch)
    watcher.start()
    yield
    watcher.join()


def test_every_task_is_done_once_by_workers_on_both_nodes(
    cluster: Any, archive: Path, notes: Path
) -> None:
    work = CopyWork(notes)
    hold = notes / "hold"
    hold.touch()
    with once(lambda: work.begun() == 2, hold.unlink):
        done = shards(engine(cluster, archive).run(work, tasks_of(archive, 20)))
    assert done == list(range(20))
    assert [work.begun(shard) for shard in range(20)] == [1] * 20
    assert len(work.workers()) == 2


def test_an_archive_is_the_same_bytes_as_on_this_machine_alone(
    cluster: Any, tmp_path: Path
) -> None:
    """Real models and the real linker; while articles are linked, a node is lost."""
    articles_file = write_jsonl(tmp_path / "مقالات.jsonl", articles(24))
    gazetteer = write_gazetteer(tmp_path / "gazetteer.jsonl")
    here, there = new_archive(tmp_path / "here"), new_archive(tmp_path / "there")
    setup = TagSetup.of(bundled("models"))
    taken_in(here, articles_file, setup=setup)
    linked(here, gazetteer)
    on_cluster = engine(cluster, there.layout.root)
    taken_in(there, articles_file, setup=setup, engine=on_cluster)
    third = cluster.add_node(**NODE)
    lost = Losing(engine(cluster, there.layout.root, workers=3), cluster, third)
    linked(there, gazetteer, lost)
    assert contents(there) == contents(here)
    assert len(contents(there)) == 4 * 6  # documents, spans, links and traces of six shards


def test_a_run_goes_on_when_a_node_is_lost_in_the_middle(
    cluster: Any, archive: Path, notes: Path
) -> None:
    third = cluster.add_node(**NODE)
    work = CopyWork(notes)
    hold = notes / "hold"
    hold.touch()

    def lose() -> None:
        cluster.remove_node(third, allow_graceful=False)
        while len(list(filter(runs, work.workers()))) == 3:
            time.sleep(0.01)  # a worker outlives its node for a moment
        hold.unlink()

    with once(lambda: work.begun() == 3, lose):
        done = shards(engine(cluster, archive, workers=3).run(work, tasks_of(archive, 10)))
    assert done == list(range(10))
    assert work.begun() == 11  # what the node was at was begun again


def test_a_worker_that_dies_is_replaced_and_its_task_begun_again(
    cluster: Any, archive: Path, notes: Path
) -> None:
    work = CopyWork(notes, lethal={1: 2})
    assert shards(engine(cluster, archive).run(work, tasks_of(archive, 4))) == [0, 1, 2, 3]
    assert [work.begun(shard) for shard in range(4)] == [1, 3, 1, 1]
    assert len(work.workers()) > 2


def test_a_task_that_kills_every_worker_ends_the_run(
    cluster: Any, archive: Path, notes: Path
) -> None:
    work = CopyWork(notes, lethal={1: 99})
    with pytest.raises(WorkerFailed, match="shard 1 was begun 3 times"):
        shards(engine(cluster, archive).run(work, tasks_of(archive, 2)))
    assert work.begun(1) == 3


def test_an_error_of_a_worker_is_the_runs(cluster: Any, archive: Path, notes: Path) -> None:
    work = CopyWork(notes, damaged=frozenset({1}))
    with pytest.raises(ArchiveDamaged) as failed:
        shards(engine(cluster, archive).run(work, tasks_of(archive, 2)))
    assert failed.value.path == archive / "in-1"


def test_a_machine_that_is_not_fit_is_named(cluster: Any, archive: Path, notes: Path) -> None:
    work = CopyWork(notes, has_models=False)
    with pytest.raises(ArchiveError, match=f"{gethostname()}: there are no models in /models"):
        shards(engine(cluster, archive).run(work, tasks_of(archive, 2)))


def test_tasks_are_drawn_as_workers_are_free(cluster: Any, archive: Path, notes: Path) -> None:
    drawn = []

    def source() -> Iterator[Task]:
        for task in tasks_of(archive, 50):
            drawn.append(task.shard)
            yield task

    results = engine(cluster, archive).run(CopyWork(notes), source())
    for taken in range(1, 6):
        next(results)
        assert len(drawn) <= taken + 3  # one each in work, one ahead
    results.close()


def test_a_run_that_is_left_leaves_neither_workers_nor_files(
    cluster: Any, archive: Path, notes: Path
) -> None:
    results = engine(cluster, archive).run(CopyWork(notes), tasks_of(archive, 9))
    next(results)
    assert list(archive.glob(".new-*"))
    results.close()
    # Both places are free at once for the next run; and of the first only what it staged is left.
    again = CopyWork(notes)
    assert len(shards(engine(cluster, archive, patience=60).run(again, tasks_of(archive, 9)))) == 9
    assert {path.name.rpartition("-")[2] for path in archive.glob(".new-*")} <= set("012345678")


def test_workers_without_a_task_make_room(cluster: Any, archive: Path, notes: Path) -> None:
    work = CopyWork(notes)
    hold = notes / "hold"
    hold.touch()

    def one_of_two_is_left() -> bool:
        workers = work.workers()
        return len(workers) == 2 and len(list(filter(runs, workers))) == 1

    with once(one_of_two_is_left, hold.unlink):
        assert shards(engine(cluster, archive).run(work, tasks_of(archive, 1))) == [0]


def test_no_task_needs_no_worker(cluster: Any, archive: Path, notes: Path) -> None:
    assert list(engine(cluster, archive).run(CopyWork(notes), [])) == []


def test_a_cluster_without_room_is_told(cluster: Any, archive: Path, notes: Path) -> None:
    crowded = engine(cluster, archive, cpus=64, patience=0.1)
    with pytest.raises(ArchiveError, match=r"each takes 64 CPU, and the cluster has [23] CPU"):
        shards(crowded.run(CopyWork(notes), tasks_of(archive, 1)))


def test_a_cluster_that_is_not_there_is_told(archive: Path, notes: Path) -> None:
    nobody = RayEngine(RayOptions(archive, workers=1, address="127.0.0.1:1"))
    with pytest.raises(ArchiveError, match=r"no Ray cluster answers at '127\.0\.0\.1:1'"):
        shards(nobody.run(CopyWork(notes), tasks_of(archive, 1)))


def test_without_ray_it_says_how_to_get_it(
    archive: Path, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ArchiveError, match=r"pip install 'nisba-service\[ray\]'"):
        shards(RayEngine(RayOptions(archive, workers=1)).run(CopyWork(notes), ()))


def test_ray_is_not_imported_before_a_run() -> None:
    asked = "import sys, nisba_service.archive.engines.ray; print('ray' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True)
    assert answer.stdout == b"False\n"
