"""Certificates that are renewed on disk while the server runs, over real sockets."""

from __future__ import annotations

import asyncio
import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest
import structlog
import trustme

from nisba.v1 import gazetteer_service_pb2 as pb
from nisba.v1.gazetteer_service_pb2_grpc import GazetteerServiceStub
from nisba_service.errors import SettingsError
from nisba_service.server import preflight
from nisba_service.server.certificates import Certificates, TlsFiles, read_material
from nisba_service.settings import read_settings
from tests.support.serving import Served, serving


@dataclass(frozen=True, slots=True)
class Disk:
    """The PEM files of a server, and who signs what."""

    folder: Path
    ca: trustme.CA
    clients: trustme.CA

    @property
    def settings(self) -> dict[str, Any]:
        return {
            "tls_certificate": self.folder / "certificate.pem",
            "tls_key": self.folder / "key.pem",
        }

    @property
    def mutual(self) -> dict[str, Any]:
        return self.settings | {"tls_client_ca": self.folder / "clients.pem"}

    @property
    def files(self) -> TlsFiles:
        certificate, key = self.settings.values()
        return TlsFiles(certificate, key, authorities=None)

    def renew(self, **dates: Any) -> trustme.LeafCert:
        """Put another certificate and its key in place."""
        made = self.ca.issue_cert("localhost", "127.0.0.1", **dates)
        made.cert_chain_pems[0].write_to_path(self.settings["tls_certificate"])
        made.private_key_pem.write_to_path(self.settings["tls_key"])
        return made

    def trust(self, authority: trustme.CA) -> None:
        authority.cert_pem.write_to_path(self.folder / "clients.pem")


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    made = Disk(tmp_path, trustme.CA(), trustme.CA())
    made.renew()
    made.trust(made.clients)
    return made


def der(certificate: trustme.LeafCert) -> bytes:
    return ssl.PEM_cert_to_DER_cert(certificate.cert_chain_pems[0].bytes().decode())


async def shown(served: Served, disk: Disk) -> bytes:
    """Return the certificate that a new connection sees."""

    def connect() -> bytes:
        context = ssl.create_default_context(cadata=disk.ca.cert_pem.bytes().decode())
        context.set_alpn_protocols(["h2"])
        host, port = served.address.split(":")
        with (
            socket.create_connection((host, int(port)), timeout=30) as plain,
            context.wrap_socket(plain, server_hostname="localhost") as tls,
        ):
            return tls.getpeercert(binary_form=True) or b""

    return await asyncio.to_thread(connect)


def channel(served: Served, disk: Disk, client: trustme.LeafCert | None = None) -> grpc.aio.Channel:
    own = (
        ()
        if client is None
        else (client.private_key_pem.bytes(), client.cert_chain_pems[0].bytes())
    )
    credentials = grpc.ssl_channel_credentials(disk.ca.cert_pem.bytes(), *own)
    # Channels of a process share connections otherwise.
    return grpc.aio.secure_channel(
        served.address, credentials, [("grpc.use_local_subchannel_pool", 1)]
    )


async def asked(connection: grpc.aio.Channel) -> grpc.StatusCode:
    call = GazetteerServiceStub(connection).GetGazetteer(pb.GetGazetteerRequest(), timeout=20)
    return await call.code()


async def test_a_new_connection_sees_the_new_certificate_and_an_old_one_goes_on(
    disk: Disk,
) -> None:
    first = disk.renew()
    async with serving(**disk.settings) as served, channel(served, disk) as old:
        assert await asked(old) is grpc.StatusCode.OK
        assert await shown(served, disk) == der(first)
        second = disk.renew()
        assert await shown(served, disk) == der(second) != der(first)
        assert await asked(old) is grpc.StatusCode.OK
        async with channel(served, disk) as new:
            assert await asked(new) is grpc.StatusCode.OK


async def test_a_half_written_pair_is_refused_told_once_and_mended_by_the_other_half(
    disk: Disk,
) -> None:
    first = disk.renew()
    async with serving(**disk.settings) as served:
        second = disk.ca.issue_cert("localhost", "127.0.0.1")
        with structlog.testing.capture_logs() as log:
            second.cert_chain_pems[0].write_to_path(disk.settings["tls_certificate"])
            for _ in range(3):
                assert await shown(served, disk) == der(first)
            second.private_key_pem.write_to_path(disk.settings["tls_key"])
            assert await shown(served, disk) == der(second)
        [refused, renewed] = [entry for entry in log if entry["event"].startswith("certificates")]
        assert refused["event"] == "certificates_refused"
        assert "NISBA_TLS_CERTIFICATE, NISBA_TLS_KEY" in refused["reason"]
        assert renewed["event"] == "certificates_renewed"


@pytest.mark.parametrize("damage", [b"", b"not PEM at all", None])
async def test_a_file_that_is_broken_or_gone_changes_nothing(
    disk: Disk, damage: bytes | None
) -> None:
    first = disk.renew()
    async with serving(**disk.settings) as served:
        with structlog.testing.capture_logs() as log:
            certificate: Path = disk.settings["tls_certificate"]
            if damage is None:
                certificate.unlink()
            else:
                certificate.write_bytes(damage)
            assert await shown(served, disk) == der(first)
        assert "certificates_refused" in {entry["event"] for entry in log}
        second = disk.renew()
        assert await shown(served, disk) == der(second)


async def test_the_authority_of_clients_is_rotated(disk: Disk) -> None:
    next_clients = trustme.CA()
    known, newcomer = (
        ca.issue_cert("desk@example.org", common_name="غرفة الأخبار")
        for ca in (disk.clients, next_clients)
    )
    async with serving(**disk.mutual) as served, channel(served, disk, known) as old:
        assert await asked(old) is grpc.StatusCode.OK
        async with channel(served, disk, newcomer) as early:
            assert await asked(early) is grpc.StatusCode.UNAVAILABLE
        disk.trust(next_clients)
        async with channel(served, disk, newcomer) as new:
            assert await asked(new) is grpc.StatusCode.OK
        async with channel(served, disk, known) as late:
            assert await asked(late) is grpc.StatusCode.UNAVAILABLE
        assert await asked(old) is grpc.StatusCode.OK


async def test_without_a_client_certificate_nobody_comes_in_after_a_renewal_either(
    disk: Disk,
) -> None:
    async with serving(**disk.mutual) as served:
        disk.renew()
        async with channel(served, disk) as stranger:
            assert await asked(stranger) is grpc.StatusCode.UNAVAILABLE


def test_what_a_look_has_read_is_given_to_the_next_handshake(disk: Disk) -> None:
    certificates = Certificates(disk.files)
    assert certificates.news() is None
    disk.renew()
    certificates.look()
    assert certificates.news() is not None
    assert certificates.news() is None


def test_an_end_that_is_near_or_past_is_warned_of_once(disk: Disk) -> None:
    now = datetime.now(UTC)
    disk.renew(not_after=now + timedelta(days=20))
    with structlog.testing.capture_logs() as log:
        certificates = Certificates(disk.files)
        certificates.look()
        assert log == []
        disk.renew(not_after=now + timedelta(days=13))
        for _ in range(3):
            certificates.look()
        disk.renew(not_before=now - timedelta(days=9), not_after=now - timedelta(days=1))
        for _ in range(3):
            certificates.look()
    assert [entry["event"] for entry in log] == [
        "certificates_renewed",
        "certificate_expires_soon",
        "certificates_renewed",
        "certificate_expired",
    ]
    assert log[-1]["ends"].startswith(f"{now - timedelta(days=1):%Y-%m-%d}")


async def test_a_server_that_starts_with_an_expired_certificate_warns(disk: Disk) -> None:
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    disk.renew(not_before=long_ago, not_after=long_ago + timedelta(days=90))
    with structlog.testing.capture_logs() as log:
        async with serving(**disk.settings):
            while not any(entry["event"] == "certificate_expired" for entry in log):
                await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("begins", "ends", "told"),
    [
        ("2020-01-01", "2020-03-31", "NISBA_TLS_CERTIFICATE: expired on 2020-03-31"),
        ("2090-01-01", "2091-01-01", "NISBA_TLS_CERTIFICATE: is not valid before 2090-01-01"),
    ],
)
def test_the_check_tells_a_certificate_that_is_not_valid_today(
    disk: Disk, begins: str, ends: str, told: str
) -> None:
    dates = [datetime.fromisoformat(day).replace(tzinfo=UTC) for day in (begins, ends)]
    disk.renew(not_before=dates[0], not_after=dates[1])
    reading = read_settings(address="127.0.0.1:0", **disk.settings)
    with pytest.raises(SettingsError, match=told):
        preflight.check(reading)
    assert preflight.settled(reading) == reading.settings


def test_the_check_is_silent_of_a_certificate_that_is_valid(disk: Disk) -> None:
    assert read_material(disk.files).problems(datetime.now(UTC)) == []


def test_authorities_that_have_all_expired_are_told(disk: Disk) -> None:
    files = TlsFiles(disk.files.certificate, disk.files.key, disk.mutual["tls_client_ca"])
    later = datetime(3001, 1, 1, tzinfo=UTC)
    assert "NISBA_TLS_CLIENT_CA: every certificate in it has expired" in read_material(
        files
    ).problems(later)
