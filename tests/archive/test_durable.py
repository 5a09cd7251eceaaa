from __future__ import annotations

import os
from pathlib import Path

import pytest

from nisba_service.archive import durable


def test_a_file_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "خبر.txt"
    durable.write(path, b"one")
    durable.write(path, "اثنان".encode())
    assert path.read_text(encoding="utf-8") == "اثنان"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_kill_left_behind_is_swept_and_nothing_else(tmp_path: Path) -> None:
    kept = tmp_path / "part-00000.parquet"
    kept.write_bytes(b"kept")
    left = durable.stage(tmp_path / "part-00001.parquet", b"left")
    durable.sweep([tmp_path, tmp_path / "no such folder"])
    assert not left.exists()
    assert kept.exists()


def test_a_hard_link_is_the_same_file(tmp_path: Path) -> None:
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(b"rows")
    for _ in range(2):  # again over itself, as after a kill
        durable.link_or_copy(source, target)
        assert source.samefile(target)
        assert sorted(tmp_path.iterdir()) == [source, target]


def test_replacing_a_hard_link_leaves_the_other_name_as_it_was(tmp_path: Path) -> None:
    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(b"rows")
    durable.link_or_copy(source, target)
    durable.write(target, b"others")
    assert source.read_bytes() == b"rows"


def test_where_links_are_not_possible_it_is_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(b"rows")
    monkeypatch.setattr(os, "link", refuse)
    durable.link_or_copy(source, target)
    assert target.read_bytes() == b"rows"
    assert not source.samefile(target)


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError):
        durable.stage(tmp_path / "missing" / "part-00000.parquet", b"rows")
    assert list(tmp_path.rglob(f"{durable.TEMPORARY}*")) == []


def test_checksums_are_those_of_sha256sum(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"abc")
    assert durable.checksum(path).startswith("ba7816bf8f01cfea414140de5dae2223")
