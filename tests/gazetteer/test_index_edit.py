"""An index after edits answers as one that is built anew, to the last digit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nisba_service.gazetteer import index
from nisba_service.gazetteer.index import NameIndex
from nisba_service.gazetteer.model import Entity, Name, NameKind, NameUse
from nisba_service.names.types import EntityType, Language
from tests.gazetteer.index_examples import PREFIXES, QUERIES, early_cuts, edits, entities, unique


def assert_equal_answers(edited: NameIndex, built: NameIndex) -> None:
    assert len(edited) == len(built)
    for query in QUERIES:
        assert edited.match(query, limit=3) == built.match(query, limit=3)
    for prefix in PREFIXES:
        assert edited.complete(prefix, limit=3) == built.complete(prefix, limit=3)


@settings(max_examples=60, deadline=None)
@given(first=st.lists(entities, max_size=25), sequence=st.lists(edits, min_size=1, max_size=4))
def test_any_sequence_of_edits(
    first: list[Entity], sequence: list[tuple[list[Entity], list[int]]]
) -> None:
    known = unique(first)
    edited = NameIndex.build(known.values())
    for changed, removed in sequence:
        ids = [f"e{number}" for number in removed]
        edited = edited.updated(changed, ids)
        for entity_id in ids:
            known.pop(entity_id, None)
        known |= unique(changed)
    with early_cuts():
        # The IDs in another order number everything otherwise: that may not matter either.
        built = NameIndex.build(sorted(known.values(), key=lambda entity: entity.id[::-1]))
        assert_equal_answers(edited, built)
        assert_equal_answers(edited.compacted(), built)
    assert_equal_answers(edited, built)


ARURI = Entity("aruri", EntityType.PERSON, (Name("Saleh al-Arouri", Language.EN),))
HAMDAN = Entity("hamdan", EntityType.PERSON, (Name("أسامة حمدان", Language.AR),))


def test_a_new_spelling_is_found_and_the_old_index_knows_nothing_of_it() -> None:
    old = NameIndex.build([ARURI, HAMDAN])
    kunya = Name("أبو محمد", Language.AR, NameKind.KUNYA, NameUse.NEVER_ALONE, date(2010, 1, 1))
    new = old.updated([Entity("aruri", EntityType.PERSON, (*ARURI.names, kunya))])
    match = new.match("أبو محمد")[0]
    assert (match.entity_id, match.name) == ("aruri", kunya)
    assert all(match.entity_id != "aruri" for match in old.match("أبو محمد"))


def test_what_is_removed_or_renamed_is_not_found() -> None:
    renamed = Entity("hamdan", EntityType.PERSON, (Name("رامي الحمد الله", Language.AR),))
    new = NameIndex.build([ARURI, HAMDAN]).updated([renamed], ["aruri", "nobody"])
    assert new.match("Saleh al-Arouri") == ()
    assert [match.name for match in new.match("حمدان")] == [*renamed.names]
    assert len(new) == 1


def test_an_entity_that_was_removed_can_come_back() -> None:
    new = NameIndex.build([ARURI, HAMDAN]).updated([], ["aruri"]).updated([ARURI])
    assert new.match("العاروري")[0].entity_id == "aruri"
    assert len(new) == 2


def test_an_edited_index_is_saved_as_one(tmp_path: Path) -> None:
    edited = NameIndex.build([HAMDAN]).updated([ARURI], ["hamdan"])
    edited.save(tmp_path)
    assert_equal_answers(edited, NameIndex.open(tmp_path))


def test_many_edits_are_compacted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_MOST_EDITED", 3)
    edited = NameIndex.build([])
    for number in range(10):
        edited = edited.updated([Entity(f"e{number}", EntityType.PERSON, ARURI.names)])
        assert edited._edited() <= 3
    assert len(edited) == 10
    assert len(edited.match("Saleh al-Arouri")) == 10
