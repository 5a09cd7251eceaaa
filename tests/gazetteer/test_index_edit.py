"""An index after edits answers as one that is built anew, to the last digit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nisba_service.gazetteer import index, index_parts, index_search
from nisba_service.gazetteer.index import NameIndex
from nisba_service.gazetteer.model import Entity, Name, NameKind, NameUse
from nisba_service.names.types import EntityType, Language

WORDS = (
    "Saleh", "Salih", "al-Arouri", "Aruri", "Hamdan", "Hamdallah", "Abu", "Mazen", "bin", "Hasan",
    "Fatah", "Islam", "Movement", "صالح", "العاروري", "حمدان", "الحمد", "الله", "أبو", "مازن", "بن",
    "حسن", "حركة", "فتح", "الإسلام",
)  # fmt: skip
QUERIES = (
    "Saleh al-Arouri", "صالح العاروري", "Aruri", "حمدان", "Abu Mazen", "أبو مازن حسن", "Hasan",
    "Fatah Islam Movement", "حركة فتح", "SA",
)  # fmt: skip

PREFIXES = ("S", "Saleh Ha", "ص", "صالح ح")

names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
entities = st.builds(
    lambda number, kind, names: Entity(
        id=f"e{number}",
        type=kind,
        names=tuple(Name(n, Language.EN if n.isascii() else Language.AR) for n in names),
    ),
    st.integers(0, 30),
    st.sampled_from([EntityType.PERSON, EntityType.ORGANIZATION]),
    st.lists(names, min_size=1, max_size=3),
)
edits = st.tuples(st.lists(entities, max_size=4), st.lists(st.integers(0, 30), max_size=3))


def unique(drawn: Sequence[Entity]) -> dict[str, Entity]:
    return {entity.id: entity for entity in drawn}


@contextmanager
def early_cuts() -> Iterator[None]:
    """Cut so early that the few names of a test are cut everywhere, also among equals."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_parts, "ALIGNED", 3)
        patch.setattr(index_parts, "_KEPT", 2)
        patch.setattr(index_search, "_MAX_NAMES", 6)
        patch.setattr(index_search, "_MAX_PAIRED", 4)
        patch.setattr(index_search, "_SPELLED", 5)
        patch.setattr(index, "_COMPARED", 4)
        patch.setattr(index, "_FIRST_COMPARED", 2)
        yield


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
