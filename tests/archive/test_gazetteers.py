from __future__ import annotations

from pathlib import Path

import pytest

from nisba_service.archive.description import Archive
from nisba_service.archive.gazetteers import changes_to, located, of_state
from nisba_service.errors import ArchiveDamaged, ArchiveError
from nisba_service.gazetteer.load import load
from nisba_service.gazetteer.location import StoreUrl
from nisba_service.gazetteer.schema import Record
from nisba_service.gazetteer.store.model import Delete, Note, Put
from nisba_service.gazetteer.store.store import Store
from nisba_service.settings import bundled
from tests.archive.workshop import ENTITIES, new_archive, write_gazetteer

SEEDS = bundled("seeds", "gazetteer")
NOTE = Note("سلمى", "اختبار")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return new_archive(tmp_path / "archive")


def test_a_snapshot_of_files_is_the_gazetteer_that_they_were(archive: Archive) -> None:
    source = located(SEEDS, None, archive.layout)
    assert source.location == archive.layout.gazetteer(source.state)
    assert source.load() == load(SEEDS)


def test_redirects_are_part_of_it(archive: Archive, tmp_path: Path) -> None:
    old = {"id": "org:old", "merged_into": "org:hamas"}
    gazetteer = write_gazetteer(tmp_path / "g.jsonl", [*ENTITIES, old])
    assert located(gazetteer, None, archive.layout).load().redirects == {"org:old": "org:hamas"}


def test_files_that_changed_are_another_state_and_the_first_is_still_there(
    archive: Archive, tmp_path: Path
) -> None:
    gazetteer = write_gazetteer(tmp_path / "g.jsonl")
    before = located(gazetteer, None, archive.layout)
    write_gazetteer(gazetteer, ENTITIES[1:])
    after = located(gazetteer, None, archive.layout)
    assert before.state != after.state
    assert len(before.load().entities) == 4
    assert len(after.load().entities) == 3
    assert changes_to(after, before.load()).removed == ("per:saleh-al-arouri",)


def test_files_have_no_revisions(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="have no revisions; only a store has"):
        located(SEEDS, 3, archive.layout)


def test_a_damaged_snapshot_is_named(archive: Archive) -> None:
    source = located(SEEDS, None, archive.layout)
    path = archive.layout.gazetteer(source.state)
    path.write_bytes(path.read_bytes()[:1_000])
    with pytest.raises(ArchiveDamaged, match=path.name):
        source.load()


def test_revisions_of_a_store(archive: Archive, store: Store, store_url: StoreUrl) -> None:
    with pytest.raises(ArchiveError, match="has no revision yet"):
        located(store_url, None, archive.layout)
    store.commit([Put(Record.model_validate(one)) for one in ENTITIES[1:]], NOTE)
    store.commit([Delete("loc:beirut")], NOTE)
    first, second = (located(store_url, number, archive.layout) for number in (1, None))
    assert (first.state, second.state) == ("r000001", "r000002")
    assert set(first.load().entities) - set(second.load().entities) == {"loc:beirut"}
    assert changes_to(second, first.load()).removed == ("loc:beirut",)
    assert of_state(archive.layout, first.version, 1, store_url) == first
    assert not (archive.layout.root / "gazetteers").exists()


def test_a_revision_needs_its_store(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="r000003 is a revision of a store: name the store"):
        of_state(archive.layout, "0123456789abcdef", 3, SEEDS)
