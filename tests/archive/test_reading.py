"""Which state a user means, and the errors where it is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from nisba_service.archive.reading import Reader
from nisba_service.errors import ArchiveDamaged, ArchiveError
from tests.support.archives import Article, SmallArchive

AR = Article("ar-1", "التقى رامي الحمد الله الصحفيين.")


@pytest.fixture
def archive(tmp_path: Path) -> SmallArchive:
    made = SmallArchive.of(tmp_path / "archive", [AR])
    rows = [AR.link("رامي الحمد الله", "per:rami-hamdallah")]
    made.link("r000013", rows, completed="2026-03-01")
    made.link("r000012", rows, completed="2026-02-01")
    made.link("v0123456789abcdef", rows, completed="2026-01-01")
    made.link("v0123456789abcdff", rows, completed="2026-04-01")
    made.link("r000014", rows, completed="")
    return made


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("r000012", "r000012"),
        ("r12", "r000012"),
        ("12", "r000012"),
        ("v0123456789abcdef", "v0123456789abcdef"),
        ("v0123456789abcdf", "v0123456789abcdff"),
    ],
)
def test_a_state_has_several_names(archive: SmallArchive, text: str, name: str) -> None:
    state = Reader.open(archive.layout.root).state(text)
    assert (state.name, state.manifest.rows) == (name, 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("15", "has no state 15; it has r000012, r000013, r000014, v0123456789abcdef"),
        ("v", "has no state v;"),
        ("r", "has no state r;"),
        ("", "has no state ;"),
        ("../r000012", "has no state"),
        ("v0123", "v0123 may be any of the states v0123456789abcdef, v0123456789abcdff"),
        ("14", "r000014 is not complete"),
    ],
)
def test_what_names_no_state_that_can_be_read(
    archive: SmallArchive, text: str, message: str
) -> None:
    with pytest.raises(ArchiveError, match=message):
        Reader.open(archive.layout.root).state(text)


def test_states_stand_in_the_order_of_their_completion(archive: SmallArchive) -> None:
    reader = Reader.open(archive.layout.root)
    newest = reader.newest()
    names = [newest.name]
    while (state := reader.before(reader.state(names[-1]))) is not None:
        names.append(state.name)
    assert names == ["v0123456789abcdff", "r000013", "r000012", "v0123456789abcdef"]


def test_an_archive_without_links(tmp_path: Path) -> None:
    archive = SmallArchive.of(tmp_path / "archive", [AR])
    with pytest.raises(ArchiveError, match="has no complete links"):
        Reader.open(archive.layout.root).newest()
    with pytest.raises(ArchiveError, match="has no state 1; it has none"):
        Reader.open(archive.layout.root).state("1")


def test_a_folder_that_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="is no archive"):
        Reader.open(tmp_path)


def test_a_shard_that_is_damaged(archive: SmallArchive) -> None:
    state = Reader.open(archive.layout.root).state("12")
    (state.folder / "part-00000.parquet").write_bytes(b"PAR1 no more")
    with pytest.raises(ArchiveDamaged, match=r"part-00000\.parquet"):
        list(state.shards(["document_id"]))
