"""What is not as it was written is found, named, and made again by the next run."""

from __future__ import annotations

from pathlib import Path

import pytest

from nisba_service.archive.dataset import Dataset
from nisba_service.archive.description import Archive, at_work
from nisba_service.archive.progress import Unwatched
from nisba_service.archive.status import status
from nisba_service.archive.verifying import Damage, Sample, check_files, check_sample
from tests.archive.workshop import (
    articles,
    contents,
    linked,
    new_archive,
    source_of,
    taken_in,
    write_gazetteer,
    write_jsonl,
)

STATE = "v*"


@pytest.fixture
def gazetteer(tmp_path: Path) -> Path:
    return write_gazetteer(tmp_path / "gazetteer.jsonl")


@pytest.fixture
def archive(tmp_path: Path, gazetteer: Path) -> Archive:
    archive = new_archive(tmp_path / "archive")
    taken_in(archive, write_jsonl(tmp_path / "أخبار.jsonl", articles(10)))
    linked(archive, gazetteer)
    return archive


def _damages(archive: Archive) -> tuple[Damage, ...]:
    with at_work(archive, "test"):
        return check_files(archive, Unwatched())


def _sample(archive: Archive, gazetteer: Path, size: int) -> Sample:
    return check_sample(archive, source_of(archive, gazetteer), size, Unwatched())


def test_an_archive_as_it_was_written(archive: Archive, gazetteer: Path) -> None:
    before = contents(archive)
    assert _damages(archive) == ()
    assert _sample(archive, gazetteer, 100) == Sample(10, ())
    assert _sample(archive, gazetteer, 3).documents == 3
    assert contents(archive) == before


@pytest.mark.parametrize(
    ("pattern", "command"),
    [
        ("documents/part-00001.parquet", "tag"),
        ("tagged/*/part-00001.parquet", "tag"),
        ("links/*/part-00001.parquet", "link"),
        ("traces/*/part-00001.arrow", "link"),
    ],
)
@pytest.mark.parametrize("kind", ["a bit", "missing"])
def test_a_damaged_shard_is_named_and_the_next_run_makes_it_again(
    archive: Archive, gazetteer: Path, pattern: str, command: str, kind: str
) -> None:
    before = contents(archive)
    (path,) = archive.layout.root.glob(pattern)
    if kind == "missing":
        path.unlink()
    else:
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    (damage, *others) = _damages(archive)
    assert damage.path == path
    assert f"nisba archive {command}" in damage.remedy
    # Of a shard of documents, the register tells too that it is not there any longer.
    assert len(others) == (1 if pattern.startswith("documents") else 0)
    assert not all(one.is_complete for one in status(archive).datasets)
    taken_in(archive)
    linked(archive, gazetteer)
    assert contents(archive) == before
    assert all(one.is_complete for one in status(archive).datasets)


def test_a_file_that_cannot_be_read_is_named_and_left(archive: Archive) -> None:
    (path,) = archive.layout.root.glob("documents/part-00001.parquet")
    # A folder in its place: unreadable for everybody, the superuser of a container too.
    kept = path.rename(path.with_name("kept"))
    path.mkdir()
    (damage,) = _damages(archive)
    assert damage.path == path
    assert damage.what.startswith("cannot be read: ")
    assert "is left as it is" in damage.remedy
    path.rmdir()
    kept.rename(path)
    assert _damages(archive) == ()


def test_a_damaged_snapshot_of_a_gazetteer_is_named_and_kept_again(
    archive: Archive, gazetteer: Path
) -> None:
    (path,) = (archive.layout.root / "gazetteers").iterdir()
    before = path.read_bytes()
    path.write_bytes(before[:-20])
    assert [damage.path for damage in _damages(archive)] == [path]
    linked(archive, gazetteer)
    assert path.read_bytes() == before


def test_links_that_a_fresh_start_would_not_make_are_named(
    archive: Archive, gazetteer: Path, tmp_path: Path
) -> None:
    other = write_gazetteer(
        tmp_path / "other.jsonl",
        [
            {
                "id": "org:hamas",
                "type": "ORGANIZATION",
                "names": [{"name": "Hamas", "lang": "en", "kind": "primary"}],
            }
        ],
    )
    linked(archive, other)
    own, foreign = (
        Dataset.existing(archive.layout.links(source_of(archive, g).state))
        for g in (gazetteer, other)
    )
    own.path(0).write_bytes(foreign.path(0).read_bytes())
    sample = _sample(archive, gazetteer, 10)
    assert sample.unequal == ("news-0", "خبر-1", "news-2", "خبر-3")


def test_status_counts_and_names_what_is_missing(archive: Archive, tmp_path: Path) -> None:
    found = status(archive)
    assert [(one.kind, one.documents, one.shards) for one in found.datasets] == [
        ("documents", 10, 3),
        ("tagged", 10, 3),
        ("links", 10, 3),
        ("traces", 10, 3),
    ]
    assert [(one.address, one.rows) for one in found.inputs] == [
        (str(tmp_path / "أخبار.jsonl"), 10)
    ]
    assert all(one.is_complete for one in found.datasets)
    taken_in(archive, write_jsonl(tmp_path / "more.jsonl", articles(3, first=10)))
    missing = {one.kind: one.missing for one in status(archive).datasets}
    assert missing == {"documents": 0, "tagged": 0, "links": 1, "traces": 1}


def test_status_says_who_is_at_work(archive: Archive) -> None:
    assert status(archive).held_by is None
    with at_work(archive, "nisba archive link"):
        held_by = status(archive).held_by
        assert held_by is not None
        assert held_by.command == "nisba archive link"
