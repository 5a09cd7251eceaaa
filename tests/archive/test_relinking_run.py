"""Linked again after a change: every file as a full run makes it, and a delta that says why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from nisba_service.archive import tables
from nisba_service.archive.description import Archive
from nisba_service.archive.durable import checksum
from nisba_service.archive.manifest import read_manifest
from tests.archive.workshop import (
    ARABIC,
    ENTITIES,
    articles,
    contents,
    linked,
    new_archive,
    relinked,
    source_of,
    taken_in,
    write_gazetteer,
    write_jsonl,
)

Entities: TypeAlias = dict[str, dict[str, Any]]
PLAIN = [
    {"id": "plain-1", "text": "Nothing of interest happened in the harbour."},
    {"id": "عادي-٢", "text": "لم يحدث شيء يذكر في الميناء."},
    {"id": "plain-3", "text": "The Bureau of Arouri met in Tripoli."},
    {"id": "عادي-٤", "text": "التقى أبو محمد وزيرا في المدينة."},
]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = new_archive(tmp_path / "archive")
    source = write_jsonl(tmp_path / "أخبار.jsonl", [*articles(6), *PLAIN, *articles(7, first=6)])
    taken_in(archive, source)
    return archive


@pytest.fixture
def before(archive: Archive, tmp_path: Path) -> Path:
    gazetteer = write_gazetteer(tmp_path / "before.jsonl")
    linked(archive, gazetteer)
    return gazetteer


def _edited(path: Path, edit: Callable[[Entities], object]) -> Path:
    entities: Entities = {str(e["id"]): deepcopy(dict(e)) for e in ENTITIES}
    edit(entities)
    return write_gazetteer(path, entities.values())


def _alias(entities: Entities, name: str, language: str, entity: str = "org:hamas") -> None:
    entities[entity]["names"].append({"name": name, "lang": language})


def _split(entities: Entities) -> None:
    names = [{"name": "إسماعيل هنية", "lang": "ar", "kind": "primary"}]
    entities["per:other-haniyeh"] = {"id": "per:other-haniyeh", "type": "PERSON", "names": names}


def _merge(entities: Entities) -> None:
    del entities["org:hamas"]
    entities["per:saleh-al-arouri"]["relations"] = []
    entities["old"] = {"id": "org:hamas", "merged_into": "per:ismail-haniyeh"}


EDITS: Mapping[str, Callable[[Entities], object]] = {
    "an Arabic alias": lambda e: _alias(e, "حركة المقاومة الإسلامية", "ar"),
    "a spelling that texts hold": lambda e: _alias(e, "حماس", "ar"),
    "a name that nothing was tagged for": lambda e: _alias(e, "الميناء", "ar", "loc:beirut"),
    "an English name of a common word": lambda e: _alias(e, "Tripoli", "en", "loc:beirut"),
    "a name taken away": lambda e: e["per:saleh-al-arouri"]["names"].pop(),
    "an entity taken away": lambda e: e.pop("loc:beirut"),
    "a namesake": _split,
    "a merge": _merge,
    "a relation": lambda e: e["per:ismail-haniyeh"].update(
        relations=[{"rel": "leader_of", "target": "org:hamas"}]
    ),
    "a spelling that is not its own": lambda e: e["per:saleh-al-arouri"].update(
        not_names=["Arouri"]
    ),
    "a use": lambda e: e["loc:beirut"]["names"][1].update(use="needs-context"),
    "a date": lambda e: e["org:hamas"]["names"][0].update(valid_to="2023-05-10"),
    "nothing": lambda e: None,
}


@pytest.mark.parametrize("edit", EDITS)
def test_every_file_is_as_a_full_run_makes_it(
    archive: Archive, before: Path, tmp_path: Path, edit: str
) -> None:
    after = _edited(tmp_path / "after.jsonl", EDITS[edit])
    relinked(archive, before, after)
    full = new_archive(tmp_path / "full")
    taken_in(full, tmp_path / "أخبار.jsonl")
    linked(full, after)
    state = source_of(full, after).state
    expected = {path: data for path, data in contents(full).items() if state in path}
    found = {path: d for path, d in contents(archive).items() if state in path and ".." not in path}
    assert found == expected
    one, other = (read_manifest(a.layout.links(state)) for a in (archive, full))
    assert one is not None
    assert other is not None
    assert one.complete
    assert one.shards == other.shards


def test_only_what_is_touched_is_linked_again(
    archive: Archive, before: Path, tmp_path: Path
) -> None:
    after = _edited(tmp_path / "after.jsonl", lambda e: _alias(e, "الميناء", "ar", "loc:beirut"))
    done = relinked(archive, before, after)
    assert (done.touched, done.whole, done.summary.documents) == (1, 0, 17)
    old, new = (archive.layout.links(source_of(archive, g).state) for g in (before, after))
    shared = [p.name for p in sorted(old.glob("*.parquet")) if p.samefile(new / p.name)]
    assert shared == [
        "part-00000.parquet",
        "part-00002.parquet",
        "part-00003.parquet",
        "part-00004.parquet",
    ]


def test_the_delta_says_what_changed_and_why(
    archive: Archive, before: Path, tmp_path: Path
) -> None:
    after = _edited(tmp_path / "after.jsonl", lambda e: _alias(e, "الميناء", "ar", "loc:beirut"))
    done = relinked(archive, before, after)
    path = archive.layout.delta(*(source_of(archive, g).state for g in (before, after)))
    rows = tables.read(path, tables.DELTA).to_pylist()
    assert len(rows) == done.changes == 1
    (row,) = rows
    assert (row["document_id"], row["text"], row["change"]) == ("عادي-٢", "الميناء", "added")
    assert (row["before_outcome"], row["after_entity_id"]) == (None, "loc:beirut")
    assert row["because"] == ["loc:beirut"]
    digest, name = path.with_name(f"{path.name}.sha256").read_text("utf-8").split()
    assert (digest, name) == (checksum(path), path.name)


def test_inputs_added_since_are_linked_as_a_whole(
    archive: Archive, before: Path, tmp_path: Path
) -> None:
    taken_in(archive, write_jsonl(tmp_path / "more.jsonl", articles(3, first=50)))
    after = _edited(tmp_path / "after.jsonl", lambda e: _alias(e, "الميناء", "ar", "loc:beirut"))
    done = relinked(archive, before, after)
    assert (done.touched, done.whole, done.summary.documents) == (1, 3, 20)


def test_a_second_time_there_is_nothing_to_do_and_the_delta_is_the_same(
    archive: Archive, before: Path, tmp_path: Path
) -> None:
    after = _edited(tmp_path / "after.jsonl", lambda e: _alias(e, "الميناء", "ar", "loc:beirut"))
    relinked(archive, before, after)
    first = contents(archive)
    relinked(archive, before, after)
    assert contents(archive) == first


def test_there_and_back_again(archive: Archive, before: Path, tmp_path: Path) -> None:
    state = source_of(archive, before).state
    first = {path: data for path, data in contents(archive).items() if f"/{state}/" in path}
    after = _edited(tmp_path / "after.jsonl", _split)
    relinked(archive, before, after)
    for path in [*archive.layout.links(state).iterdir(), *archive.layout.traces(state).iterdir()]:
        path.unlink()
    relinked(archive, after, before)
    again = {path: data for path, data in contents(archive).items() if f"/{state}/" in path}
    assert again == first


def test_a_document_that_the_linker_fails_at_is_tried_again_every_time(
    archive: Archive, before: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nisba_service.archive.trace import TracedLinker  # noqa: PLC0415 (one test breaks it)

    link = TracedLinker.link

    def failing(self: TracedLinker, document: Any, tagged: Any) -> Any:
        if document.id == "news-2":
            raise RuntimeError(ARABIC)
        return link(self, document, tagged)

    monkeypatch.setattr(TracedLinker, "link", failing)
    after = _edited(tmp_path / "after.jsonl", _split)
    assert linked(archive, after).failed == 1
    monkeypatch.undo()
    back = _edited(tmp_path / "back.jsonl", lambda e: _alias(e, "الميناء", "ar", "loc:beirut"))
    done = relinked(archive, after, back)
    assert (done.whole, done.summary.failed) == (4, 0)
    state = source_of(archive, back).state
    assert (
        "news-2"
        in tables.read(archive.layout.links(state) / "part-00000.parquet", tables.LINKS)[
            "document_id"
        ].to_pylist()
    )
