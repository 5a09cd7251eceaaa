"""What is not as it was written is found, named, and made again by the next run."""

from __future__ import annotations

from pathlib import Path

import pytest

from nisba_service.archive.description import Archive, at_work
from nisba_service.archive.progress import Unwatched
from nisba_service.archive.reading import Reader
from nisba_service.archive.status import status
from nisba_service.archive.verifying import Damage, check_files
from nisba_service.errors import ArchiveError, InputError, TooManyRejects
from tests.archive.workshop import (
    ENTITIES,
    articles,
    contents,
    linked,
    new_archive,
    relinked,
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


def test_an_archive_as_it_was_written(archive: Archive) -> None:
    before = contents(archive)
    assert _damages(archive) == ()
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
        _damage(path)
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


def _damage(path: Path) -> bytes:
    """Turn a bit of a file; return what it holds then."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    return bytes(content)


def test_damaged_documents_whose_input_is_gone_are_kept_and_not_linked_without(
    archive: Archive, gazetteer: Path, tmp_path: Path
) -> None:
    before = contents(archive)
    path = archive.layout.documents / "part-00001.parquet"
    damaged = _damage(path)
    source = tmp_path / "أخبار.jsonl"
    gone = source.rename(tmp_path / "elsewhere.jsonl")
    (damage, _) = _damages(archive)
    assert "it is set aside as part-00001.parquet.damaged; `nisba archive tag`" in damage.remedy
    assert "if that is gone, put it back" in damage.remedy
    kept = path.with_name("part-00001.parquet.damaged")
    assert kept.read_bytes() == damaged
    with pytest.raises(InputError, match=r"أخبار.jsonl.*put it back where it was and run"):
        taken_in(archive)
    other = write_gazetteer(tmp_path / "other.jsonl", ENTITIES[2:])
    for to in (gazetteer, other):
        with pytest.raises(ArchiveError, match=r"shard 1 of .*أخبار.jsonl is missing.*archive tag"):
            linked(archive, to)
        assert kept.read_bytes() == damaged
    with pytest.raises(ArchiveError, match=r"shard 1 of .* is missing or damaged"):
        relinked(archive, gazetteer, other)
    assert archive.layout.states() == [source_of(archive, gazetteer).state]
    gone.rename(source)
    taken_in(archive)
    linked(archive, gazetteer)
    assert contents(archive) == before
    assert not kept.exists()


def test_an_input_that_was_given_up_does_not_keep_the_others_from_being_linked(
    archive: Archive, gazetteer: Path, tmp_path: Path
) -> None:
    useless = write_jsonl(tmp_path / "بلا نص.jsonl", [{"id": "a", "text": ""}] * 9)
    with pytest.raises(TooManyRejects):
        taken_in(archive, useless, limit="10%")
    assert not all(one.is_complete for one in status(archive).datasets)
    other = write_gazetteer(tmp_path / "other.jsonl", ENTITIES[2:])
    assert linked(archive, other).documents == 10
    assert relinked(archive, other, gazetteer).summary.documents == 10


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
    (damage,) = _damages(archive)
    assert damage.path == path
    assert f"{path.name}.damaged; `nisba archive link`" in damage.remedy
    (kept,) = path.parent.iterdir()
    assert kept.name == f"{path.name}.damaged"
    assert kept.read_bytes() == before[:-20]
    linked(archive, gazetteer)
    assert [p.read_bytes() for p in path.parent.iterdir()] == [before]


def test_a_snapshot_that_cannot_be_read_is_named_and_left(archive: Archive) -> None:
    (path,) = (archive.layout.root / "gazetteers").iterdir()
    kept = path.rename(path.with_name("kept"))
    path.mkdir()  # unreadable for everybody
    (damage,) = _damages(archive)
    assert damage.what.startswith("cannot be read: ")
    assert path.is_dir()
    path.rmdir()
    kept.rename(path)
    assert _damages(archive) == ()


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
    found = status(archive)
    reader = Reader(archive.layout)
    assert reader.later(reader.newest()) == 3
    assert [(one.is_complete, bool(one.completed)) for one in found.datasets] == [
        (True, True),
        (True, True),
        (False, True),
        (False, True),
    ]
    missing = {one.kind: one.missing for one in found.datasets}
    assert missing == {"documents": 0, "tagged": 0, "links": 1, "traces": 1}


def test_status_says_who_is_at_work(archive: Archive) -> None:
    assert status(archive).held_by is None
    with at_work(archive, "nisba archive link"):
        held_by = status(archive).held_by
        assert held_by is not None
        assert held_by.command == "nisba archive link"
