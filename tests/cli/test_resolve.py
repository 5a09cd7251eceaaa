"""`nisba resolve`: its JSON is a contract, and it needs no tagger."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from typer.testing import CliRunner

from nisba_service.cli.app import app


def resolve(*arguments: str, input: str | None = None) -> list[dict[str, Any]]:
    result = CliRunner().invoke(app, ["resolve", *arguments, "--format", "json"], input=input)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize("name", ["Aruri", "العاروري"])
def test_a_name_of_either_script(name: str) -> None:
    (answer,) = resolve(name)
    assert (answer["name"], answer["outcome"]) == (name, "LINKED")
    assert answer["entity_id"] == "per:saleh-al-arouri"
    assert 0.5 < answer["confidence"] <= 1.0
    best = answer["candidates"][0]
    assert best["entity_id"] == "per:saleh-al-arouri"
    assert best.keys() >= {"entity_id", "name", "score"}


def test_one_object_a_name_in_order() -> None:
    names = ["Hamdallah", "الحمد الله", "Khalil Marashli", "King Abdullah"]
    answers = resolve(*names)
    assert [answer["name"] for answer in answers] == names
    assert [a["outcome"] for a in answers] == ["LINKED", "LINKED", "NIL", "AMBIGUOUS"]
    assert [a["entity_id"] for a in answers[2:]] == [None, None]


def test_names_on_standard_input() -> None:
    answers = resolve("-", input="Hamas\n\n حماس \n")
    assert [(a["name"], a["entity_id"]) for a in answers] == [
        ("Hamas", "org:hamas"),
        ("حماس", "org:hamas"),
    ]


def test_top_limits_the_candidates() -> None:
    assert len(resolve("Abbas", "--top", "1")[0]["candidates"]) == 1


def test_a_type_decides() -> None:
    (person,) = resolve("Jordan", "--type", "PERSON")
    (place,) = resolve("Jordan", "--type", "LOCATION")
    assert place["entity_id"] == "loc:jordan"
    assert person["entity_id"] != "loc:jordan"


def test_for_a_person_it_is_a_table() -> None:
    result = CliRunner().invoke(app, ["resolve", "العاروري"], env={"COLUMNS": "120"})
    assert result.exit_code == 0
    assert "\u2068العاروري\u2069" in result.stdout
    assert "per:saleh-al-arouri" in result.stdout


def test_a_name_that_is_too_long_is_refused() -> None:
    result = CliRunner().invoke(app, ["resolve", "ا" * 501])
    assert result.exit_code == 1
    assert "names[0].name: must have at most 500 code points (got 501)" in str(result.exception)


def test_another_gazetteer(tmp_path: Any) -> None:
    records = [
        {"id": "Q1", "type": "PERSON", "names": [{"name": "Jane Roe", "lang": "en"}]},
        {"id": "Q2", "type": "LOCATION", "names": [{"name": "حيفا", "lang": "ar"}]},
    ]
    path = tmp_path / "own.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in records), "utf-8")
    answers = resolve("Jane Roe", "Haifa", "Hamas", "--gazetteer", str(path))
    assert [a["entity_id"] for a in answers] == ["Q1", "Q2", None]


def test_it_loads_neither_torch_nor_stanza() -> None:
    code = (
        "import sys; from nisba_service.cli.app import app\n"
        "app(['resolve', 'Aruri', '--format', 'json'], standalone_mode=False)\n"
        "print(sorted({'torch', 'stanza'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_who_asks_a_server_loads_no_linker(server: str) -> None:
    code = (
        "import sys; from nisba_service.cli.app import app\n"
        f"app(['resolve', 'العاروري', '--server', {server!r}, '--format', 'json'],"
        " standalone_mode=False)\n"
        "print({'nisba_service.linking', 'nisba_service.gazetteer.load'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    answer, loaded = ran.stdout.splitlines()
    assert json.loads(answer)["entity_id"] == "per:saleh-al-arouri"
    assert loaded == "set()"
