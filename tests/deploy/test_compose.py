"""The compose file: sound, and in agreement with what the server is and does."""

from __future__ import annotations

import asyncio
import re
import sys

import pytest

from nisba_service.settings import Settings
from tests.deploy.composition import FILE, secrets, services
from tests.support.process import ROOT, started
from tests.support.replicas import free_port

MARGIN = 5
OURS = pytest.mark.parametrize("service", ["nisba", "seed"])


def seconds(written: str) -> int:
    """Return the seconds of a duration as Compose writes it: 1m30s."""
    parts = re.fullmatch(r"(?:(\d+)m)?(\d+)s", written)
    assert parts is not None
    return 60 * int(parts[1] or 0) + int(parts[2])


def test_the_settings_are_settings() -> None:
    known = {f"NISBA_{name.upper()}" for name in Settings.model_fields}
    assert services()["nisba"]["environment"].keys() <= known
    assert services()["seed"]["environment"].keys() == {"NISBA_STORE"}


def test_each_replica_has_a_port_of_its_own_on_loopback() -> None:
    server = services()["nisba"]
    [published] = server["ports"]
    first, _, last = published["published"].partition("-")
    assert int(last) - int(first) + 1 == server["deploy"]["replicas"] == 2
    assert published["host_ip"] == "127.0.0.1"
    assert server["environment"]["NISBA_ADDRESS"] == f"0.0.0.0:{published['target']}"


def test_the_seeds_come_after_the_database_and_before_the_servers() -> None:
    def conditions(service: str) -> dict[str, str]:
        return {name: it["condition"] for name, it in services()[service]["depends_on"].items()}

    assert conditions("seed") == {"database": "service_healthy"}
    assert conditions("nisba") == {
        "database": "service_healthy",
        "seed": "service_completed_successfully",
    }
    assert services()["seed"]["restart"].startswith("on-failure")
    assert "test" in services()["database"]["healthcheck"]


def test_the_kill_comes_after_drain_and_grace() -> None:
    server = services()["nisba"]
    told = server["environment"]
    needed = int(told["NISBA_DRAIN_DELAY"]) + int(told["NISBA_GRACE"])
    assert seconds(server["stop_grace_period"]) >= needed + MARGIN


@OURS
def test_our_containers_may_nothing_that_they_do_not_need(service: str) -> None:
    ours = services()[service]
    assert ours["user"] == "10000:10000"
    assert ours["read_only"] is True
    assert ours["cap_drop"] == ["ALL"]
    assert "cap_add" not in ours
    assert ours["security_opt"] == ["no-new-privileges:true"]
    assert [mount.partition(":")[0] for mount in ours["tmpfs"]] == ["/tmp"]


@pytest.mark.parametrize("service", ["nisba", "seed", "database"])
def test_every_container_has_a_limit_of_memory_and_cpu(service: str) -> None:
    assert services()[service]["deploy"]["resources"]["limits"].keys() == {"cpus", "memory"}


def test_the_password_is_a_file_that_is_not_committed() -> None:
    secret = secrets()["database_password"]
    assert secret["file"] == str(FILE.parent / "secrets" / "database_password")
    assert "deploy/secrets/" in (ROOT / ".gitignore").read_text().splitlines()
    for service in services().values():
        assert service["secrets"] == [
            {"source": "database_password", "target": "/run/secrets/database_password"}
        ]
        for name, value in service["environment"].items():
            assert "PASSWORD" not in name or value.startswith("/run/secrets/")
            assert not re.search(r"//\S*:\S*@", value)


def test_the_database_is_out_of_reach_of_clients() -> None:
    assert services()["database"]["networks"].keys() == {"store"}
    assert services()["nisba"]["networks"].keys() == {"clients", "store"}


async def test_the_health_check_is_answered_by_a_server() -> None:
    word, python, *arguments = services()["nisba"]["healthcheck"]["test"]
    assert (word, python) == ("CMD", "python")
    health = f"127.0.0.1:{free_port()}"
    async with started(("-m", "tests.support.stand_in_server"), health_address=health) as server:
        await server.logged("serving")
        asked = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, env={"NISBA_HEALTH_ADDRESS": health}, cwd=ROOT / "service"
        )
        assert await asked.wait() == 0
