"""Commands are imported when they are asked for, and can be found without."""

from __future__ import annotations

import subprocess
import sys

from typer.testing import CliRunner

from nisba_service.cli.app import app

BEGINNINGS = {
    "serve": "Serve the gRPC API",
    "link": "Link the names in texts",
    "resolve": "Link names that stand alone",
    "entity": "Show an entity",
    "explain": "Show how a name agrees",
    "evaluate": "Measure links",
    "demo": "Start a server",
    "gazetteer": "Keep a gazetteer",
    "archive": "Link an archive",
    "token": "Tokens of those",
}


def test_a_command_is_not_imported_for_another() -> None:
    code = (
        "import sys; from nisba_service.cli.app import app\n"
        "app(['token', '--help'], standalone_mode=False)\n"
        "print(*sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = {f"nisba_service.cli.{name}" for name in BEGINNINGS}
    assert modules.intersection(ran.stdout.split()) == {"nisba_service.cli.token"}


def test_telemetry_is_imported_by_the_server_alone() -> None:
    code = (
        "import sys\n"
        "from nisba_service.cli import entity, evaluate, link, local_backend, resolve\n"
        "from nisba_service.server import healthcheck\n"
        "from nisba_service.server.workers import process\n"
        "print(*(name for name in sys.modules if name.startswith('opentelemetry')))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []


def test_the_help_lists_all_commands_in_order_with_what_they_do() -> None:
    shown = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "120"}).stdout
    _, *lines = shown.partition("Commands")[2].splitlines()
    for line, (name, beginning) in zip(lines, BEGINNINGS.items(), strict=False):
        assert line.split()[1] == name
        assert beginning in line


def test_a_slip_is_told_the_nearest_command() -> None:
    result = CliRunner().invoke(app, ["resolv", "العاروري"])
    assert result.exit_code == 2
    assert "'resolve'" in result.stderr
