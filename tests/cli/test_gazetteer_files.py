"""`nisba gazetteer export`, `diff` and `apply`: a curator's round trip."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from nisba_service.errors import EditError, ExchangeError, GazetteerError, SettingsError, StoreError
from nisba_service.gazetteer.load import load
from nisba_service.gazetteer.location import StoreUrl
from nisba_service.settings import bundled
from tests.cli.gazetteer_runs import Desk, edit


def test_files_to_store_to_files_lose_nothing(desk: Desk) -> None:
    seeds = Path(bundled("seeds", "gazetteer"))
    desk.done("apply", seeds, "--reason", "begin")
    desk.done("export", desk.folder / "out")

    assert load(desk.folder / "out") == load(seeds)
    assert desk.done("diff", desk.folder / "out") == "0 differences\n"


def test_both_databases(tmp_path: Path, store_url: StoreUrl) -> None:
    desk = Desk(tmp_path, store_url.secret)
    out = desk.exported()
    edit(out / "people.yaml", "ياسر عرفات", "محمد ياسر عرفات")
    desk.done("apply", out, "--reason", "الاسم كاملا")
    desk.done("import", desk.ftm(), "--rejects", tmp_path / "rejects.jsonl")
    desk.done("merge", "per:abu-ammar", "--into", "per:arafat", "--reason", "كنيته")
    desk.done("rollback", "2", "--reason", "لا")

    assert desk.done("diff", "2", "5") == "0 differences\n"
    assert desk.done("diff", out) == "0 differences\n"


def test_an_edit_becomes_a_revision(desk: Desk) -> None:
    out = desk.exported()
    edit(
        out / "people.yaml",
        "  - {name: Yasser",
        "  - {name: عرفات, kind: short}\n  - {name: Yasser",
    )
    changed = "~ per:arafat\n    + names: {name: عرفات, kind: short}\n"
    assert desk.done("diff", out) == f"{changed}1 difference\n"

    told = desk.done("apply", out, "--reason", "الاسم القصير", "--dry-run")
    assert (
        told == f"{changed}would make: 0 created, 1 updated, 0 removed; now 3 entities, 6 names\n"
    )
    assert desk.done("apply", out, "--reason", "الاسم القصير") == (
        "revision 2: 0 created, 1 updated, 0 removed; now 3 entities, 6 names\n"
    )
    assert desk.done("diff", "1") == f"{changed}1 difference\n"
    assert desk.done("apply", out, "--reason", "again") == "nothing has changed: still revision 2\n"


def test_one_after_another_without_a_new_export(desk: Desk) -> None:
    out = desk.exported()
    for before, after in (("Yasser", "Yasir"), ("Yasir", "Yaser")):
        edit(out / "people.yaml", before, after)
        desk.done("apply", out, "--reason", after)
    assert "Yaser Arafat" in desk.done("show", "per:arafat")


def test_what_was_changed_in_the_store_meanwhile_stays(desk: Desk) -> None:
    ours = desk.exported()
    theirs = shutil.copytree(ours, desk.folder / "theirs")
    edit(theirs / "organizations.yaml", "Fatah", "Fateh")
    desk.done("apply", theirs, "--reason", "theirs")

    edit(ours / "people.yaml", "Yasser", "Yasir")
    result = desk.run("apply", ours, "--reason", "ours")
    assert result.exit_code == 0
    assert "export it anew" in result.stderr
    assert "Fateh" in desk.done("show", "org:fatah")
    assert "Yasir" in desk.done("show", "per:arafat")


def test_a_conflict_is_shown_and_nothing_is_written(desk: Desk) -> None:
    ours = desk.exported()
    theirs = shutil.copytree(ours, desk.folder / "theirs")
    edit(theirs / "people.yaml", "ياسر عرفات", "محمد ياسر عرفات")
    desk.done("apply", theirs, "--reason", "theirs")
    edit(ours / "people.yaml", "ياسر عرفات", "عرفات")
    edit(ours / "organizations.yaml", "Fatah", "Fateh")

    result = desk.run("apply", ours, "--reason", "ours")
    assert result.exit_code == 1
    assert result.stdout == (
        "! per:arafat was changed in the store, and otherwise in the folder\n"
        "    store : ~ per:arafat\n"
        "    store :     - names: {name: ياسر عرفات, kind: primary}\n"
        "    store :     + names: {name: محمد ياسر عرفات, kind: primary}\n"
        "    folder: ~ per:arafat\n"
        "    folder:     - names: {name: ياسر عرفات, kind: primary}\n"
        "    folder:     + names: {name: عرفات, kind: primary}\n"
    )
    assert result.stderr == "1 conflict: nothing was written\n"
    assert "Fatah" in desk.done("show", "org:fatah")
    told = desk.run("apply", ours, "--reason", "ours", "--format", "json")
    assert json.loads(told.stdout) == {"conflicts": ["per:arafat"]}


def test_deletions_need_a_word(desk: Desk) -> None:
    out = desk.exported()
    text = (out / "people.yaml").read_text("utf-8")
    (out / "people.yaml").write_text(text.split("\n\n")[1], "utf-8")

    told = desk.done("apply", out, "--reason", "one less")
    assert told.startswith(
        "1 entity of the store not in the files, left as they are (per:abu-ammar)"
    )
    assert "nothing has changed" in told
    desk.done("apply", out, "--reason", "one less", "--delete")
    assert desk.run("show", "per:abu-ammar").exit_code == 1


def test_without_a_mark_the_files_are_compared_with_the_store(desk: Desk) -> None:
    out = desk.exported()
    (out / ".nisba-revision").unlink()
    edit(out / "people.yaml", "Yasser", "Yasir")
    assert "- {name: Yasir" not in desk.done("diff", out)
    assert "1 updated" in desk.done("apply", out, "--reason", "spelling")


def test_a_base_may_be_named(desk: Desk) -> None:
    out = desk.exported()
    edit(out / "people.yaml", "Yasser", "Yasir")
    desk.done("apply", out, "--reason", "spelling")
    edit(out / "people.yaml", "Yasir", "Yaser")
    assert desk.run("apply", out, "--reason", "again", "--base", "1").exit_code == 1


def test_an_export_of_another_store(desk: Desk) -> None:
    out = desk.exported()
    other = Desk(desk.folder / "other")
    other.folder.mkdir()
    other.done("import", other.ftm())
    result = other.run("apply", out, "--reason", "a mistake")
    assert isinstance(result.exception, ExchangeError)
    assert "revision 1 is not one of this store" in str(result.exception)


def test_problems_have_file_and_line(desk: Desk) -> None:
    out = desk.exported()
    edit(out / "people.yaml", "target: org:fatah", "target: org:fateh")
    result = desk.run("apply", out, "--reason", "a mistake")
    assert isinstance(result.exception, EditError)
    assert str(result.exception) == (
        f'{out}/people.yaml:12: per:arafat: relations[0].target: no entity has the ID "org:fateh"'
    )
    edit(out / "people.yaml", "type: PERSON", "type: MAN")
    broken = desk.run("diff", out)
    assert isinstance(broken.exception, GazetteerError)
    assert len(broken.exception.problems) == 2


def test_a_reason_is_needed(desk: Desk) -> None:
    files = desk.files()
    assert desk.run("apply", files).exit_code == 2
    assert desk.run("apply", files, "--reason", " ").exit_code == 2


@pytest.mark.parametrize("name", ["all.jsonl", "all.csv", "all.json"])
def test_other_formats_by_the_files_ending(desk: Desk, name: str) -> None:
    desk.exported()
    told = desk.run("export", name)
    assert told.stdout == f"revision 1: 3 entities written to {name}\n"
    assert ("kind kunya of names" in told.stderr) == (name == "all.json")
    assert isinstance(desk.run("export", name).exception, ExchangeError)
    desk.done("export", name, "--replace")

    other = Desk(desk.folder / "other")
    other.folder.mkdir()
    other.done("import", desk.folder / name)
    assert "{name: ياسر عرفات, kind: primary}" in other.done("show", "per:arafat")
    assert "{rel: leader_of, target: org:fatah}" in other.done("show", "per:arafat")


def test_an_old_revision_on_standard_output(desk: Desk) -> None:
    out = desk.exported()
    edit(out / "people.yaml", "Yasser", "Yasir")
    desk.done("apply", out, "--reason", "spelling")
    lines = desk.done("export", "-", "--to", "jsonl", "--revision", "1").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [
        "org:fatah",
        "per:abu-ammar",
        "per:arafat",
    ]
    assert "Yasser" in lines[2]
    assert isinstance(desk.run("export", "-").exception, ExchangeError)


def test_reading_makes_no_store(desk: Desk) -> None:
    assert isinstance(desk.run("history").exception, StoreError)
    assert isinstance(desk.run("export", "out").exception, StoreError)
    assert list(desk.folder.iterdir()) == []


def test_files_are_no_store(desk: Desk) -> None:
    result = desk.run("history", "--store", desk.files(), store=False)
    assert isinstance(result.exception, SettingsError)
    assert "is no store: name a file that ends in .db" in str(result.exception)
