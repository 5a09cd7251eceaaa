"""What manifests and compose file tell a container to run, run here with a real database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import trustme

from nisba_service.settings import Settings
from tests.deploy.composition import services
from tests.deploy.manifests import only, pods, rendered, settings
from tests.support.postgres import Postgres
from tests.support.process import ROOT

SEEDS = "/opt/nisba/share/nisba/seeds/gazetteer"
"""Where the image has the seed gazetteer."""


def run(
    arguments: list[str], environment: dict[str, str], folder: Path
) -> subprocess.CompletedProcess[str]:
    """Run the command `nisba` as a container would, but with free ports, and what is here."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("NISBA_")}
    told = {
        name: f"{value.rpartition(':')[0]}:0" if name.endswith("_ADDRESS") else value
        for name, value in environment.items()
    }
    here = str(ROOT / "seeds" / "gazetteer")
    words = [word.replace(SEEDS, here).replace("=/tmp/", f"={folder}/") for word in arguments]
    return subprocess.run(
        [sys.executable, "-m", "nisba_service.cli", *words],
        env=inherited | told,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_image_has_the_seeds_where_they_are_looked_for() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert "python -m venv /opt/nisba" in dockerfile
    assert '"seeds" = "share/nisba/seeds"' in (ROOT / "pyproject.toml").read_text()
    assert (ROOT / "seeds" / "gazetteer").is_dir()
    for line in ("USER 10000", 'ENTRYPOINT ["nisba"]'):
        assert line in dockerfile.splitlines()


def test_a_cluster_is_seeded_once_and_its_servers_would_start(
    postgres: Postgres, tmp_path: Path
) -> None:
    url = postgres.new_store()
    production = settings(rendered("overlays/production"), {"nisba-store": url})
    authority = trustme.CA()
    pair = authority.issue_cert("nisba-replicas.nisba.svc")
    for setting, pem in (
        ("NISBA_TLS_CERTIFICATE", pair.cert_chain_pems[0]),
        ("NISBA_TLS_KEY", pair.private_key_pem),
    ):
        production[setting] = str(tmp_path / Path(production[setting]).name)
        pem.write_to_path(production[setting])
    [server] = only(rendered("overlays/production"), "Deployment")["spec"]["template"]["spec"][
        "containers"
    ]
    before = run([*server["args"], "--check"], production, tmp_path)
    assert before.returncode == 1
    assert "there is no gazetteer in this database yet" in before.stderr
    [job] = pods(rendered("seed"))
    [seed] = job["spec"]["containers"]
    for said in ("revision 1: ", "nothing has changed: still revision 1"):
        seeded = run(seed["args"], {"NISBA_STORE": url}, tmp_path)
        assert seeded.returncode == 0, seeded.stderr
        assert seeded.stdout.startswith(said)
    checked = run([*server["args"], "--check"], production, tmp_path)
    assert checked.returncode == 0, checked.stderr
    made = run(["token", "create", "ingest"], {"NISBA_TOKEN_STORE": url}, tmp_path)
    assert made.returncode == 0, made.stderr


def test_a_small_cluster_needs_no_store(tmp_path: Path) -> None:
    small = settings(rendered("overlays/small"), {})
    checked = run(["serve", "--check"], small, tmp_path)
    assert checked.returncode == 0, checked.stderr
    assert "NISBA_GAZETTEER" not in small


def test_the_composition_is_seeded_and_its_servers_would_start(
    postgres: Postgres, tmp_path: Path
) -> None:
    url = postgres.new_store()
    seed, server = services()["seed"], services()["nisba"]

    def environment(service: dict[str, dict[str, str]]) -> dict[str, str]:
        told = service["environment"]
        assert {v for v in told.values() if "//" in v} == {"postgresql://nisba@database/gazetteer"}
        return {name: url if "//" in value else value for name, value in told.items()}

    seeded = run(seed["command"], environment(seed), tmp_path)
    assert seeded.returncode == 0, seeded.stderr
    checked = run([*server["command"], "--check"], environment(server), tmp_path)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("service", ["nisba", "seed"])
def test_the_entry_hands_the_password_and_the_words_on(service: str, tmp_path: Path) -> None:
    shell, option, script, name = services()[service]["entrypoint"]
    assert (shell, option, name) == ("/bin/sh", "-c", "nisba")
    secret = tmp_path / "secret"
    secret.write_text("كلمة السر\n", encoding="utf-8")
    program = tmp_path / "nisba"
    program.write_text('#!/bin/sh\nprintf "%s|" "$$" "$PGPASSWORD" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    script = script.replace("$$", "$").replace("/run/secrets/database_password", str(secret))
    ran = subprocess.Popen(
        [shell, option, script, name, "serve", "--log-level", "a b"],
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    told, _ = ran.communicate()
    # The shell has become the server: a signal to the container reaches it.
    assert told == f"{ran.pid}|كلمة السر|serve|--log-level|a b|"


def test_a_mistyped_setting_would_be_found(tmp_path: Path) -> None:
    assert "worker" not in Settings.model_fields
    checked = run(["serve", "--check"], {"NISBA_WORKER": "3"}, tmp_path)
    assert checked.returncode == 1
    assert "NISBA_WORKER: is no setting; did you mean NISBA_WORKERS?" in checked.stderr
