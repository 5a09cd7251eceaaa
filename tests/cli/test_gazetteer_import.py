"""`nisba gazetteer import`."""

from __future__ import annotations

import gzip
import json

import pytest
from typer.testing import CliRunner

from nisba_service.cli.app import app
from nisba_service.errors import ExchangeError
from tests.cli.gazetteer_runs import Desk


def test_a_newcomer_imports_with_one_command_and_links_at_once(desk: Desk) -> None:
    imported = desk.run("import", desk.ftm())
    assert imported.exit_code == 0
    assert imported.stdout.startswith("revision 1: 2 created, 0 updated, 0 removed; ")
    assert "passed over: 1 Vessel\n" in imported.stderr
    assert "left out: 1 birthDate, 1 names in a third script\n" in imported.stderr
    assert "rejected: 1 row, with reasons in entities.ftm.json.rejects.jsonl\n" in imported.stderr

    text = "Hamas leader Saleh al-Arouri spoke on Monday. قال صالح العاروري من حماس إنه عاد."
    linked = CliRunner().invoke(
        app, ["link", "--format", "json", "--gazetteer", desk.store], input=text
    )
    mentions = json.loads(linked.stdout)["mentions"]
    assert [(m["text"], m["entity_id"]) for m in mentions] == [
        ("Hamas", "NK-hamas"),
        ("Saleh al-Arouri", "NK-arouri"),
        ("صالح العاروري", "NK-arouri"),
        ("حماس", "NK-hamas"),
    ]


def test_what_is_kept(desk: Desk) -> None:
    desk.done("import", desk.ftm())
    assert desk.done("show", "NK-arouri").split("\n", 1)[1] == (
        "- id: NK-arouri\n"
        "  type: PERSON\n"
        "  names:\n"
        "  - {name: Saleh al-Arouri, kind: primary}\n"
        "  - {name: صالح العاروري, kind: primary}\n"
        "  - {name: Abu Muhammad, use: never-alone}\n"
        "  relations:\n"
        "  - {rel: member_of, target: NK-hamas}\n"
    )
    found = CliRunner().invoke(app, ["entity", "ofac-19066", "--gazetteer", desk.store])
    assert "صالح العاروري" in found.stdout


def test_rejects_say_why(desk: Desk) -> None:
    desk.done("import", desk.ftm(), "--rejects", desk.folder / "bad.jsonl")
    (line,) = (desk.folder / "bad.jsonl").read_text("utf-8").splitlines()
    reject = json.loads(line)
    assert (reject["line"], reject["reason"]) == (
        5,
        "NK-3: has no name in Latin or Arabic letters",
    )
    assert json.loads(reject["row"])["id"] == "NK-3"


def test_too_many_rejects_import_nothing(desk: Desk) -> None:
    result = desk.run("import", desk.ftm(), "--max-rejects", "0")
    assert isinstance(result.exception, ExchangeError)
    assert "more than 0 rows were rejected, so nothing was imported" in str(result.exception)
    assert desk.done("history") == ""


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    desk.done("import", desk.ftm())
    assert desk.done("import", desk.ftm()) == "nothing has changed: still revision 1\n"


@pytest.mark.parametrize(
    ("existing", "kept"), [("keep", "Abu Mohammad"), ("replace", "Abu Muhammad")]
)
def test_what_curators_have_edited_is_not_lost_unasked(
    desk: Desk, existing: str, kept: str
) -> None:
    desk.done("import", desk.ftm())
    text = desk.done("show", "NK-arouri").replace("Abu Muhammad", "Abu Mohammad")
    (desk.folder / "a.yaml").write_text(text, "utf-8")
    desk.done("apply", desk.folder / "a.yaml", "--reason", "the usual spelling")

    refused = desk.run("import", desk.ftm())
    assert isinstance(refused.exception, ExchangeError)
    assert "the store has 1 of these entities already, and otherwise (NK-arouri)" in str(
        refused.exception
    )
    desk.done("import", desk.ftm(), "--existing", existing)
    assert f"- {{name: {kept}, use: never-alone}}" in desk.done("show", "NK-arouri")


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    told = desk.done("import", desk.ftm(), "--dry-run")
    assert told.endswith("entities.ftm.json: 3 entities and old IDs new, 0 replaced\n")
    assert desk.done("history") == ""


def test_a_compressed_table_with_arabic_headers(desk: Desk) -> None:
    path = desk.folder / "names.csv.gz"
    path.write_bytes(gzip.compress("الرمز,الاسم,Name\nper:a,ياسر عرفات,Yasser Arafat\n".encode()))
    desk.done(
        *("import", path, "--map", "id=الرمز,name_ar=الاسم", "--map", "name_en=Name"),
        *("--type", "PERSON"),
    )
    assert "{name: ياسر عرفات, kind: primary}" in desk.done("show", "per:a")


def test_a_class_of_wikidata_that_is_not_known_yet(desk: Desk) -> None:
    item = {
        "type": "item",
        "id": "Q123",
        "labels": {"ar": {"language": "ar", "value": "بورصة فلسطين"}},
        "claims": {"P31": [{"mainsnak": {"datavalue": {"value": {"id": "Q11691"}}}}]},
    }
    path = desk.folder / "Q123.json"
    path.write_text(json.dumps({"entities": {"Q123": item}}), "utf-8")
    none = desk.run("import", path)
    assert "passed over: 1 instances of Q11691\n" in none.stderr
    assert "holds no entity that can be imported" in str(none.exception)

    desk.done("import", path, "--class", "Q11691=ORGANIZATION")
    assert "type: ORGANIZATION" in desk.done("show", "Q123")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--class", "Q5=Human"), "like Q11691=ORGANIZATION"),
        (("--separator", ""), "must not be empty"),
    ],
)
def test_options_that_make_no_sense(desk: Desk, arguments: tuple[str, ...], message: str) -> None:
    result = desk.run("import", desk.ftm(), *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_file_that_is_nothing_we_read(desk: Desk) -> None:
    (desk.folder / "a.txt").write_text("ياسر عرفات")
    result = desk.run("import", "a.txt")
    assert str(result.exception) == (
        "a.txt: what is it? Say --from ftm, wikidata, csv, jsonl, yaml"
    )


def test_every_import_says_who_and_why(desk: Desk) -> None:
    desk.done("import", desk.ftm(), "--author", "ليلى", "--reason", "قائمة العقوبات")
    told = json.loads(desk.done("history", "--format", "json"))
    assert (told["author"], told["reason"]) == ("ليلى", "قائمة العقوبات")
