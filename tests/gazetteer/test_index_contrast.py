"""Where a contrast says that a query finds the same without some names, it does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nisba_service.gazetteer import index, index_contrast, index_search
from nisba_service.gazetteer.index import NameIndex
from nisba_service.gazetteer.index_build import build
from nisba_service.gazetteer.index_search import search
from nisba_service.gazetteer.model import Entity, Name
from nisba_service.names.parse import parse
from nisba_service.names.types import EntityType, Language
from tests.gazetteer.index_examples import (
    QUERIES,
    early_cuts,
    edits,
    entities,
    names,
    unique,
)

MANY = (*QUERIES, "Salih Hamdan", "صالح", "Mazen Hasan", "مازن", "Islam", "الحمد الله", "Arouri")


def lost(names: Mapping[str, Entity], other: Mapping[str, Entity]) -> dict[str, Counter[Name]]:
    """Return the names that entities have in one state alone."""
    counted = {
        id: Counter(e.names) - Counter(other[id].names if id in other else ())
        for id, e in names.items()
    }
    return {id: few for id, few in counted.items() if few}


def stands(
    before: Mapping[str, Entity], after: Mapping[str, Entity], limit: int = 5
) -> Callable[[str], bool]:
    """Return what says of a query that it finds in both states what both have."""
    contrasts = [
        NameIndex.build(state.values()).contrast(few, state, limit)
        for state, few in ((before, lost(before, after)), (after, lost(after, before)))
        if few
    ]
    return lambda query: all(is_same(query) for is_same in contrasts)


def check(before: Mapping[str, Entity], after: Mapping[str, Entity]) -> list[str]:
    """Check all queries that stand; return those that do not."""
    old, new = NameIndex.build(before.values()), NameIndex.build(after.values())
    is_same = stands(before, after)
    standing = [query for query in MANY if is_same(query)]
    if old.magnitude == new.magnitude:
        for query in standing:
            assert new.match(query, limit=5) == old.match(query, limit=5), query
    return [query for query in MANY if query not in standing]


@settings(max_examples=150, deadline=None)
@given(
    first=st.lists(entities, min_size=5, max_size=40, unique_by=lambda e: e.id),
    edit=edits,
    cut=st.booleans(),
)
def test_what_stands_is_answered_as_before(
    first: list[Entity], edit: tuple[list[Entity], list[int]], cut: bool
) -> None:
    before = unique(first)
    changed, removed = edit
    ids = [f"e{number}" for number in removed]
    after = {id: e for id, e in before.items() if id not in ids} | unique(changed)
    if cut:
        with early_cuts():
            check(before, after)
    else:
        check(before, after)


@settings(max_examples=150, deadline=None)
@given(
    first=st.lists(entities, min_size=12, max_size=30, unique_by=lambda e: e.id),
    alias=names,
    cut=st.booleans(),
)
def test_a_spelling_more_or_less(first: list[Entity], alias: str, cut: bool) -> None:
    before = unique(first)
    one = first[0]
    language = Language.EN if alias.isascii() else Language.AR
    after = before | {one.id: replace(one, names=(*one.names, Name(alias, language)))}
    for pair in ((before, after), (after, before)):
        if cut:
            with early_cuts():
                check(*pair)
        else:
            check(*pair)


WORDS = [
    first + middle + last
    for first in ("ba", "du", "fi", "ko")
    for middle in ("ra", "sti", "lum", "gen", "zo")
    for last in ("x", "nd", "lt", "m", "b", "rk", "sh", "v", "p", "d")
]
ARABIC = str.maketrans("bdfkrstlmgnzxhvpiu", "بدفكرستلمجنزخهعشيو", "aeo")
SALEH, HAMDAN = ("Saleh", "صالح"), ("Hamdan", "حمدان")


def people(spelling: str, count: int, write: Callable[[str], str]) -> dict[str, Entity]:
    """Return so many people called by a spelling and one more word."""
    found = [person(f"n{n}", f"{spelling} {write(word)}") for n, word in enumerate(WORDS[:count])]
    return unique(found)


def person(id: str, *names: str) -> Entity:
    languages = (Language.EN if name.isascii() else Language.AR for name in names)
    return Entity(id, EntityType.PERSON, tuple(map(Name, names, languages)))


def latin(word: str) -> str:
    return word.title()


def arabic(word: str) -> str:
    return word.translate(ARABIC)


SCRIPTS = pytest.mark.parametrize(("script", "write"), [(0, latin), (1, arabic)])


@SCRIPTS
def test_a_name_far_below_those_that_are_compared_changes_nothing(
    script: int, write: Callable[[str], str]
) -> None:
    query = f"{SALEH[script]} {HAMDAN[script]}"
    before = people(query, 200, write)
    other = before | {"new": person("new", f"{SALEH[script]} {write('queblor')}")}
    near = before | {"new": person("new", query)}
    assert stands(before, other)(query)
    assert stands(other, before)(query)
    assert not stands(before, near)(query)
    assert not stands(near, before)(query)


@SCRIPTS
def test_a_part_that_becomes_rarer_or_more_frequent_by_a_step_may_change_the_answer(
    script: int, write: Callable[[str], str]
) -> None:
    """Of 128 names with Saleh one more makes what counts as 256; of 129 it does not."""
    saleh, query = SALEH[script], f"{SALEH[script]} {HAMDAN[script]}"
    new = {"new": person("new", f"{saleh} {write('queblor')}")}
    for count, is_same in ((128, False), (129, True), (199, True)):
        before = people(query, count, write)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(index_contrast, "SPELLED", 100)
            patch.setattr(index_search, "SPELLED", 100)
            assert stands(before, before | new)(query) is is_same, count
            assert stands(before | new, before)(query) is is_same, count


@pytest.mark.parametrize(
    ("query", "new", "others"),
    [
        (
            "Hamdan Saleh",
            "Salah Saleh Salih",
            "Salman Salih, Hamdallah Hamdan, Salih Saleh, Hasan, Salih Salman Hamad, Salman, "
            "Mazen, al-Arouri Hamdallah",
        ),
        (
            "حمدان الحمد",
            "الله الحمد",
            "العاروري, مازن الحمد حسن, الله حسن حماد, مازن الحمد, حمدان صلح, مازن صالح, "
            "حمدان العاروري, حماد",
        ),
    ],
)
def test_a_name_that_is_not_compared_may_push_out_one_that_would_be(
    query: str, new: str, others: str
) -> None:
    """Those ranked by their letters are the best by their parts: the new name takes a place there,
    and the one that loses it would have been among the likeliest by its letters."""
    before = unique([person(f"n{number}", name) for number, name in enumerate(others.split(", "))])
    after = before | {"new": person("new", new)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "_COMPARED", 3)
        assert new not in compared(after, query, 3)
        assert compared(before, query, 3) == compared(after, query, 3)
        patch.setattr(index_contrast, "SPELLED", 4)
        patch.setattr(index_search, "SPELLED", 4)
        assert new not in compared(after, query, 3)
        assert compared(before, query, 3) != compared(after, query, 3)
        assert not stands(before, after, limit=1)(query)
        assert not stands(after, before, limit=1)(query)


def compared(entities: Mapping[str, Entity], query: str, limit: int) -> list[str]:
    arrays = build(entities.values())
    return [arrays.names.text(n) for n in search(arrays, parse(query), limit).tolist()]
