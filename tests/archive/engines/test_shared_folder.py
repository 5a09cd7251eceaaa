"""Whether a machine sees the folder of a run."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from nisba_service.archive.engines.shared_folder import SharedFolder
from nisba_service.errors import ArchiveError


def test_a_machine_that_sees_the_folder_passes_and_leaves_nothing(tmp_path: Path) -> None:
    with SharedFolder.shown(tmp_path) as shared:
        pickle.loads(pickle.dumps(shared)).check()
        assert len(list(tmp_path.iterdir())) == 2
    assert list(tmp_path.iterdir()) == []


def test_another_folder_under_the_same_path_is_found_out(tmp_path: Path) -> None:
    here, there = tmp_path / "هنا", tmp_path / "هناك"
    here.mkdir()
    there.mkdir()
    with SharedFolder.shown(here) as shared:
        here.rename(tmp_path / "away")
        there.rename(here)
        with pytest.raises(ArchiveError, match=r"does not see the archive at .*هنا"):
            shared.check()
        here.rename(there)
        (tmp_path / "away").rename(here)


def test_a_file_of_another_run_does_not_do(tmp_path: Path) -> None:
    with SharedFolder.shown(tmp_path) as shared:
        other = replace(shared, nonce=shared.nonce[:16] + "0" * 16)
        with pytest.raises(ArchiveError, match="does not see"):
            other.check()


def test_a_folder_that_takes_no_files_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, content: bytes) -> None:
        raise PermissionError(13, "Permission denied")  # root may write anywhere

    with SharedFolder.shown(tmp_path) as shared:
        monkeypatch.setattr(Path, "write_bytes", refuse)
        with pytest.raises(ArchiveError, match=r"cannot write .* \(Permission denied\)"):
            shared.check()
