"""A folder of YAML files."""

from __future__ import annotations

from pathlib import Path

import pytest

from nisba_service.errors import ExchangeError
from nisba_service.gazetteer.exchange.folder import (
    MARK,
    Mark,
    read_mark,
    write_folder,
    write_mark,
)
from nisba_service.gazetteer.load import load
from nisba_service.gazetteer.schema import Record, RedirectRecord
from nisba_service.names.types import EntityType


def entity(entity_id: str) -> Record:
    types = {"per": EntityType.PERSON, "org": EntityType.ORGANIZATION, "loc": EntityType.LOCATION}
    content = {"id": entity_id, "type": types[entity_id[:3]], "names": [{"name": "غزة"}]}
    return Record.model_validate(content)


def mark(revision: int) -> Mark:
    return Mark(revision, f"{revision:016x}")


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def people(count: int) -> list[Record]:
    return [entity(f"per:{number:06}") for number in range(count)]


def test_a_file_for_each_type(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "gazetteer"
    records = [entity("loc:gaza"), entity("org:hamas"), entity("per:arouri")]
    old = RedirectRecord(id="zzz", merged_into="loc:gaza")
    write_folder(folder, [*records, old], mark(17), replace=False)

    assert names(folder) == [
        MARK,
        "merged.yaml",
        "organizations.yaml",
        "people.yaml",
        "places.yaml",
    ]
    assert sorted(load(folder).entities) == ["loc:gaza", "org:hamas", "per:arouri"]
    assert load(folder).redirects == {"zzz": "loc:gaza"}
    assert read_mark(folder) == mark(17)
    assert [path.name for path in folder.parent.iterdir()] == ["gazetteer"]


def test_many_records_are_several_files_and_a_new_one_changes_few(tmp_path: Path) -> None:
    write_folder(tmp_path / "before", people(3000), mark(1), replace=False)
    more = sorted([*people(3000), entity("per:000000a")], key=lambda record: record.id)
    write_folder(tmp_path / "after", more, mark(2), replace=False)

    files = [name for name in names(tmp_path / "before") if name != MARK]
    assert files[:2] == ["people-001.yaml", "people-002.yaml"]
    assert all((tmp_path / "before" / name).stat().st_size < 100_000 for name in files)
    changed = [
        name
        for name in files
        if (tmp_path / "before" / name).read_text() != (tmp_path / "after" / name).read_text()
    ]
    assert changed == ["people-001.yaml"]
    assert len(load(tmp_path / "after").entities) == 3001


def test_an_earlier_export_is_written_over_only_if_asked(tmp_path: Path) -> None:
    write_folder(tmp_path / "a", [entity("per:arouri")], mark(1), replace=False)
    (tmp_path / "a" / "README.md").write_text("ours")
    with pytest.raises(ExchangeError, match="--replace writes over it"):
        write_folder(tmp_path / "a", [entity("loc:gaza")], mark(2), replace=False)

    write_folder(tmp_path / "a", [entity("loc:gaza")], mark(2), replace=True)
    assert names(tmp_path / "a") == [MARK, "README.md", "places.yaml"]
    assert read_mark(tmp_path / "a") == mark(2)


def test_a_folder_of_somebody_elses_files_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "thesis.yaml").write_text("mine")
    with pytest.raises(ExchangeError, match="files that no export wrote"):
        write_folder(tmp_path, [entity("loc:gaza")], mark(1), replace=True)
    assert names(tmp_path) == ["thesis.yaml"]


def test_a_fault_on_the_way_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    write_folder(folder, [entity("per:arouri")], mark(1), replace=False)
    before = {name: (folder / name).read_text() for name in names(folder)}

    def broken() -> list[Record]:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_folder(folder, (record for _ in "a" for record in broken()), mark(2), replace=True)
    assert {name: (folder / name).read_text() for name in names(folder)} == before
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    with pytest.raises(ExchangeError, match="is a file"):
        write_folder(tmp_path / "a", [], mark(1), replace=True)


def test_marks(tmp_path: Path) -> None:
    assert read_mark(tmp_path) is None
    write_mark(tmp_path, mark(8))
    assert read_mark(tmp_path) == mark(8)
    (tmp_path / MARK).write_text("revision: eight\n")
    with pytest.raises(ExchangeError, match="is damaged"):
        read_mark(tmp_path)
