from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

import pytest

from nisba_service.archive.lock import holder, locked
from nisba_service.errors import ArchiveBusy, ArchiveError


def test_the_second_is_told_who_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "LOCK"
    with locked(path, "nisba archive tag"):
        # Locks belong to open files: another one of this process is as good as another process.
        with (
            pytest.raises(
                ArchiveBusy, match=rf"in use by nisba archive tag, process {os.getpid()}"
            ),
            locked(path, "nisba archive link"),
        ):
            pytest.fail("two hold the lock")
        found = holder(path)
        assert found is not None
        assert found.process == os.getpid()
    assert holder(path) is None
    with locked(path, "nisba archive link"):
        pass


@pytest.mark.parametrize("pause", [1, 3])
def test_whoever_looks_who_holds_it_stops_no_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pause: int
) -> None:
    path = tmp_path / "LOCK"
    with path.open("wb") as looking:
        fcntl.flock(looking, fcntl.LOCK_SH)
        # The look ends while the run waits, for the first or for the last time.
        pauses = iter(range(1, pause + 1))
        monkeypatch.setattr(
            time, "sleep", lambda _: looking.close() if next(pauses) == pause else None
        )
        with locked(path, "nisba archive tag"):
            found = holder(path)
            assert found is not None
            assert found.command == "nisba archive tag"


def test_a_lock_that_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "أرشيف"
    path.mkdir()  # unwritable for everybody
    with (
        pytest.raises(ArchiveError, match=r"cannot be written \(Is a directory\), so nothing was"),
        locked(path, "nisba archive verify"),
    ):
        pytest.fail("it is held")


def test_a_lock_that_was_never_held(tmp_path: Path) -> None:
    assert holder(tmp_path / "LOCK") is None


def test_what_a_killed_run_wrote_into_it_holds_nobody_up(tmp_path: Path) -> None:
    path = tmp_path / "LOCK"
    path.write_text('{"command": "nisba archive tag", "process": 1}', encoding="utf-8")
    assert holder(path) is None
    with locked(path, "nisba archive link"):
        found = holder(path)
        assert found is not None
        assert found.command == "nisba archive link"
