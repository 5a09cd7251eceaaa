from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from nisba_service.archive.manifest import (
    MANIFEST,
    Manifest,
    Origin,
    Shard,
    append_shard,
    drop_old_journals,
    journal,
    read_manifest,
    write_manifest,
)
from nisba_service.errors import ArchiveDamaged

EMPTY = Manifest(Origin("links", model="ab12", gazetteer_version="cd34", gazetteer_revision=12))
FIRST = Shard(0, documents=500, rows=4_000, bytes=90_000, sha256="11" * 32, made_from=("22" * 32,))
SECOND = Shard(1, documents=20, rows=160, bytes=4_000, sha256="33" * 32, rejected=2)


def test_a_folder_without_one_has_none(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) is None


def test_it_comes_back_as_it_was(tmp_path: Path) -> None:
    manifest = replace(EMPTY, shards=MappingProxyType({0: FIRST, 1: SECOND}), complete=True)
    write_manifest(tmp_path, manifest)
    assert read_manifest(tmp_path) == manifest
    assert (manifest.documents, manifest.rows, manifest.bytes) == (520, 4_160, 94_000)
    assert manifest.rejected == 2


def test_what_was_committed_since_is_part_of_it(tmp_path: Path) -> None:
    write_manifest(tmp_path, EMPTY)
    append_shard(tmp_path, 0, SECOND)
    append_shard(tmp_path, 0, FIRST)
    read = read_manifest(tmp_path)
    assert read is not None
    assert list(read.shards.values()) == [FIRST, SECOND]
    assert not read.complete


@pytest.mark.parametrize("cut", [1, 10, 100])
def test_a_line_that_a_kill_cut_short_was_not_committed(tmp_path: Path, cut: int) -> None:
    write_manifest(tmp_path, EMPTY)
    append_shard(tmp_path, 0, FIRST)
    append_shard(tmp_path, 0, SECOND)
    path = journal(tmp_path, 0)
    path.write_bytes(path.read_bytes()[:-cut])
    read = read_manifest(tmp_path)
    assert read is not None
    assert list(read.shards) == [0]


def test_the_next_one_takes_over_what_was_committed(tmp_path: Path) -> None:
    write_manifest(tmp_path, EMPTY)
    append_shard(tmp_path, 0, FIRST)
    read = read_manifest(tmp_path)
    assert read is not None
    after = replace(read, generation=1)
    write_manifest(tmp_path, after)
    assert not journal(tmp_path, 0).exists()
    assert read_manifest(tmp_path) == after


def test_a_journal_that_a_kill_left_behind_is_not_read_and_goes(tmp_path: Path) -> None:
    dropped = replace(EMPTY, generation=1)
    write_manifest(tmp_path, dropped)
    append_shard(tmp_path, 0, FIRST)
    append_shard(tmp_path, 1, SECOND)
    drop_old_journals(tmp_path)
    assert not journal(tmp_path, 0).exists()
    read = read_manifest(tmp_path)
    assert read is not None
    assert list(read.shards) == [1]


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"shards": [], "origin": {"x": 1}}'])
def test_one_that_cannot_be_read_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / MANIFEST).write_text(content, encoding="utf-8")
    with pytest.raises(ArchiveDamaged, match=MANIFEST):
        read_manifest(tmp_path)
