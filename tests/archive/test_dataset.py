from __future__ import annotations

from pathlib import Path

import pytest

from nisba_service.archive import tables
from nisba_service.archive.dataset import Dataset
from nisba_service.archive.manifest import Origin, Shard, read_manifest
from nisba_service.errors import ArchiveError

ORIGIN = Origin("links", model="ab", gazetteer_version="cd", gazetteer_revision=12)
MADE_FROM = ("11" * 32,)


def _commit(dataset: Dataset, number: int, content: bytes = b"rows") -> None:
    dataset.open()
    staged = tables.stage_bytes(dataset.path(number), content, 1)
    shard = Shard(number, 1, 1, staged.bytes, staged.sha256, MADE_FROM)
    dataset.commit(shard, staged)


def test_what_is_committed_is_there_for_the_next_run(tmp_path: Path) -> None:
    _commit(Dataset(tmp_path, ORIGIN), 3)
    again = Dataset(tmp_path, ORIGIN)
    assert again.has(3, MADE_FROM)
    assert not again.has(3, ("22" * 32,))
    assert not again.has(4, MADE_FROM)
    assert not again.is_complete


def test_nothing_is_written_where_nothing_changes(tmp_path: Path) -> None:
    dataset = Dataset(tmp_path, ORIGIN)
    _commit(dataset, 0)
    dataset.finish()
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    again = Dataset(tmp_path, ORIGIN)
    assert again.is_complete
    again.finish()
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_which_was_completed_last_is_told_within_a_second(tmp_path: Path) -> None:
    completed = []
    for state in ("v1", "v0", "v2"):
        Dataset(tmp_path / state, ORIGIN).finish()
        manifest = read_manifest(tmp_path / state)
        assert manifest is not None
        completed.append(manifest.completed)
    assert completed == sorted(set(completed))


@pytest.mark.parametrize("damage", ["gone", "cut short"])
def test_a_file_that_is_not_there_in_full_is_not_had(tmp_path: Path, damage: str) -> None:
    dataset = Dataset(tmp_path, ORIGIN)
    _commit(dataset, 0)
    if damage == "gone":
        dataset.path(0).unlink()
    else:
        dataset.path(0).write_bytes(b"row")
    assert not dataset.has(0, MADE_FROM)


def test_another_origin_begins_anew(tmp_path: Path) -> None:
    first = Dataset(tmp_path, ORIGIN)
    _commit(first, 0)
    first.finish()
    other = Dataset(tmp_path, Origin("links", model="another", gazetteer_version="cd"))
    assert not other.has(0, MADE_FROM)
    _commit(other, 1)
    manifest = read_manifest(tmp_path)
    assert manifest is not None
    assert (list(manifest.shards), manifest.origin.model) == ([1], "another")


def test_what_is_dropped_is_to_be_made_again(tmp_path: Path) -> None:
    dataset = Dataset(tmp_path, ORIGIN)
    for number in (0, 1):
        _commit(dataset, number)
    dataset.finish()
    dataset.drop([1, 7])
    again = Dataset(tmp_path, ORIGIN)
    assert list(again.shards) == [0]
    assert not again.is_complete
    assert not again.path(1).exists()


def test_a_file_that_a_kill_left_without_its_commit_is_not_in_the_finished_dataset(
    tmp_path: Path,
) -> None:
    dataset = Dataset(tmp_path, ORIGIN)
    _commit(dataset, 0)
    tables.stage_bytes(dataset.path(1), b"rows", 1).path.replace(dataset.path(1))
    again = Dataset(tmp_path, ORIGIN)
    again.finish()
    assert [path.name for path in tmp_path.glob("part-*")] == ["part-00000.parquet"]


def test_a_file_of_another_dataset_is_shared(tmp_path: Path) -> None:
    source = Dataset(tmp_path / "r000001", ORIGIN)
    _commit(source, 0, "صفوف".encode())
    target = Dataset(tmp_path / "r000002", ORIGIN)
    target.adopt(source.shards[0], source.path(0))
    target.finish()
    assert target.path(0).samefile(source.path(0))
    assert Dataset(tmp_path / "r000002", ORIGIN).has(0, MADE_FROM)


def test_one_that_was_never_begun(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="r000009: is not there"):
        Dataset.existing(tmp_path / "r000009")
