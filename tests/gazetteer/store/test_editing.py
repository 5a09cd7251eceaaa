"""Records that curators write: the rules of the files, etags, and IDs that are never used twice."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nisba_service.errors import EditError, EtagConflict, GazetteerError
from nisba_service.gazetteer.files import read_records
from nisba_service.gazetteer.load import load
from nisba_service.gazetteer.schema import Record, RedirectRecord, parse
from nisba_service.gazetteer.source import SourceRecord
from nisba_service.gazetteer.store.model import Create, Delete, Edit, Merge, Put
from nisba_service.gazetteer.store.store import Store
from tests.gazetteer.store.records import (
    ALL,
    ARURI,
    FATAH,
    HAMAS,
    NOTE,
    content,
    edit,
    etag,
    filled,
    record,
    relations,
)

Write = Callable[[dict[str, str | bytes]], Path]


def problems(store: Store, *edits: Edit) -> list[str]:
    """Return what is wrong with edits, and see to it that nothing of them was written."""
    before = store.head()
    with pytest.raises(EditError) as caught:
        edit(store, *edits)
    assert store.head() == before
    return [str(problem) for problem in caught.value.problems]


# --- rules of the files ---

BROKEN = """\
- {id: org:hamas, type: ORGANIZATION, names: [{name: Hamas}, {name: Hamаs}]}
- id: per:aruri
  type: PERSON
  names:
  - {name: صالح العاروري, kind: primary}
  - {name: العاروري, kind: primary}
  relations:
  - {rel: member_of, target: org:fatah}
  - {rel: member_of, target: org:hamas}
- {id: per:old, merged_into: per:nobody}
"""


def test_problems_have_the_words_file_and_line_of_the_files(store: Store, write: Write) -> None:
    path = write({"a.yaml": BROKEN})
    sources = [s for s in read_records(path) if isinstance(s, SourceRecord)]
    with pytest.raises(GazetteerError) as of_files:
        load(path)
    told = problems(store, *(Put(parse(source), source=source) for source in sources))

    assert told == [str(problem) for problem in of_files.value.problems]
    assert (
        f'{path}/a.yaml:8: per:aruri: relations[0].target: no entity has the ID "org:fatah"' in told
    )


def test_without_a_file_the_place_is_the_edit(store: Store) -> None:
    filled(store)

    assert problems(
        store, Put(record("org:fatah", "حركة فتح")), Put(record("org:hamas", "Hamas", "Hamаs"))
    ) == [
        'edit:2: org:hamas: names[1].name: "Hamаs" holds a letter that is neither Latin nor Arabic:'
        " CYRILLIC SMALL LETTER A"
    ]


def test_all_problems_are_told_at_once(store: Store) -> None:
    filled(store)
    told = problems(
        store,
        Create(HAMAS),
        Put(record("per:x", "س", knows="per:y")),
        Delete("per:z"),
        Delete("org:fatah"),
    )

    assert told == [
        "edit:1: org:hamas: id: is used already",
        'edit:3: per:z: no entity has the ID "per:z"',
        'edit:2: per:x: relations[0].target: no entity has the ID "per:y"',
        "edit:4: org:fatah: relations of per:arafat name it: remove them first, or with it",
    ]


def test_too_many_problems_end_the_reading(store: Store) -> None:
    read = 0

    def broken() -> Iterator[Edit]:
        nonlocal read
        for number in range(100_000):
            read += 1
            yield Create(record(f"per:n{number}", "!"))

    with pytest.raises(EditError) as caught:
        store.commit(broken(), NOTE)
    told = [str(problem) for problem in caught.value.problems]

    assert len(told) == 1001
    assert told[-1] == "edit:1000: there are 1000 problems: the rest was not looked at"
    assert read < 5_000


# --- relations ---


def test_a_record_may_name_one_that_comes_later(store: Store) -> None:
    edit(store, Create(ARURI), Create(HAMAS))

    assert relations(store.stored("per:aruri")) == [("member_of", "org:hamas")]


def test_a_later_one_may_come_thousands_of_records_later(store: Store) -> None:
    between = (Create(record(f"loc:n{number}")) for number in range(2500))
    edit(store, Create(ARURI), *between, Create(HAMAS))

    assert store.head().entity_count == 2502


def test_a_record_may_name_itself(store: Store) -> None:
    edit(store, Create(record("org:hamas", "حماس", related_to="org:hamas")))

    assert store.head().number == 1


def test_no_record_names_what_is_not_there(store: Store) -> None:
    assert problems(store, Create(ARURI)) == [
        'edit:1: per:aruri: relations[0].target: no entity has the ID "org:hamas"'
    ]


def test_no_record_names_what_was_deleted_or_merged(store: Store) -> None:
    filled(store, [HAMAS, FATAH, record("org:plo", "منظمة التحرير")])
    edit(store, Delete("org:hamas"), Merge(("org:plo",), "org:fatah"))

    assert problems(store, Create(ARURI), Create(record("per:a", "ألف", in_="org:plo"))) == [
        'edit:1: per:aruri: relations[0].target: no entity has the ID "org:hamas"',
        'edit:2: per:a: relations[0].target: "org:plo" was merged: write "org:fatah"',
    ]


def test_a_relation_to_a_broken_record_is_not_dangling(store: Store) -> None:
    told = problems(store, Create(ARURI), Create(record("org:hamas", "Хамас")))

    assert len(told) == 1
    assert told[0].startswith("edit:2: org:hamas: names[0].name:")


def test_a_relation_that_a_later_edit_takes_back_is_not_dangling(store: Store) -> None:
    filled(store)
    edit(store, Delete("org:hamas"), Put(record("per:aruri", "صالح العاروري")))

    assert store.stored("org:hamas") is None


# --- IDs ---


def test_an_id_is_created_once(store: Store) -> None:
    filled(store)

    assert problems(store, Create(HAMAS)) == ["edit:1: org:hamas: id: is used already"]


def test_a_deleted_id_is_not_created_again(store: Store) -> None:
    filled(store)
    edit(store, Delete("per:arafat"))

    assert problems(store, Create(record("per:arafat", "سميّ له"))) == [
        "edit:1: per:arafat: id: was deleted: no ID is used twice"
    ]


def test_a_merged_id_is_not_created_again(store: Store) -> None:
    filled(store)
    edit(store, Merge(("org:fatah",), "org:hamas"))

    assert problems(store, Create(FATAH)) == [
        "edit:1: org:fatah: id: was merged into org:hamas: no ID is used twice"
    ]


def test_an_id_of_a_revision_that_was_rolled_back_is_not_created_again(store: Store) -> None:
    filled(store)
    edit(store, Create(record("loc:gaza", "غزة")))
    store.roll_back(1, NOTE)

    assert problems(store, Create(record("loc:gaza", "Gaza"))) == [
        "edit:1: loc:gaza: id: was deleted: no ID is used twice"
    ]


def test_an_id_comes_once_in_a_commit(store: Store) -> None:
    assert problems(store, Create(HAMAS), Put(record("org:hamas", "الحركة"))) == [
        "edit:2: org:hamas: id: is used twice in one commit"
    ]


def test_an_id_comes_once_in_a_commit_of_thousands(store: Store) -> None:
    between = (Create(record(f"loc:n{number}")) for number in range(1500))

    assert problems(store, Create(HAMAS), *between, Put(record("org:hamas", "الحركة"))) == [
        "edit:1502: org:hamas: id: is used twice in one commit"
    ]


def test_put_says_what_an_id_is_whatever_it_was(store: Store) -> None:
    filled(store)
    edit(store, Delete("per:arafat"), Merge(("org:fatah",), "org:hamas"))
    edit(store, Put(record("per:arafat", "ياسر عرفات")), Put(FATAH), Put(record("loc:gaza", "غزة")))

    assert content(store.records())["per:arafat"] == record("per:arafat", "ياسر عرفات")
    assert content(store.records())["org:fatah"] == FATAH


# --- redirects, as files have them ---


def test_a_redirect_can_be_put(store: Store) -> None:
    filled(store)
    edit(store, Put(RedirectRecord(id="org:hamas-movement", merged_into="org:hamas")))

    assert content(store.records())["org:hamas-movement"] == "org:hamas"
    assert store.head().entity_count == 4


def test_a_redirect_leads_to_an_entity(store: Store) -> None:
    filled(store)
    edit(store, Put(RedirectRecord(id="org:h", merged_into="org:hamas")))

    assert problems(
        store,
        Put(RedirectRecord(id="org:x", merged_into="org:nobody")),
        Put(RedirectRecord(id="org:y", merged_into="org:h")),
    ) == [
        'edit:1: org:x: merged_into: no entity has the ID "org:nobody"',
        'edit:2: org:y: merged_into: "org:h" was merged: write "org:hamas"',
    ]


def test_a_redirect_does_not_replace_what_others_name(store: Store) -> None:
    filled(store)
    edits = [Put(RedirectRecord(id="org:fatah", merged_into="org:hamas"))]

    assert problems(store, *edits) == [
        'edit:1: per:arafat: relations[0].target: "org:fatah" was merged: write "org:hamas"'
    ]
    edit(store, *edits, Put(record("per:arafat", "ياسر عرفات", leader_of="org:hamas")))
    assert content(store.records())["org:fatah"] == "org:hamas"


# --- etags ---


def test_an_edit_of_what_has_changed_is_refused(store: Store) -> None:
    filled(store)
    read = etag(store, "org:hamas")
    edit(store, Put(record("org:hamas", "حركة حماس"), etag=read))

    for late in (
        Put(record("org:hamas", "Hamas"), etag=read),
        Delete("org:hamas", etag=read),
        Merge(("org:fatah",), "org:hamas", etag=read),
    ):
        with pytest.raises(EtagConflict, match="org:hamas has changed since it was read") as caught:
            edit(store, Put(record("org:fatah", "حركة فتح")), late)
        assert (caught.value.entity_id, caught.value.given) == ("org:hamas", read)
        assert caught.value.current == etag(store, "org:hamas")
    assert store.head().number == 2


def test_an_edit_of_what_is_gone_is_refused(store: Store) -> None:
    filled(store)
    read = etag(store, "per:arafat")
    edit(store, Delete("per:arafat"))

    with pytest.raises(EtagConflict) as caught:
        edit(store, Put(record("per:arafat", "أبو عمار"), etag=read))
    assert caught.value.current == ""


# --- streams ---


def test_edits_are_streamed(store: Store) -> None:
    alive: list[weakref.ref[Record]] = []
    most = 0

    def edits() -> Iterator[Edit]:
        nonlocal most
        for number in range(6_000):
            new = record(f"per:n{number}", "سلمى")
            alive.append(weakref.ref(new))
            yield Create(new)
            del new
            if number % 500 == 0:
                most = max(most, sum(ref() is not None for ref in alive))

    store.commit(edits(), NOTE)

    assert store.head().entity_count == 6_000
    assert most <= 1_001


def test_a_stream_that_breaks_off_leaves_nothing(store: Store) -> None:
    def edits() -> Iterator[Edit]:
        yield from map(Create, ALL)
        raise ConnectionResetError("the caller is gone")

    with pytest.raises(ConnectionResetError):
        store.commit(edits(), NOTE)

    assert store.head().number == 0
    assert filled(store).number == 1
