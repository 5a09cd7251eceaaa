"""Links are what a fresh start makes, of the state that a user names or of the newest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from nisba_service.archive.dataset import Dataset
from nisba_service.archive.description import Archive
from nisba_service.archive.plain_linker import PlainLinker
from nisba_service.archive.progress import Unwatched
from nisba_service.archive.sampling import Sample, check_sample, source_to_check
from nisba_service.archive.trace import TracedLinker
from nisba_service.errors import ArchiveError
from nisba_service.gazetteer.location import StoreUrl, parse_location
from nisba_service.tagging.model import Document, TaggedSpan
from tests.archive.workshop import (
    ENTITIES,
    articles,
    contents,
    linked,
    new_archive,
    source_of,
    taken_in,
    write_gazetteer,
    write_jsonl,
)
from tests.support.archives import SmallArchive


@pytest.fixture
def gazetteer(tmp_path: Path) -> Path:
    return write_gazetteer(tmp_path / "gazetteer.jsonl")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = new_archive(tmp_path / "archive")
    taken_in(archive, write_jsonl(tmp_path / "أخبار.jsonl", articles(10)))
    return archive


def _sample(archive: Archive, gazetteer: Path, size: int) -> Sample:
    return check_sample(archive, source_of(archive, gazetteer), size, Unwatched())


def test_links_as_a_fresh_start_makes_them(archive: Archive, gazetteer: Path) -> None:
    linked(archive, gazetteer)
    before = contents(archive)
    assert _sample(archive, gazetteer, 100) == Sample(10, ())
    assert _sample(archive, gazetteer, 3).documents == 3
    assert contents(archive) == before


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
    linked(archive, gazetteer)
    linked(archive, other)
    own, foreign = (
        Dataset.existing(archive.layout.links(source_of(archive, g).state))
        for g in (gazetteer, other)
    )
    own.path(0).write_bytes(foreign.path(0).read_bytes())
    sample = _sample(archive, gazetteer, 10)
    assert sample.unequal == ("news-0", "خبر-1", "news-2", "خبر-3")


def test_what_was_added_since_is_not_in_the_sample(
    archive: Archive, gazetteer: Path, tmp_path: Path
) -> None:
    linked(archive, gazetteer)
    taken_in(archive, write_jsonl(tmp_path / "more.jsonl", articles(3, first=10)))
    assert _sample(archive, gazetteer, 100) == Sample(10, ())


@pytest.mark.parametrize("failing", ["news-2", "خبر-3"])
def test_a_document_that_cannot_be_linked_has_no_links_here_either(
    archive: Archive, gazetteer: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    for linker in (TracedLinker, PlainLinker):
        _break(linker, failing, monkeypatch)
    assert linked(archive, gazetteer).failed == 1
    assert _sample(archive, gazetteer, 10) == Sample(10, ())


def _break(
    linker: type[TracedLinker | PlainLinker], failing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    works = linker.link

    def broken(self: Any, document: Document, spans: Sequence[TaggedSpan]) -> object:
        if document.id == failing:
            raise RuntimeError
        return works(self, document, spans)

    monkeypatch.setattr(linker, "link", broken)


def test_the_newest_state_is_checked_if_none_is_named(archive: Archive, tmp_path: Path) -> None:
    files = write_gazetteer(tmp_path / "one.jsonl", ENTITIES[:3])
    linked(archive, files)
    expected = source_of(archive, files)
    files.unlink()
    assert source_to_check(archive, None, None) == expected
    assert check_sample(archive, expected, 10, Unwatched()) == Sample(10, ())


def test_a_state_of_a_store_needs_the_store_and_has_its_own_revision(tmp_path: Path) -> None:
    small = SmallArchive.of(tmp_path / "small")
    small.link("r000003")
    archive = Archive(small.layout, new_archive(tmp_path / "other").description)
    with pytest.raises(ArchiveError, match=r"r000003 is a revision of a store: .* --gazetteer"):
        source_to_check(archive, None, None)
    with pytest.raises(ArchiveError, match=r"revision 3 is one of a store: .* --gazetteer"):
        source_to_check(archive, None, 3)
    store = parse_location(str(tmp_path / "gazetteer.db"))
    assert isinstance(store, StoreUrl)
    assert source_to_check(archive, store, None).state == "r000003"
