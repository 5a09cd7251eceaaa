"""Revisions: edits make the next one, and each can be read for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from nisba_service.errors import EditError, RevisionNotFound
from nisba_service.gazetteer.store.model import ChangeCounts, Create, Delete, Edit, Note, Put
from nisba_service.gazetteer.store.store import Store
from tests.gazetteer.store.records import (
    ALL,
    ARAFAT,
    ARURI,
    FATAH,
    HAMAS,
    NOTE,
    content,
    edit,
    etag,
    filled,
    names,
    record,
)

HAMAS_RENAMED = record("org:hamas", "Hamas", "حماس", "حركة المقاومة الإسلامية")


def test_a_store_begins_with_an_empty_revision(store: Store) -> None:
    head = store.head()

    assert (head.number, head.entity_count, head.name_count) == (0, 0, 0)
    assert list(store.records()) == list(store.records(0)) == []
    assert store.revisions() == []


def test_a_commit_makes_the_next_revision_and_says_who_when_and_why(store: Store) -> None:
    before = datetime.now(UTC)
    revision = store.commit(map(Create, ALL), Note("ليلى", "أول دفعة"))

    assert (revision.number, revision.author, revision.reason) == (1, "ليلى", "أول دفعة")
    assert before <= revision.created_at <= datetime.now(UTC)
    assert revision.created_at.utcoffset() == timedelta(0)
    assert (revision.entity_count, revision.name_count) == (4, 8)
    assert revision.changes == ChangeCounts(created=4)
    assert revision.restores is None
    assert store.head() == store.revision(1) == revision


def test_records_come_in_order_of_id(store: Store) -> None:
    filled(store, [record("per:b"), record("per:a"), record("per:B"), record("per:a-b")])

    assert [s.entity_id for s in store.records()] == ["per:B", "per:a", "per:a-b", "per:b"]


def test_records_are_as_they_were_given(store: Store) -> None:
    filled(store)

    assert content(store.records()) == {r.id: r for r in ALL}
    assert store.stored("per:aruri") == next(s for s in store.records() if s.record == ARURI)
    assert store.stored("per:nobody") is None


def test_an_old_revision_reads_as_it_was(store: Store) -> None:
    filled(store)
    edit(store, Put(HAMAS_RENAMED), Delete("per:arafat"), Create(record("loc:gaza", "Gaza", "غزة")))

    assert content(store.records(1)) == {r.id: r for r in ALL}
    assert names(store.stored("org:hamas", 1)) == ["Hamas", "حماس"]
    assert names(store.stored("org:hamas")) == ["Hamas", "حماس", "حركة المقاومة الإسلامية"]
    assert store.stored("per:arafat", 1) is not None
    assert store.stored("per:arafat") is None
    assert store.stored("loc:gaza", 1) is None
    assert store.stored("org:fatah", 2) == store.stored("org:fatah", 1)


def test_a_reader_stays_with_the_revision_that_it_began_with(store: Store) -> None:
    many = [record(f"per:n{number:04}") for number in range(1500)]
    filled(store, many)
    reader = store.records()
    first = next(reader)
    edit(store, Delete("per:n1499"), Put(record("per:n1498", "سلمى")))

    assert content([first, *reader]) == {r.id: r for r in many}


def test_counts_follow_the_edits(store: Store) -> None:
    filled(store)
    revision = edit(
        store,
        Put(HAMAS_RENAMED),
        Delete("per:arafat"),
        Create(record("loc:gaza", "Gaza", "غزة")),
        Create(record("loc:rafah", "Rafah", "رفح")),
    )

    assert (revision.entity_count, revision.name_count) == (5, 11)
    assert revision.changes == ChangeCounts(created=2, updated=1, removed=1)


def test_a_commit_that_changes_nothing_makes_no_revision(store: Store) -> None:
    first = filled(store)

    assert edit(store, *map(Put, ALL)) == edit(store) == first


def test_a_commit_that_takes_itself_back_makes_no_revision(store: Store) -> None:
    first = filled(store)
    detour: list[Edit] = [Create(record("loc:gaza", "غزة")), Delete("loc:gaza")]

    assert edit(store, *detour) == first
    assert edit(store, Create(record("loc:gaza", "غزة"))).number == 2


def test_equal_content_has_an_equal_version_whatever_the_way(store: Store) -> None:
    one = filled(store, [HAMAS, FATAH])
    edit(store, Put(HAMAS_RENAMED), Delete("org:fatah"))
    other = edit(store, Put(HAMAS), Put(FATAH))

    assert other.version == one.version
    assert other.number == 3


def test_an_etag_is_that_of_the_content(store: Store) -> None:
    filled(store)
    before = etag(store, "org:hamas")
    edit(store, Put(HAMAS_RENAMED))
    renamed = etag(store, "org:hamas")
    edit(store, Put(HAMAS))

    assert etag(store, "org:hamas") == before != renamed


def test_revisions_are_listed_newest_first(store: Store) -> None:
    filled(store)
    for spelling in ("حماس", "حركة حماس", "الحركة"):
        edit(store, Put(record("org:hamas", spelling)))

    assert [r.number for r in store.revisions()] == [4, 3, 2, 1]
    assert [r.number for r in store.revisions(limit=2)] == [4, 3]
    assert [r.number for r in store.revisions(before=3, limit=5)] == [2, 1]


def test_the_history_of_an_id(store: Store) -> None:
    filled(store)
    edit(store, Put(HAMAS_RENAMED))
    edit(store, Put(record("org:fatah", "حركة فتح")))
    edit(store, Delete("org:hamas", cascade=True))
    history = store.history("org:hamas")

    assert [step.revision.number for step in history] == [4, 2, 1]
    assert history[0].change.after is None
    assert history[0].change.before == history[1].change.after == store.stored("org:hamas", 3)
    assert history[2].change.before is None
    assert history[2].revision.author == "ليلى"
    assert store.history("org:nobody") == []


def test_revisions_that_changed_an_entity(store: Store) -> None:
    filled(store)
    edit(store, Put(HAMAS_RENAMED))
    edit(store, Create(record("loc:gaza", "Gaza", "غزة")))
    edit(store, Put(HAMAS))
    edit(store, Delete("loc:gaza"))

    def numbers(entity_id: str, before: int | None = None, limit: int = 100) -> list[int]:
        return [r.number for r in store.revisions(before, limit, entity_id=entity_id)]

    assert numbers("org:hamas") == [4, 2, 1]
    assert numbers("org:hamas", limit=2) == [4, 2]
    assert numbers("org:hamas", before=4) == [2, 1]
    assert numbers("loc:gaza") == [5, 3]
    assert numbers("loc:nowhere") == []


def test_the_difference_of_two_revisions(store: Store) -> None:
    filled(store)
    edit(store, Put(HAMAS_RENAMED))
    edit(store, Put(HAMAS), Delete("per:arafat"))
    edit(store, Create(record("loc:gaza", "Gaza", "غزة")))

    assert [change.entity_id for change in store.diff(1, 2)] == ["org:hamas"]
    forth = [(c.entity_id, c.before, c.after) for c in store.diff(1, 4)]
    assert forth == [
        ("loc:gaza", None, store.stored("loc:gaza")),
        ("per:arafat", store.stored("per:arafat", 1), None),
    ]
    assert [(c.entity_id, c.after, c.before) for c in store.diff(4, 1)] == forth
    assert [c.entity_id for c in store.diff(0, 1)] == sorted(r.id for r in ALL)
    assert list(store.diff(3, 3)) == []


@pytest.mark.parametrize("number", [2, 99, -1])
def test_a_revision_that_is_not_there(store: Store, number: int) -> None:
    filled(store)

    for call in (
        lambda: store.revision(number),
        lambda: list(store.records(number)),
        lambda: store.stored("org:hamas", number),
        lambda: list(store.diff(1, number)),
        lambda: list(store.diff(number, 1)),
        lambda: store.roll_back(number, NOTE),
    ):
        with pytest.raises(RevisionNotFound, match="the newest is 1"):
            call()


def test_a_roll_back_is_a_new_revision_with_old_content(store: Store) -> None:
    first = filled(store)
    edit(store, Put(HAMAS_RENAMED), Delete("per:arafat"), Create(record("loc:gaza", "غزة")))
    back = store.roll_back(1, Note("Omar", "the deletion was a mistake"))

    assert (back.number, back.restores, back.author) == (3, 1, "Omar")
    assert (back.version, back.entity_count, back.name_count) == (first.version, 4, 8)
    assert back.changes == ChangeCounts(created=1, updated=1, removed=1)
    assert content(store.records()) == content(store.records(1))
    assert content(store.records(2)) != content(store.records(1))
    assert etag(store, "org:hamas") == store.history("org:hamas")[-1].change.after.etag  # type: ignore[union-attr]  # it was there
    assert list(store.diff(1, 3)) == []


def test_a_roll_back_of_a_roll_back(store: Store) -> None:
    filled(store)
    second = edit(store, Put(HAMAS_RENAMED))
    store.roll_back(1, NOTE)

    assert store.roll_back(2, NOTE).version == second.version
    assert names(store.stored("org:hamas")) == names(store.stored("org:hamas", 2))


def test_a_roll_back_to_what_is_there_already(store: Store) -> None:
    first = filled(store)

    assert store.roll_back(1, NOTE) == first


def test_a_roll_back_to_the_beginning(store: Store) -> None:
    filled(store)

    assert store.roll_back(0, NOTE).entity_count == 0
    assert list(store.records()) == []


def test_after_a_roll_back_relations_are_watched_again(store: Store) -> None:
    filled(store)
    edit(store, Put(record("per:aruri", "صالح العاروري")))
    store.roll_back(1, NOTE)

    with pytest.raises(EditError, match="relations of per:aruri name it"):
        edit(store, Delete("org:hamas"))


def test_a_check_tells_what_a_commit_would_do_and_does_nothing(store: Store) -> None:
    filled(store)
    edits: list[Edit] = [Put(HAMAS_RENAMED), Delete("per:arafat")]
    preview = store.check(edits, NOTE)

    assert store.head().number == 1
    assert store.stored("per:arafat") is not None
    assert preview.problems == ()
    assert [c.entity_id for c in preview.changes] == ["org:hamas", "per:arafat"]
    revision = edit(store, *edits)
    assert preview.revision is not None
    assert preview.revision.version == revision.version
    assert preview.revision.changes == revision.changes
    assert preview.changes == tuple(store.diff(1, 2))


def test_a_check_shows_so_many_changes(store: Store) -> None:
    preview = store.check(map(Create, ALL), NOTE, limit=2)

    assert [c.entity_id for c in preview.changes] == ["org:fatah", "org:hamas"]
    assert preview.revision is not None
    assert preview.revision.changes == ChangeCounts(created=4)


def test_a_check_tells_what_is_wrong(store: Store) -> None:
    preview = store.check([Create(ARAFAT)], NOTE)

    assert [str(problem) for problem in preview.problems] == [
        'edit:1: per:arafat: relations[0].target: no entity has the ID "org:fatah"'
    ]
    assert (preview.revision, preview.changes) == (None, ())


@pytest.mark.parametrize(
    ("note", "message"),
    [
        (Note(""), "author: must have 1 to 200 characters"),
        (Note("  "), "author: must have 1 to 200 characters"),
        (Note("ل" * 201), "author: must have 1 to 200 characters"),
        (Note("ليلى", "ت" * 2001), "reason: must have at most 2000 characters"),
        (Note("ليلى\0"), "author: must not hold control characters"),
        (Note("Omar", "a\x1b[31m"), "reason: must not hold control characters"),
        (Note("Omar", "\ud800"), "reason: must not hold control characters"),
    ],
)
def test_a_note_that_cannot_be_kept(store: Store, note: Note, message: str) -> None:
    with pytest.raises(EditError) as caught:
        store.commit([Create(HAMAS)], note)

    assert [p.message for p in caught.value.problems] == [message]
    assert store.head().number == 0


def test_a_note_may_have_lines_and_signs_of_direction(store: Store) -> None:
    note = Note("\u200fليلى\u200f", "سطر أول\nثانٍ\tوثالث")
    revision = store.commit([Create(HAMAS)], note)

    assert (revision.author, revision.reason) == (note.author, note.reason)


def test_two_handles_on_one_store(store: Store) -> None:
    filled(store)
    store.close()

    assert store.head().number == 1
