"""Every problem that a start would meet is told at once; what is sound is loaded and named."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nisba_service.cli.app import app
from nisba_service.errors import SettingsError
from nisba_service.server.preflight import check, settled
from nisba_service.settings import Settings, read_settings


@pytest.fixture(autouse=True)
def _no_settings_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"NISBA_{name.upper()}", raising=False)


@pytest.fixture
def taken() -> Iterator[str]:
    """Yield an address on which somebody listens."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield f"127.0.0.1:{listening.getsockname()[1]}"


@pytest.fixture
def broken_gazetteer(tmp_path: Path) -> Path:
    folder = tmp_path / "gazetteer"
    folder.mkdir()
    record = '- id: "per:a"\n  type: NOTHING\n  names: [{name: "حماس", lang: ar}]\n'
    (folder / "broken.yaml").write_text(record, encoding="utf-8")
    return folder


def checked(**overrides: object) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        check(read_settings(**overrides))
    return str(refused.value).splitlines()


def test_the_settings_files_ports_stores_gazetteer_and_models_are_told_of_in_one_go(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, taken: str, broken_gazetteer: Path
) -> None:
    not_pem = tmp_path / "server.pem"
    not_pem.write_text("شهادة", encoding="utf-8")
    monkeypatch.setenv("NISBA_GAZETEER", "gazetteer.db")
    monkeypatch.setenv("OTEL_METRICS_EXPORTER", "statsd")
    lines = checked(
        grace="soon",
        tls_certificate=not_pem,
        tls_key=not_pem,
        address=taken,
        health_address=taken,
        metrics_address=taken,
        gazetteer=str(broken_gazetteer),
        token_store=str(tmp_path / "none.db"),
        models=tmp_path,
    )
    begin = [
        "NISBA_GAZETEER: is no setting; did you mean NISBA_GAZETTEER?",
        "NISBA_GRACE: ",
        "NISBA_TLS_CERTIFICATE, NISBA_TLS_KEY: not usable PEM files",
        f"NISBA_ADDRESS: cannot listen on {taken}",
        f"NISBA_HEALTH_ADDRESS: cannot listen on {taken}",
        f"NISBA_METRICS_ADDRESS: cannot listen on {taken}",
        "OTEL_METRICS_EXPORTER: nothing that is installed exports metrics as 'statsd'",
    ]
    assert [line[: len(expected)] for line, expected in zip(lines, begin, strict=False)] == begin, (
        lines
    )
    rest = lines[len(begin) :]
    assert any("none.db" in line for line in rest)
    assert any("broken.yaml:2: " in line for line in rest)
    assert str(tmp_path / "resources.json") in rest[-1]


def test_a_start_stops_at_what_is_quick_to_see(taken: str, broken_gazetteer: Path) -> None:
    reading = read_settings(address=taken, gazetteer=str(broken_gazetteer))
    with pytest.raises(SettingsError) as refused:
        settled(reading)
    assert str(refused.value) == f"NISBA_ADDRESS: cannot listen on {taken}: Address already in use"


def test_a_setting_that_is_broken_as_written_is_not_looked_at_again(taken: str) -> None:
    reading = read_settings(address="nowhere", health_address=taken)
    with pytest.raises(SettingsError) as refused:
        settled(reading)
    assert [line.partition(":")[0] for line in str(refused.value).splitlines()] == [
        "NISBA_ADDRESS",
        "NISBA_HEALTH_ADDRESS",
    ]


def test_a_store_that_two_steps_ask_is_told_of_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        settled(read_settings(gazetteer=str(tmp_path / "none.db"), address="127.0.0.1:0"))
    assert len(str(refused.value).splitlines()) == 1


def test_a_server_that_nobody_could_call_is_told_of_beside_the_rest(broken_gazetteer: Path) -> None:
    lines = checked(address="0.0.0.0:0", insecure=True, gazetteer=str(broken_gazetteer))
    assert "is open to a network, and there is no token" in lines[0]
    assert any("broken.yaml:2: " in line for line in lines)


def test_what_is_sound_passes() -> None:
    settings = settled(read_settings(address="127.0.0.1:0", grace=7))
    assert settings.grace == 7


def test_the_command_names_what_would_be_served_and_opens_nothing() -> None:
    ran = CliRunner().invoke(app, ["serve", "--check", "--address", "127.0.0.1:0"])
    assert ran.exit_code == 0
    gazetteer, models = ran.stdout.splitlines()
    assert gazetteer.endswith("revision 0: 799 entities, 3392 names")
    assert models.startswith("models ")
