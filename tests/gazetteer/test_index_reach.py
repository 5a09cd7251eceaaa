"""A query that a change of stored names does not reach has the same answer after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nisba_service.gazetteer import index_reach
from nisba_service.gazetteer.index import NameIndex
from nisba_service.gazetteer.index_keys import part_keys
from nisba_service.gazetteer.index_reach import Queries, StoredChange, reads_of
from nisba_service.gazetteer.model import Entity, Name
from nisba_service.names.types import EntityType, Language
from tests.gazetteer.index_examples import QUERIES, early_cuts, edits, entities, unique

MANY = (*QUERIES, "Salih Hamdan", "صالح", "Mazen Hasan", "مازن", "Islam", "الحمد الله", "Arouri")


def table(queries: Iterable[str]) -> Queries:
    return Queries.of([reads_of(query) for query in queries])


def changed_names(before: dict[str, Entity], after: dict[str, Entity]) -> set[str]:
    old, new = (
        Counter((e.id, name) for e in state.values() for name in e.names)
        for state in (before, after)
    )
    return {name.name for _, name in (old - new) | (new - old)}


@settings(max_examples=100, deadline=None)
@given(first=st.lists(entities, max_size=30), edit=edits, cut=st.booleans())
def test_what_is_not_reached_is_answered_as_before(
    first: list[Entity], edit: tuple[list[Entity], list[int]], cut: bool
) -> None:
    before = unique(first)
    changed, removed = edit
    ids = [f"e{number}" for number in removed]
    after = {id: e for id, e in before.items() if id not in ids} | unique(changed)
    old = NameIndex.build(before.values())
    new = old.updated(changed, ids)
    change = StoredChange.of(changed_names(before, after), old, new)
    if cut:
        with early_cuts():
            check(change, old, new)
    else:
        check(change, old, new)


def check(change: StoredChange, old: NameIndex, new: NameIndex) -> None:
    reached = set(table(MANY).reached(change).tolist())
    for number, query in enumerate(MANY):
        if number not in reached:
            assert new.match(query, limit=5) == old.match(query, limit=5)


def person(id: str, *names: str) -> Entity:
    languages = (Language.EN if name.isascii() else Language.AR for name in names)
    return Entity(id, EntityType.PERSON, tuple(map(Name, names, languages)))


BASE = NameIndex.build(
    [person("a", "Saleh al-Arouri", "صالح العاروري"), person("b", "Osama Hamdan", "أسامة حمدان")]
    + [person(f"n{n}", f"Quxbert Zwey{n}") for n in range(3)]
)


@pytest.mark.parametrize(
    ("name", "reached", "others"),
    [
        ("Salih Fanar", ["Saleh", "صالح محمد", "Saleh al-Arouri"], ["Hamdan", "حمدان", "Arouri"]),
        ("سلمى حمدون", ["Hamdan", "أسامة حمدان"], ["Rami Arouri", "العاروري"]),
        ("Abd Rabbo", ["Abdrabbo", "عبد ربه"], ["Saleh", "صالح"]),
    ],
)
def test_a_name_reaches_names_with_a_part_like_its_own(
    name: str, reached: list[str], others: list[str]
) -> None:
    change = StoredChange.of([name], BASE, BASE.updated([person("new", name)]))
    asked = [*reached, *others]
    assert [asked[n] for n in table(asked).reached(change).tolist()] == reached


def test_a_part_of_other_letters_does_not_reach_though_it_shares_a_key() -> None:
    """Without one of its consonants Omar is Shara; yet their letters are not alike."""
    change = StoredChange.of(["Omar"], BASE, BASE.updated([person("new", "Omar")]))
    asked = ["Amir", "عمر", "Sharaa", "شرع"]
    assert set(part_keys("omar")) & set(part_keys("sharaa")) & set(part_keys("شرع"))
    assert table(asked).reached(change).tolist() == [0, 1]


def test_where_parts_are_too_many_every_one_of_them_counts() -> None:
    change = StoredChange.of(["Omar"], BASE, BASE.updated([person("new", "Omar")]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_reach, "ALIGNED", 0)
        assert table(["عمر", "Sharaa", "شرع", "Hamdan"]).reached(change).tolist() == [0, 1, 2]


def test_names_beyond_a_power_of_two_reach_all() -> None:
    few = StoredChange.of(["Zwax"], BASE, BASE.updated([person("new", "Zwax")]))
    assert not few.reaches_all
    names = ["Zwax", "Zwix", "Zwox"]
    many = StoredChange.of(names, BASE, BASE.updated([person("new", *names)]))
    assert many.reaches_all
    assert table(MANY).reached(many).tolist() == [*range(len(MANY))]


def test_a_table_gives_back_what_it_was_made_of() -> None:
    reads = [reads_of(query) for query in MANY]
    assert Queries.of(reads).reads() == reads
    assert Queries.of([]).reads() == []
    assert len(Queries.of([])) == 0
