"""`nisba token`: shown once, listed without secrets, revoked by ID."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import grpc
import pytest
from typer.testing import CliRunner, Result

import nisba
from nisba.testing import FakeNisba
from nisba_service.cli.app import app
from nisba_service.errors import SettingsError, StoreError
from nisba_service.gazetteer.location import Database, StoreUrl
from nisba_service.gazetteer.store.store import Store
from nisba_service.gazetteer.store.tokens import Principal, Role


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tokens.db"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["token", *map(str, arguments)])


def verified(path: Path, secret: str) -> Principal | None:
    with Store.open(StoreUrl(Database.SQLITE, str(path))) as store:
        return store.tokens.verify(secret)


@pytest.mark.parametrize("name", ["layla", "ليلى"])
def test_a_token_is_printed_alone_and_opens_the_service(path: Path, name: str) -> None:
    made = run("create", name, "--role", "curator", "--store", path)
    assert made.exit_code == 0
    [secret] = made.stdout.splitlines()
    assert verified(path, secret) == Principal(name, Role.CURATOR)


def test_a_token_reads_unless_more_is_asked_for(path: Path) -> None:
    secret = run("create", "ingest", "--store", path).stdout.strip()
    assert verified(path, secret) == Principal("ingest", Role.READER)


def test_the_list_shows_all_but_the_secrets(path: Path) -> None:
    secret = run("create", "ليلى", "--store", path, "--expires-in-days", "30").stdout.strip()
    listed = run("list", "--store", path).stdout
    assert "ليلى" in listed
    assert "live" in listed
    assert secret.rpartition("_")[2] not in listed


def test_a_revoked_token_opens_nothing(path: Path) -> None:
    secret = run("create", "layla", "--store", path).stdout.strip()
    id = secret.split("_")[1]
    assert run("revoke", id, "--store", path).exit_code == 0
    assert verified(path, secret) is None
    assert "revoked" in run("list", "--store", path).stdout
    again = run("revoke", id, "--store", path)
    assert isinstance(again.exception, SettingsError)


def test_a_store_that_is_none_is_told(tmp_path: Path) -> None:
    for arguments in (("list", "--store", tmp_path), ("create", " ", "--store", "tokens.db")):
        assert isinstance(run(*arguments).exception, SettingsError)
    missing = run("list", "--store", tmp_path / "none.db")
    assert isinstance(missing.exception, StoreError)


def test_commands_send_the_token_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    hamas = nisba.Entity("org:hamas", nisba.EntityType.ORGANIZATION, (nisba.Name("حماس", "ar"),))
    seen: list[str] = []

    class Noting(grpc.ServerInterceptor):
        def intercept_service(self, continuation: Any, handler_call_details: Any) -> Any:
            metadata = dict(handler_call_details.invocation_metadata)
            seen.append(str(metadata.get("authorization")))
            return continuation(handler_call_details)

    monkeypatch.setattr(grpc, "server", partial(grpc.server, interceptors=[Noting()]))
    monkeypatch.setenv("NISBA_TOKEN", "nisba_x")
    with FakeNisba([hamas]) as fake:
        arguments = ["resolve", "حماس", "--server", fake.target]
        assert CliRunner().invoke(app, arguments).exit_code == 0
    assert "Bearer nisba_x" in seen
