"""Deleting, merging, splitting: what becomes of those who name an entity, and of its old IDs."""

from __future__ import annotations

import pytest

from nisba_service.errors import EditError
from nisba_service.gazetteer.store.model import Create, Delete, Edit, Merge, Put, Split
from nisba_service.gazetteer.store.serving import load_gazetteer
from nisba_service.gazetteer.store.store import Store
from tests.gazetteer.store.records import (
    ALL,
    FATAH,
    HAMAS,
    NOTE,
    content,
    edit,
    etag,
    filled,
    names,
    record,
    relations,
)

ARURI_TWICE = (
    record("per:aruri", "Saleh al-Arouri", "صالح العاروري"),
    record("per:aruri-2", "Salah Al-Aruri", "صالح العاروري", member_of="org:hamas"),
    record("per:aruri-3", "Abu Mohammed", "أبو محمد"),
    record("per:wife", "زوجة العاروري", spouse_of="per:aruri-2"),
    HAMAS,
)


def problems(store: Store, *edits: Edit) -> list[str]:
    """Return what is wrong with edits, without their place."""
    with pytest.raises(EditError) as caught:
        edit(store, *edits)
    return [problem.message for problem in caught.value.problems]


# --- delete ---


def test_a_deleted_entity_is_gone(store: Store) -> None:
    filled(store)
    revision = edit(store, Delete("per:arafat"))

    assert store.stored("per:arafat") is None
    assert [s.entity_id for s in store.records()] == ["org:fatah", "org:hamas", "per:aruri"]
    assert revision.changes.removed == 1


def test_who_is_named_is_not_deleted(store: Store) -> None:
    filled(store)

    assert problems(store, Delete("org:hamas")) == [
        "org:hamas: relations of per:aruri name it: remove them first, or with it"
    ]


def test_the_message_names_a_few_of_many_who_name_it(store: Store) -> None:
    filled(store, [HAMAS, *(record(f"per:n{n}", "سلمى", member_of="org:hamas") for n in range(9))])

    assert problems(store, Delete("org:hamas")) == [
        "org:hamas: relations of per:n0, per:n1, per:n2, per:n3, per:n4 and others name it:"
        " remove them first, or with it"
    ]


def test_a_deletion_may_take_relations_with_it(store: Store) -> None:
    filled(store)
    edit(store, Put(record("per:aruri", "العاروري", member_of="org:hamas", left="org:fatah")))
    edit(store, Delete("org:hamas", cascade=True))

    assert store.stored("org:hamas") is None
    assert relations(store.stored("per:aruri")) == [("left", "org:fatah")]


def test_thousands_may_name_what_is_deleted_with_its_relations(store: Store) -> None:
    filled(store, [HAMAS, *(record(f"per:n{n}", "سلمى", of="org:hamas") for n in range(1_200))])
    revision = edit(store, Delete("org:hamas", cascade=True))

    assert revision.changes.updated == 1_200
    assert not any(relations(stored) for stored in store.records())


def test_ids_that_led_to_a_deleted_entity_go_with_it(store: Store) -> None:
    filled(store, ARURI_TWICE)
    edit(store, Merge(("per:aruri-3",), "per:aruri"))
    edit(store, Delete("per:aruri"))

    assert store.stored("per:aruri-3") is None
    assert problems(store, Create(record("per:aruri-3", "أبو محمد"))) == [
        "per:aruri-3: id: was deleted: no ID is used twice"
    ]


@pytest.mark.parametrize(
    ("entity_id", "message"),
    [
        ("per:nobody", 'per:nobody: no entity has the ID "per:nobody"'),
        ("per:aruri-3", 'per:aruri-3: "per:aruri-3" was merged: write "per:aruri"'),
        ("per:wife", 'per:wife: no entity has the ID "per:wife"'),
    ],
)
def test_only_an_entity_can_be_deleted(store: Store, entity_id: str, message: str) -> None:
    filled(store, ARURI_TWICE)
    edit(store, Merge(("per:aruri-3",), "per:aruri"), Delete("per:wife"))

    assert problems(store, Delete(entity_id)) == [message]


# --- merge ---


def test_a_merge_joins_what_is_known_and_old_ids_lead_on(store: Store) -> None:
    filled(store, ARURI_TWICE)
    revision = edit(store, Merge(("per:aruri-2", "per:aruri-3"), "per:aruri"))
    merged = store.stored("per:aruri")

    assert names(merged) == [
        "Saleh al-Arouri", "صالح العاروري", "Salah Al-Aruri", "Abu Mohammed", "أبو محمد",
    ]  # fmt: skip
    assert relations(merged) == [("member_of", "org:hamas")]
    assert relations(store.stored("per:wife")) == [("spouse_of", "per:aruri")]
    old = store.stored("per:aruri-2")
    assert old is not None
    assert (old.record, old.merged_into) == (None, "per:aruri")
    assert (revision.entity_count, revision.changes.removed, revision.changes.updated) == (3, 2, 2)


def test_what_serves_finds_the_entity_by_its_old_id(store: Store) -> None:
    filled(store, ARURI_TWICE)
    edit(store, Merge(("per:aruri-2",), "per:aruri"))
    gazetteer = load_gazetteer(store)

    assert gazetteer.find("per:aruri-2") == gazetteer.entities["per:aruri"]
    assert "per:aruri-2" not in gazetteer.entities


def test_old_ids_lead_on_for_ever(store: Store) -> None:
    filled(store, ARURI_TWICE)
    edit(store, Merge(("per:aruri-3",), "per:aruri-2"))
    edit(store, Merge(("per:aruri-2",), "per:aruri"))
    redirects = {s.entity_id: s.merged_into for s in store.records() if s.merged_into}

    assert redirects == {"per:aruri-2": "per:aruri", "per:aruri-3": "per:aruri"}
    assert store.stored("per:aruri-3", 2).merged_into == "per:aruri-2"  # type: ignore[union-attr]  # it was there


def test_old_ids_lead_on_also_within_one_commit(store: Store) -> None:
    filled(store, ARURI_TWICE)
    edit(store, Merge(("per:aruri-3",), "per:aruri-2"), Merge(("per:aruri-2",), "per:aruri"))

    assert content(store.records())["per:aruri-3"] == "per:aruri"


def test_the_merged_may_name_one_another(store: Store) -> None:
    filled(
        store,
        [
            record("org:a", "ألف", part_of="org:b"),
            record("org:b", "باء", parent_of="org:a"),
            record("org:c", "جيم", part_of="org:b", founded="org:a"),
        ],
    )
    edit(store, Merge(("org:b",), "org:a"))

    assert relations(store.stored("org:a")) == []
    assert relations(store.stored("org:c")) == [("part_of", "org:a"), ("founded", "org:a")]


def test_a_new_record_can_be_merged_in_the_same_commit(store: Store) -> None:
    filled(store)
    edit(store, Create(record("org:h", "حركة المقاومة الإسلامية")), Merge(("org:h",), "org:hamas"))

    assert names(store.stored("org:hamas")) == ["Hamas", "حماس", "حركة المقاومة الإسلامية"]


@pytest.mark.parametrize(
    ("merge", "message"),
    [
        (Merge((), "org:hamas"), "org:hamas: name at least one entity to merge into it"),
        (
            Merge(("org:hamas",), "org:hamas"),
            "org:hamas: an entity cannot be merged twice, nor into itself",
        ),
        (
            Merge(("org:fatah", "org:fatah"), "org:hamas"),
            "org:hamas: an entity cannot be merged twice, nor into itself",
        ),
        (
            Merge(("per:aruri",), "org:hamas"),
            "org:hamas: is of type ORGANIZATION, per:aruri of PERSON: give both one type first",
        ),
        (Merge(("org:nobody",), "org:hamas"), 'org:hamas: no entity has the ID "org:nobody"'),
        (Merge(("org:hamas",), "org:nobody"), 'org:nobody: no entity has the ID "org:nobody"'),
    ],
)
def test_what_cannot_be_merged(store: Store, merge: Merge, message: str) -> None:
    filled(store)

    assert problems(store, merge) == [message]


def test_a_roll_back_undoes_merges_and_deletions(store: Store) -> None:
    filled(store, ARURI_TWICE)
    before = content(store.records())
    edit(
        store, Merge(("per:aruri-2", "per:aruri-3"), "per:aruri"), Delete("org:hamas", cascade=True)
    )
    store.roll_back(1, NOTE)

    assert content(store.records()) == before
    assert problems(store, Delete("per:aruri-2")) == [
        "per:aruri-2: relations of per:wife name it: remove them first, or with it"
    ]


# --- split ---


def test_a_split_makes_several_of_one(store: Store) -> None:
    filled(store, [record("loc:tripoli", "Tripoli", "طرابلس"), *ALL])
    revision = edit(
        store,
        Split(
            record("loc:tripoli", "Tripoli", "طرابلس الغرب"),
            (record("loc:tripoli-lebanon", "Tripoli", "طرابلس الشام", near="loc:tripoli"),),
            etag=etag(store, "loc:tripoli"),
        ),
    )

    assert names(store.stored("loc:tripoli")) == ["Tripoli", "طرابلس الغرب"]
    assert names(store.stored("loc:tripoli-lebanon")) == ["Tripoli", "طرابلس الشام"]
    assert (revision.changes.created, revision.changes.updated) == (1, 1)


def test_a_split_takes_a_merge_back(store: Store) -> None:
    filled(store)
    edit(store, Merge(("org:fatah",), "org:hamas"))
    edit(store, Split(HAMAS, (FATAH,)))

    assert content(store.records())["org:fatah"] == FATAH
    assert relations(store.stored("per:arafat")) == [("leader_of", "org:hamas")]


@pytest.mark.parametrize(
    ("split", "messages"),
    [
        (Split(HAMAS, ()), ["org:hamas: name at least one part to split off"]),
        (Split(HAMAS, (HAMAS,)), ["org:hamas: each part needs an ID of its own"]),
        (
            Split(HAMAS, (FATAH,)),
            [
                "org:hamas: org:fatah is used already: a part's ID is new, or was merged into the"
                " split one"
            ],
        ),
        (
            Split(record("org:nobody", "لا أحد"), (record("org:x", "س"),)),
            ['org:nobody: no entity has the ID "org:nobody"'],
        ),
        (
            Split(HAMAS, (record("org:x", "Хамас"),)),
            [
                'org:x: names[0].name: "Хамас" holds a letter that is neither Latin nor Arabic:'
                " CYRILLIC CAPITAL LETTER HA"
            ],
        ),
        (
            Split(HAMAS, (record("org:x", "س", part_of="org:y"),)),
            ['org:x: relations[0].target: no entity has the ID "org:y"'],
        ),
    ],
)
def test_what_cannot_be_split(store: Store, split: Split, messages: list[str]) -> None:
    filled(store)

    assert problems(store, split) == messages
