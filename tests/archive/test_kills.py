"""A run that is killed, at whatever moment, is gone on with: nothing lost, nothing twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nisba_service.archive.description import open_archive
from nisba_service.archive.durable import TEMPORARY
from tests.archive.workshop import (
    ENTITIES,
    articles,
    contents,
    linked,
    new_archive,
    relinked,
    taken_in,
    write_gazetteer,
    write_jsonl,
)

_PATIENCE = 120


@pytest.fixture
def inputs(tmp_path: Path) -> list[Path]:
    bad: list[dict[str, object]] = [{"id": "خبر-1", "text": "مكرر"}, {"id": "empty", "text": ""}]
    return [
        write_jsonl(tmp_path / "أخبار.jsonl", [*articles(40), *bad]),
        write_jsonl(tmp_path / "more.jsonl", articles(21, first=40)),
    ]


@pytest.fixture
def gazetteers(tmp_path: Path) -> list[Path]:
    """Return a gazetteer as it is before and after somebody added the Arabic name of Hamas."""
    names = [*ENTITIES[2]["names"], {"name": "حماس", "lang": "ar"}]  # type: ignore[misc]
    after = [*ENTITIES[:2], {**ENTITIES[2], "names": names}, *ENTITIES[3:]]
    return [
        write_gazetteer(tmp_path / "before.jsonl"),
        write_gazetteer(tmp_path / "after.jsonl", after),
    ]


@pytest.fixture
def undisturbed(tmp_path: Path, inputs: list[Path], gazetteers: list[Path]) -> dict[str, bytes]:
    archive = new_archive(tmp_path / "undisturbed", shard_documents=2)
    taken_in(archive, *inputs)
    linked(archive, gazetteers[0])
    relinked(archive, gazetteers[0], gazetteers[1])
    return contents(archive)


def _started(
    folder: Path, gazetteers: list[Path], workers: int, inputs: list[Path]
) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.archive.run_alone"]
    arguments = [str(folder), *map(str, gazetteers), str(workers), *map(str, inputs)]
    run = subprocess.Popen(
        command + arguments, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert run.stdout is not None
    assert run.stdout.readline() == "begun\n"
    return run


# The moments are spread over what a run of the kind takes.
@pytest.mark.parametrize(("workers", "kills", "longest"), [(0, 8, 1.2), (2, 3, 10.0)])
def test_kills_at_random_moments_end_in_the_state_of_an_undisturbed_run(
    tmp_path: Path,
    inputs: list[Path],
    gazetteers: list[Path],
    undisturbed: dict[str, bytes],
    workers: int,
    kills: int,
    longest: float,
) -> None:
    folder, moments = tmp_path / "killed", random.Random(workers)
    for _ in range(kills):
        run = _started(folder, gazetteers, workers, inputs)
        time.sleep(moments.uniform(0, longest))
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate(timeout=_PATIENCE)
    run = _started(folder, gazetteers, workers, inputs)
    said, _ = run.communicate(timeout=_PATIENCE)
    assert (run.returncode, said) == (0, "done\n")
    assert contents(open_archive(folder)) == undisturbed
    assert list(folder.rglob(f"{TEMPORARY}*")) == []


def test_a_full_disk_is_an_error_and_the_next_run_goes_on(
    tmp_path: Path, inputs: list[Path], gazetteers: list[Path], undisturbed: dict[str, bytes]
) -> None:
    folder = tmp_path / "full"
    arguments = [str(folder), *map(str, gazetteers), "0", *map(str, inputs)]

    def run(most_bytes: int) -> subprocess.CompletedProcess[str]:
        # Not by `preexec_fn`: it runs in a fork of this process, in which gRPC may be at work.
        limited = (
            "import resource, runpy; "
            f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most_bytes}, {most_bytes})); "
            "runpy.run_module('tests.archive.run_alone', run_name='__main__')"
        )
        return subprocess.run(
            [sys.executable, "-c", limited, *arguments],
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE,
        )

    # The largest file decides where it fails: the scratch file of IDs, a shard, a manifest.
    for most in (300, 7_500, 8_500, 9_500):
        failed = run(most)
        assert failed.returncode == 1
        assert "OSError" in failed.stderr
        assert list(folder.rglob(f"{TEMPORARY}*")) == []
    assert run(100_000_000).returncode == 0
    assert contents(open_archive(folder)) == undisturbed
