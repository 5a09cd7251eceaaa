"""The other commands, and what all of them do with errors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nisba_service import __version__
from nisba_service.cli.app import app
from nisba_service.settings import bundled


def test_version() -> None:
    result = CliRunner().invoke(app, ["--version"])
    assert (result.exit_code, result.stdout) == (0, f"nisba {__version__}\n")


@pytest.mark.parametrize("arguments", [(), ("--server",)])
def test_an_entity(server: str, arguments: tuple[str, ...]) -> None:
    asked = [*arguments, server] if arguments else []
    result = CliRunner().invoke(app, ["entity", "per:saleh-al-arouri", "--format", "json", *asked])
    entity = json.loads(result.stdout)
    assert (entity["id"], entity["type"]) == ("per:saleh-al-arouri", "PERSON")
    assert {"name": "صالح العاروري", "lang": "ar", "kind": "primary"} in entity["names"]
    assert {"rel": "member_of", "target": "org:hamas"} in entity["relations"]


def test_an_entity_for_a_person() -> None:
    result = CliRunner().invoke(app, ["entity", "org:hamas"])
    assert "\u2068حماس\u2069" in result.stdout


def test_explain_shows_the_nearest_stored_name_part_by_part() -> None:
    result = CliRunner().invoke(app, ["explain", "Salih el-Arouri", "per:saleh-al-arouri"])
    assert result.exit_code == 0
    assert "Salih el-Arouri" in result.stdout
    assert "every part has a counterpart" in result.stdout
    assert "salih" in result.stdout
    result = CliRunner().invoke(app, ["explain", "حاتم الدليمي", "per:saleh-al-arouri"])
    assert "a part of each has no counterpart in the other" in result.stdout
    result = CliRunner().invoke(app, ["explain", "Hamas", "org:nobody"])
    assert "the gazetteer has no entity org:nobody" in str(result.exception)


def test_an_expected_error_is_one_line_and_exit_code_1() -> None:
    command = [sys.executable, "-m", "nisba_service.cli", "entity", "per:nobody"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == "nisba: ids: the gazetteer has no entity per:nobody\n"


def test_check_of_a_sound_gazetteer() -> None:
    path = str(bundled("seeds", "gazetteer"))
    result = CliRunner().invoke(app, ["gazetteer", "check", path])
    assert result.exit_code == 0
    assert "0 errors" in result.stdout
    assert "799 entities (237 LOCATION, 184 ORGANIZATION, 378 PERSON)" in result.stdout


def test_check_names_file_line_and_rule(tmp_path: Path) -> None:
    path = tmp_path / "people.yaml"
    path.write_text("- id: per:a\n  type: PERSON\n  nmaes: [{name: أ}]\n", "utf-8")
    result = CliRunner().invoke(app, ["gazetteer", "check", str(path)])
    assert result.exit_code == 1
    assert "people.yaml:3: " in result.stdout
    assert "nmaes" in result.stdout


def test_serve_refuses_settings_that_cannot_work() -> None:
    command = [sys.executable, "-m", "nisba_service.cli", "serve", "--address", "0.0.0.0:50051"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr.startswith("nisba: NISBA_ADDRESS: is open to a network without TLS")


def test_the_demo_links_both_articles_to_the_same_entities_as_the_readme_shows() -> None:
    command = [sys.executable, "-m", "nisba_service.cli", "demo"]
    environment = {**os.environ, "COLUMNS": "100"}
    ran = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert ran.stderr == ""
    shared = ran.stdout.partition("the same entities in both")[2]
    for entity_id in ("per:rami-hamdallah", "per:saleh-al-arouri", "org:hamas", "org:fatah"):
        assert entity_id in shared
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    shown = readme.partition("What `make demo` ends with")[2].split("```")[1]
    printed = "\n".join(line.rstrip() for line in ran.stdout.splitlines())
    assert printed.endswith(shown.strip())
