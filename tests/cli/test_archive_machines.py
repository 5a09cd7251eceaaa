"""Where `nisba archive` has its work done: here, by services, on a cluster."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import nisba
from nisba.testing import FakeNisba
from nisba_service.archive.remote_tagging import PROBE
from nisba_service.cli.app import app
from nisba_service.errors import ArchiveError, ModelsError
from tests.archive.workshop import articles, write_jsonl

BEIRUT = nisba.Entity(
    "loc:beirut",
    nisba.EntityType.LOCATION,
    (nisba.Name("Beirut", "en"), nisba.Name("بيروت", "ar")),
)


def run(command: str, folder: Path, *arguments: str) -> Result:
    asked = ["archive", command, "--archive", str(folder / "archive"), *arguments]
    return CliRunner().invoke(app, asked)


@pytest.fixture
def texts(tmp_path: Path) -> str:
    return str(write_jsonl(tmp_path / "مقالات.jsonl", articles(20)))


def test_services_tag_with_the_token_of_the_environment(
    tmp_path: Path, texts: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NISBA_TOKEN", "nisba_secret")
    with FakeNisba([BEIRUT]) as one, FakeNisba([BEIRUT]) as other:
        servers = ("--server", one.target, "--server", other.target)
        result = run("tag", tmp_path, texts, *servers, "--format", "json")
        calls = [call.method for call in (*one.calls, *other.calls)]
    assert result.exit_code == 0, (result.output, result.exception)
    told = json.loads(result.stdout)
    assert (told["name"], told["documents"], told["rows"]) == ("fake", 20, 20)
    assert calls == ["stream_tags"] * 22  # each was asked once for its models


def test_services_of_different_models_are_told_before_anything_is_written(
    tmp_path: Path, texts: str
) -> None:
    with FakeNisba() as one, FakeNisba() as other:
        made_by = nisba.Provenance(model_version="m2")
        other.add_text(PROBE, nisba.LinkedDocument("", "mul", (), made_by))
        result = run("tag", tmp_path, texts, "--server", one.target, "--server", other.target)
    assert isinstance(result.exception, ModelsError)
    assert not (tmp_path / "archive").exists()


@pytest.mark.parametrize("command", ["tag", "link"])
def test_a_cluster_without_ray_is_told_and_what_was_taken_in_stays(
    tmp_path: Path, texts: str, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    with FakeNisba([BEIRUT]) as service:
        assert run("tag", tmp_path, texts, "--server", service.target).exit_code == 0
        monkeypatch.setitem(sys.modules, "ray", None)
        more = str(write_jsonl(tmp_path / "more.jsonl", articles(4, first=20)))
        inputs = (more, "--server", service.target) if command == "tag" else ()
        result = run(command, tmp_path, *inputs, "--engine", "ray")
    assert isinstance(result.exception, ArchiveError)
    assert "pip install 'nisba-service[ray]'" in str(result.exception)
