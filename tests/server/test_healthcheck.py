"""The health check command: one word, one exit code."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import grpc
import pytest

from nisba.v1 import linking_service_pb2
from nisba.v1.linking_service_pb2_grpc import LinkingServiceStub
from nisba_service.server import healthcheck
from tests.support.serving import serving


async def ask(*arguments: str) -> int:
    return await asyncio.to_thread(healthcheck.main, arguments)


async def test_a_serving_server_is_healthy(capsys: pytest.CaptureFixture[str]) -> None:
    async with serving() as served:
        assert await ask(served.address) == 0
        assert await ask(served.address, "--service", "nisba.v1.LinkingService") == 0
    assert "SERVING" in capsys.readouterr().out


async def test_an_unknown_service_is_not_healthy(capsys: pytest.CaptureFixture[str]) -> None:
    async with serving() as served:
        assert await ask(served.address, "--service", "nisba.v1.NoService") == 1
    assert "NOT_FOUND" in capsys.readouterr().err


async def test_no_server_is_not_healthy(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    assert await ask(f"127.0.0.1:{port}", "--timeout", "2") == 1
    assert "no answer" in capsys.readouterr().err


@pytest.mark.parametrize("host", ["0.0.0.0", "[::]"])
async def test_a_server_on_every_host_is_asked_on_this_one(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving(address="0.0.0.0:0", insecure=True) as served:
        port = served.address.rpartition(":")[2]
        monkeypatch.setenv("NISBA_ADDRESS", f"{host}:{port}")
        assert await ask() == 0


async def test_a_port_for_health_alone_is_asked_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    address = f"unix:{tmp_path / 'health.sock'}"
    monkeypatch.setenv("NISBA_ADDRESS", "127.0.0.1:1")
    monkeypatch.setenv("NISBA_HEALTH_ADDRESS", address)
    async with serving(address="127.0.0.1:0", health_address=address) as served:
        assert await ask() == 0
        async with grpc.aio.insecure_channel(address) as channel:
            request = linking_service_pb2.LinkTextRequest()
            code = await LinkingServiceStub(channel).LinkText(request).code()
            assert code is grpc.StatusCode.UNIMPLEMENTED
        assert served.address != address
    assert await ask("--timeout", "1") == 1


async def test_a_missing_file_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert await ask("127.0.0.1:1", "--ca", "/nowhere/ca.pem") == 1
    assert "/nowhere/ca.pem" in capsys.readouterr().err
