"""The compose file as Docker Compose reads it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from functools import cache
from typing import Any

import pytest

from tests.support.process import ROOT

FILE = ROOT / "deploy" / "compose.yaml"


@cache
def services() -> dict[str, dict[str, Any]]:
    """Return the services; skip the test where no Docker Compose is installed."""
    return dict(_composed()["services"])


@cache
def secrets() -> dict[str, dict[str, Any]]:
    """Return the secrets."""
    return dict(_composed()["secrets"])


@cache
def _composed() -> dict[str, Any]:
    environment = {name: v for name, v in os.environ.items() if not name.startswith("NISBA_")}
    done = subprocess.run(
        [*_program(), "--file", str(FILE), "config", "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == "", done.stderr  # its warnings
    composed: dict[str, Any] = json.loads(done.stdout)
    return composed


def _program() -> list[str]:
    if shutil.which("docker-compose"):
        return ["docker-compose"]
    docker = ["docker", "compose"]
    if shutil.which("docker") and subprocess.run([*docker, "version"], check=False).returncode == 0:
        return docker
    pytest.skip("Docker Compose is not installed")
