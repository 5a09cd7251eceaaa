"""A stored revision as the service sees it, and what turns one into another."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import pytest

from nisba_service.errors import RevisionNotFound, StoreError
from nisba_service.gazetteer.files import read_records
from nisba_service.gazetteer.load import load
from nisba_service.gazetteer.location import Database, StoreUrl
from nisba_service.gazetteer.schema import parse
from nisba_service.gazetteer.source import SourceRecord
from nisba_service.gazetteer.store.model import Create, Delete, Edit, Merge, Put, Split
from nisba_service.gazetteer.store.serving import changes_of, gazetteer_changes, load_gazetteer
from nisba_service.gazetteer.store.store import Store
from tests.gazetteer.store.records import (
    ALL,
    ARAFAT,
    FATAH,
    HAMAS,
    NOTE,
    edit,
    filled,
    record,
)

SEEDS = Path(__file__).parents[3] / "seeds" / "gazetteer"


def test_a_store_of_the_seeds_is_the_gazetteer_of_the_seeds(store: Store) -> None:
    sources = [item for item in read_records(SEEDS) if isinstance(item, SourceRecord)]
    revision = store.commit((Put(parse(s), source=s) for s in sources), NOTE)
    files, stored = load(SEEDS), load_gazetteer(store)

    assert stored.entities == files.entities
    assert list(stored.entities) == list(files.entities)
    assert stored.version == files.version == revision.version
    assert (revision.entity_count, revision.name_count) == (799, files.name_count)
    assert (stored.revision, files.revision) == (1, 0)


HARD = """\
- id: org:hamas
  type: ORGANIZATION
  names: [{name: "  Hamas  ", kind: alias}, {name: حماس, kind: primary}]
- id: per:minister
  type: PERSON
  description: وزير
  names:
  - {name: الوزير, use: never-alone, valid_from: 1999, valid_to: 2001-02-03}
  - {name: 8200, lang: ar, use: needs-context}
  - {name: "The  Minister", evidence: text, source: a page}
  wikidata: Q7
  other_ids: {viaf: 12, viaf_source: a list, geonames: 007}
  relations: [{rel: of, target: org:hamas}, {rel: knows, target: org:hamas}]
  not_names: ["Prime  Minister", رئيس الوزراء]
  notes: "سطر\\nline"
- {id: org:old, merged_into: org:hamas}
"""


def test_every_key_comes_back(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(HARD, encoding="utf-8")
    sources = [item for item in read_records(path) if isinstance(item, SourceRecord)]
    records = [parse(source) for source in sources]
    store.commit((Put(r) for r in records), NOTE)
    files, stored = load(path), load_gazetteer(store)

    assert [s.record for s in store.records() if s.record] == [
        r for r in records if r.id != "org:old"
    ]
    assert stored.entities == files.entities
    assert stored.redirects == files.redirects == {"org:old": "org:hamas"}
    assert stored.version == files.version


def test_an_old_revision_can_be_served(store: Store) -> None:
    first = filled(store)
    edit(store, Delete("per:arafat"), Merge(("org:fatah",), "org:hamas"))
    old, new = load_gazetteer(store, 1), load_gazetteer(store)

    assert (old.revision, old.version, set(old.entities)) == (
        1, first.version, {r.id for r in ALL},
    )  # fmt: skip
    assert (new.revision, set(new.entities)) == (2, {"org:hamas", "per:aruri"})
    assert (old.redirects, new.redirects) == ({}, {"org:fatah": "org:hamas"})
    with pytest.raises(RevisionNotFound):
        load_gazetteer(store, 3)


def test_an_empty_store_is_an_empty_gazetteer(store: Store) -> None:
    gazetteer = load_gazetteer(store)

    assert (dict(gazetteer.entities), gazetteer.revision) == ({}, 0)


def test_a_served_gazetteer_is_immutable(store: Store) -> None:
    filled(store)

    assert isinstance(load_gazetteer(store).entities, MappingProxyType)
    assert isinstance(load_gazetteer(store).redirects, MappingProxyType)


def test_changes_turn_one_gazetteer_into_the_other(store: Store) -> None:
    filled(store, [*ALL, record("org:plo", "منظمة التحرير"), record("org:pa", "السلطة")])
    steps: list[list[Edit]] = [
        [Put(record("org:hamas", "حركة حماس")), Create(record("loc:gaza", "غزة"))],
        [Merge(("org:plo",), "org:fatah"), Delete("per:aruri")],
        [Merge(("org:fatah",), "org:pa"), Delete("loc:gaza")],
        [Split(record("org:pa", "السلطة"), (FATAH,)), Put(ARAFAT)],
        [Delete("org:pa")],
    ]
    for step in steps:
        edit(store, *step)
    store.roll_back(3, NOTE)
    last = store.head().number
    for from_ in range(last + 1):
        for to in range(last + 1):
            changes = gazetteer_changes(store, from_, to)
            before, after = load_gazetteer(store, from_), load_gazetteer(store, to)
            entities = {**before.entities, **{e.id: e for e in changes.changed}}
            redirects = {**before.redirects, **changes.redirects}
            for entity_id in changes.removed:
                del entities[entity_id]
            for entity_id in changes.dropped_redirects:
                del redirects[entity_id]

            assert entities == after.entities
            assert redirects == after.redirects
            assert (changes.version, changes.revision) == (after.version, to)
            assert not {e.id for e in changes.changed} & set(changes.removed)


def test_the_changes_of_a_preview(store: Store) -> None:
    filled(store)
    edits: list[Edit] = [Put(record("org:hamas", "حركة حماس")), Merge(("org:fatah",), "org:hamas")]
    preview = store.check(edits, NOTE)
    assert preview.revision is not None
    foreseen = changes_of(preview.changes, preview.revision)
    edit(store, *edits)

    assert foreseen == gazetteer_changes(store, 1, 2)


def test_a_store_is_loaded_by_its_address(store_url: StoreUrl) -> None:
    with Store.open(store_url) as store:
        filled(store, [HAMAS])

    assert list(load(store_url).entities) == ["org:hamas"]


def test_a_store_is_not_made_by_loading_it(tmp_path: Path) -> None:
    file = tmp_path / "typo.db"
    with pytest.raises(StoreError, match="there is no such file"):
        load(StoreUrl(Database.SQLITE, str(file)))

    assert not file.exists()
