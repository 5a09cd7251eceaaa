from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from nisba_service.archive.engines.base import Result, Task
from nisba_service.archive.engines.inline import InlineEngine
from nisba_service.archive.engines.local import LocalEngine
from nisba_service.errors import ArchiveDamaged, ModelsError, WorkerFailed
from tests.archive.engines.local_workers import BrokenSetup, CopySetup, ThreadsSetup
from tests.support.process import ROOT


def _tasks(folder: Path, *contents: str) -> list[Task]:
    tasks = []
    for number, content in enumerate(contents):
        source = folder / f"مصدر-{number}"
        source.write_text(content, encoding="utf-8")
        tasks.append(Task(number, (source,), (folder / f"target-{number}",)))
    return tasks


def _read(results: list[Result]) -> dict[int, str]:
    return {one.shard: one.files[0].path.read_text(encoding="utf-8") for one in results}


@pytest.mark.parametrize("engine", [LocalEngine(2), InlineEngine()])
def test_every_task_is_done_once(tmp_path: Path, engine: LocalEngine | InlineEngine) -> None:
    tasks = _tasks(tmp_path, "one", "اثنان", "three", "أربعة", "five")
    results = list(engine.run(CopySetup(tmp_path), tasks))
    assert len(results) == 5
    assert _read(results) == {0: "one", 1: "اثنان", 2: "three", 3: "أربعة", 4: "five"}


def test_a_worker_is_made_once_a_process_and_no_more_than_there_are_tasks(tmp_path: Path) -> None:
    list(LocalEngine(2).run(CopySetup(tmp_path), _tasks(tmp_path, *"abcdef")))
    assert len(list(tmp_path.glob("made-*"))) <= 2
    for path in tmp_path.glob("made-*"):
        path.unlink()
    list(LocalEngine(8).run(CopySetup(tmp_path), _tasks(tmp_path, "a")))
    assert len(list(tmp_path.glob("made-*"))) == 1


def test_no_tasks_no_processes(tmp_path: Path) -> None:
    assert list(LocalEngine(2).run(CopySetup(tmp_path), [])) == []
    assert list(tmp_path.iterdir()) == []


def test_tasks_are_drawn_as_workers_become_free(tmp_path: Path) -> None:
    drawn = 0

    def counted() -> Iterator[Task]:
        nonlocal drawn
        for task in _tasks(tmp_path, *"abcdefgh"):
            drawn += 1
            yield task

    for done, _ in enumerate(LocalEngine(2).run(CopySetup(tmp_path), counted()), start=1):
        assert drawn <= done + 2


def test_a_worker_that_dies_is_replaced_and_its_task_done(tmp_path: Path) -> None:
    results = list(LocalEngine(1).run(CopySetup(tmp_path), _tasks(tmp_path, "a", "die once", "b")))
    assert _read(results) == {0: "a", 1: "die once", 2: "b"}


def test_a_task_that_kills_every_worker_ends_the_run_and_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkerFailed, match=r"shard 1 was begun 3 times.* SIGKILL"):
        list(LocalEngine(1).run(CopySetup(tmp_path), _tasks(tmp_path, "a", "die", "b")))


def test_what_a_worker_raises_is_raised_here(tmp_path: Path) -> None:
    with pytest.raises(ArchiveDamaged, match="on purpose") as caught:
        list(LocalEngine(1).run(CopySetup(tmp_path), _tasks(tmp_path, "damaged")))
    assert caught.value.path == tmp_path / "مصدر-0"
    with pytest.raises(OSError, match="No space left") as full:
        list(LocalEngine(1).run(CopySetup(tmp_path), _tasks(tmp_path, "full")))
    assert full.value.filename == str(tmp_path / "target-0")
    with pytest.raises(ModelsError, match="no such folder"):
        list(LocalEngine(1).run(BrokenSetup(), _tasks(tmp_path, "a")))


def test_a_bug_says_where_it_is_and_nothing_of_a_text(tmp_path: Path) -> None:
    with pytest.raises(WorkerFailed, match=r"KeyError\. This is a bug") as caught:
        list(LocalEngine(1).run(CopySetup(tmp_path), _tasks(tmp_path, "bug: نص المقال")))
    assert "local_workers.py" in str(caught.value)
    assert "نص المقال" not in str(caught.value)


def test_leaving_a_run_ends_its_workers_at_once(tmp_path: Path) -> None:
    run = iter(LocalEngine(2).run(CopySetup(tmp_path), _tasks(tmp_path, "wait", "a", "wait")))
    next(run)
    close = getattr(run, "close")  # noqa: B009 (an Iterator of this engine is a generator)
    close()
    processes = [int(path.name.removeprefix("made-")) for path in tmp_path.glob("made-*")]
    assert processes
    for process in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_each_worker_computes_with_one_thread_and_this_process_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    results = list(LocalEngine(1).run(ThreadsSetup(), _tasks(tmp_path, "a")))
    assert _read(results) == {0: "1"}
    assert os.environ["OMP_NUM_THREADS"] == "7"


def test_workers_end_when_the_process_that_leads_them_is_killed(tmp_path: Path) -> None:
    _tasks(tmp_path, "a", "wait a little")
    code = (
        "import sys, time\nfrom pathlib import Path\n"
        "from nisba_service.archive.engines.base import Task\n"
        "from nisba_service.archive.engines.local import LocalEngine\n"
        "from tests.archive.engines.local_workers import CopySetup\n"
        "if __name__ == '__main__':\n"
        "    folder = Path(sys.argv[1])\n"
        "    task = Task(0, (folder / 'مصدر-0',), (folder / 'target-0',))\n"
        "    for _ in LocalEngine(1).run(CopySetup(folder), [task, task]):\n"
        "        print('one', flush=True)\n"
        "        time.sleep(600)\n"
    )
    script = tmp_path / "leader.py"
    script.write_text(code, encoding="utf-8")
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    with subprocess.Popen(
        [sys.executable, str(script), str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    ) as leader:
        assert leader.stdout is not None
        told = leader.stdout.readline()
        leader.kill()
    assert told == "one\n"
    (made,) = tmp_path.glob("made-*")
    process = int(made.name.removeprefix("made-"))
    for _ in range(200):
        if not Path(f"/proc/{process}").exists() or _is_zombie(process):
            return
        time.sleep(0.1)
    pytest.fail("the worker goes on without its leader")


def _is_zombie(process: int) -> bool:
    return ") Z " in Path(f"/proc/{process}/stat").read_text(encoding="ascii")
