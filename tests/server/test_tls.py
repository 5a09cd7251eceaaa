"""TLS and mutual TLS by files, with certificates made for the test."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
import pytest
import trustme

from nisba.v1 import gazetteer_service_pb2 as pb
from nisba.v1.gazetteer_service_pb2_grpc import GazetteerServiceStub
from nisba_service.errors import SettingsError
from nisba_service.server import healthcheck
from tests.support.serving import serving


@dataclass(frozen=True, slots=True)
class Files:
    """The PEM files of an authority, of a server and of a client it vouches for."""

    ca: Path
    certificate: Path
    key: Path
    client_certificate: Path
    client_key: Path

    def server(self, *, mutual: bool = False) -> dict[str, Any]:
        """Return the settings of a server."""
        settings = {"tls_certificate": self.certificate, "tls_key": self.key}
        return settings | ({"tls_client_ca": self.ca} if mutual else {})


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("tls")
    ca = trustme.CA()
    server = ca.issue_cert("localhost", "127.0.0.1")
    client = ca.issue_cert("newsroom@example.org")
    made = Files(*(folder / name for name in ("ca", "cert", "key", "client-cert", "client-key")))
    ca.cert_pem.write_to_path(made.ca)
    server.cert_chain_pems[0].write_to_path(made.certificate)
    server.private_key_pem.write_to_path(made.key)
    client.cert_chain_pems[0].write_to_path(made.client_certificate)
    client.private_key_pem.write_to_path(made.client_key)
    return made


async def entity_count(address: str, credentials: grpc.ChannelCredentials | None) -> int:
    channel = (
        grpc.aio.insecure_channel(address)
        if credentials is None
        else grpc.aio.secure_channel(address, credentials)
    )
    async with channel:
        stub = GazetteerServiceStub(channel)
        response = await stub.GetGazetteer(pb.GetGazetteerRequest(), timeout=10)
    return response.gazetteer.entity_count


async def is_turned_away(address: str, credentials: grpc.ChannelCredentials | None) -> bool:
    with pytest.raises(grpc.aio.AioRpcError) as failed:
        await entity_count(address, credentials)
    return failed.value.code() is grpc.StatusCode.UNAVAILABLE


def trusting(files: Files) -> grpc.ChannelCredentials:
    return grpc.ssl_channel_credentials(files.ca.read_bytes())


def known(files: Files) -> grpc.ChannelCredentials:
    return grpc.ssl_channel_credentials(
        files.ca.read_bytes(), files.client_key.read_bytes(), files.client_certificate.read_bytes()
    )


async def test_with_a_certificate_the_port_speaks_tls_only(files: Files) -> None:
    async with serving(**files.server()) as served:
        assert await entity_count(served.address, trusting(files)) == 6
        assert await is_turned_away(served.address, None)


async def test_a_client_that_trusts_another_authority_turns_away(files: Files) -> None:
    other = grpc.ssl_channel_credentials(trustme.CA().cert_pem.bytes())
    async with serving(**files.server()) as served:
        assert await is_turned_away(served.address, other)


async def test_with_a_client_authority_a_client_needs_a_certificate(files: Files) -> None:
    async with serving(**files.server(mutual=True)) as served:
        assert await entity_count(served.address, known(files)) == 6
        assert await is_turned_away(served.address, trusting(files))


async def test_a_client_certificate_of_another_authority_is_turned_away(files: Files) -> None:
    stranger = trustme.CA().issue_cert("newsroom@example.org")
    credentials = grpc.ssl_channel_credentials(
        files.ca.read_bytes(),
        stranger.private_key_pem.bytes(),
        stranger.cert_chain_pems[0].bytes(),
    )
    async with serving(**files.server(mutual=True)) as served:
        assert await is_turned_away(served.address, credentials)


@pytest.mark.parametrize(
    ("setting", "other"),
    [("tls_key", "client_key"), ("tls_certificate", "key"), ("tls_client_ca", "key")],
    ids=["the key of another certificate", "a key for a certificate", "a key for an authority"],
)
async def test_files_that_do_not_work_are_named_at_start(
    files: Files, setting: str, other: str
) -> None:
    settings = files.server(mutual=True) | {setting: getattr(files, other)}
    with pytest.raises(SettingsError, match=setting.upper()):
        async with serving(**settings):
            pass


async def test_the_health_check_speaks_tls_and_shows_a_certificate(files: Files) -> None:
    arguments = ["--ca", files.ca, "--certificate", files.client_certificate]
    arguments += ["--key", files.client_key, "--server-name", "localhost"]
    async with serving(**files.server(mutual=True)) as served:
        code = await asyncio.to_thread(healthcheck.main, [served.address, *map(str, arguments)])
        assert code == 0
        assert await asyncio.to_thread(healthcheck.main, [served.address]) == 1
