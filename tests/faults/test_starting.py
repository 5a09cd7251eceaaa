"""A server that cannot start says why in one line, and its exit code is 1."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


async def failed_start(**settings: str) -> list[str]:
    """Start the real server and return the lines it ends with."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("NISBA_")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "nisba_service.server"),
        cwd=ROOT,
        env=inherited | {f"NISBA_{k.upper()}": v for k, v in settings.items()},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert (process.returncode, out) == (1, b"")
    return err.decode().splitlines()


async def test_every_setting_that_cannot_work_has_its_line() -> None:
    lines = await failed_start(address="0.0.0.0:1", grace="soon")
    assert [line.partition(":")[0] for line in lines] == ["NISBA_ADDRESS", "NISBA_GRACE"]


async def test_a_server_that_anybody_could_reach_asks_for_tokens_before_anything_is_loaded(
    tmp_path: Path,
) -> None:
    (tmp_path / "broken.yaml").write_text("- id: [", encoding="utf-8")
    open_to_all = {"address": "0.0.0.0:0", "insecure": "true"}
    [line] = await failed_start(gazetteer=str(tmp_path), **open_to_all)
    assert line.startswith("NISBA_ADDRESS: 0.0.0.0:0 is open to a network, and there is no token")
    lines = await failed_start(gazetteer=str(tmp_path), open_access="reader", **open_to_all)
    assert any("broken.yaml:" in told for told in lines)


@pytest.mark.parametrize(
    "location", ["none.db", "postgresql://nisba:secretword@127.0.0.1:1/none?connect_timeout=2"]
)
async def test_a_store_that_is_not_there_is_told_without_its_password(
    tmp_path: Path, location: str
) -> None:
    where = location if "://" in location else str(tmp_path / location)
    lines = await failed_start(address="127.0.0.1:0", gazetteer=where)
    assert lines
    assert not any("Traceback" in line or "secretword" in line for line in lines)


async def test_a_mistyped_variable_is_told_with_the_nearest() -> None:
    [line] = await failed_start(gazeteer="gazetteer.db")
    assert line == "NISBA_GAZETEER: is no setting; did you mean NISBA_GAZETTEER?"


async def test_a_port_in_use_is_told_before_anything_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("- id: [", encoding="utf-8")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        [line] = await failed_start(address=address, gazetteer=str(tmp_path))
    assert line == f"NISBA_ADDRESS: cannot listen on {address}: Address already in use"


async def test_a_broken_gazetteer_is_told_with_file_and_line(tmp_path: Path) -> None:
    record = '- id: "per:a"\n  type: NOTHING\n  names: [{name: "حماس", lang: ar}]\n'
    (tmp_path / "broken.yaml").write_text(record, encoding="utf-8")
    lines = await failed_start(address="127.0.0.1:0", gazetteer=str(tmp_path))
    assert any("broken.yaml:" in line for line in lines)
    assert not any("Traceback" in line for line in lines)


@pytest.mark.parametrize("damage", ["missing", "empty"])
async def test_models_that_cannot_be_loaded_are_told(tmp_path: Path, damage: str) -> None:
    if damage == "empty":
        (tmp_path / "resources.json").write_text("{}", encoding="utf-8")
    lines = await failed_start(address="127.0.0.1:0", models=str(tmp_path))
    assert lines
    assert not any("Traceback" in line for line in lines)
