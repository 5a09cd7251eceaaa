"""The edits that the benchmark of archives measures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.archive.cast import Cast, Size
from bench.archive.curated import records
from bench.archive.edits import Curator
from nisba_service.gazetteer.location import StoreUrl, parse_location
from nisba_service.gazetteer.store.model import Note, Put
from nisba_service.gazetteer.store.store import Store
from nisba_service.names.scripts import script_of
from nisba_service.names.types import Script

CAST = Cast.of(7, Size(invented=500, known=1_000))


def made(folder: Path) -> Store:
    url = parse_location(str(folder / "gazetteer.db"))
    assert isinstance(url, StoreUrl)
    store = Store.open(url)
    store.commit([Put(record) for record in records(CAST, 7)], Note("test"))
    return store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with made(tmp_path) as store:
        yield store


def names(store: Store, entity_id: str, revision: int) -> set[str]:
    stored = store.stored(entity_id, revision)
    assert stored is not None
    assert stored.record is not None
    return {name.name for name in stored.record.names}


def test_each_entity_has_one_spelling_more_and_loses_none(store: Store) -> None:
    assert Curator(store, 1).add_aliases(200).changes.updated == 200

    edited = [change.entity_id for change in store.diff(1, 2)]
    added = [names(store, id, 2) - names(store, id, 1) for id in edited]
    assert [len(new) for new in added] == [1] * 200
    assert not [id for id in edited if names(store, id, 1) - names(store, id, 2)]
    assert {script_of(name) for (name,) in added} == {Script.LATIN, Script.ARABIC}


def test_spellings_are_such_as_people_write(store: Store) -> None:
    curator = Curator(store, 1)
    people = {record.id: record for record in records(CAST, 7)}

    for id, spellings in (
        ("per:saleh-al-arouri", {"Saleh el-Arouri", "Saleh al-Aruri", "صالح العارري"}),
        ("loc:nablus", {"Neblus", "نبلس"}),
    ):
        seen = {curator.with_alias(people[id]).names[-1].name for _ in range(50)}
        assert seen & spellings
        assert not seen & {name.name for name in people[id].names}


def test_other_edits_change_one_thing(store: Store) -> None:
    curator = Curator(store, 1)

    assert curator.number().changes.updated == 1
    assert curator.merge().changes.removed == 1
    assert curator.describe().changes.updated == 1
    assert curator.relate().changes.updated == 1
    assert curator.delete().changes.removed == 1


def test_who_may_be_chosen_can_be_told(store: Store) -> None:
    Curator(store, 1).add_aliases(2, among={"per:saleh-al-arouri", "loc:nablus"})

    assert [change.entity_id for change in store.diff(1, 2)] == [
        "loc:nablus",
        "per:saleh-al-arouri",
    ]


def test_a_seed_makes_the_same_edits(tmp_path: Path) -> None:
    versions = []
    for number, seed in enumerate((1, 1, 2)):
        folder = tmp_path / str(number)
        folder.mkdir()
        with made(folder) as store:
            curator = Curator(store, seed)
            curator.add_aliases(10)
            versions.append(curator.merge().version)

    assert versions[0] == versions[1]
    assert versions[0] != versions[2]
