"""Opening the port: TLS by files, and one clear sentence where it cannot be opened.

gRPC says only "Failed to bind", and writes several lines of its own; so the address is tried with
a plain socket first. gRPC would also take over the Unix socket of a server that still runs.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import grpc

from nisba_service.errors import SettingsError
from nisba_service.settings import Settings

T = TypeVar("T")


def check_tls(settings: Settings) -> None:
    """Check that the files for TLS work. Raises SettingsError."""
    _credentials(settings)


def check_port(settings: Settings) -> None:
    """Check that the address could be served now. Raises SettingsError."""
    _try_to_bind(settings.address, "NISBA_ADDRESS")


def check_health_port(settings: Settings) -> None:
    """Check that the address for health alone could be served now. Raises SettingsError."""
    if settings.health_address is not None:
        _try_to_bind(settings.health_address, "NISBA_HEALTH_ADDRESS")


def open_plain_port(server: grpc.aio.Server, address: str, setting: str) -> None:
    """Bind the server to an address without TLS. Raises SettingsError, naming the setting."""
    _try_to_bind(address, setting)
    _opened(lambda: server.add_insecure_port(address), address, setting)


def open_port(server: grpc.aio.Server, settings: Settings) -> str:
    """Bind the server to the address of the settings; return it with the port that was taken.

    Raises:
        SettingsError: the address cannot be bound, or the TLS files do not work.
    """
    address = settings.address
    credentials = _credentials(settings)
    _try_to_bind(address, "NISBA_ADDRESS")
    if credentials is None:
        port = _opened(lambda: server.add_insecure_port(address), address, "NISBA_ADDRESS")
    else:
        port = _opened(
            lambda: server.add_secure_port(address, credentials), address, "NISBA_ADDRESS"
        )
    return address if address.startswith("unix:") else f"{address.rpartition(':')[0]}:{port}"


def _credentials(settings: Settings) -> grpc.ServerCredentials | None:
    if settings.tls_certificate is None or settings.tls_key is None:
        return None
    _check_pair(settings.tls_certificate, settings.tls_key)
    pair = (settings.tls_key.read_bytes(), settings.tls_certificate.read_bytes())
    authorities = settings.tls_client_ca
    if authorities is None:
        return grpc.ssl_server_credentials([pair])
    _checked(lambda: ssl.create_default_context(cafile=authorities), "NISBA_TLS_CLIENT_CA")
    return grpc.ssl_server_credentials(
        [pair], root_certificates=authorities.read_bytes(), require_client_auth=True
    )


def _check_pair(certificate: Path, key: Path) -> None:
    def load() -> None:
        # An empty passphrase: otherwise an encrypted key would ask for one at the terminal.
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password="")

    _checked(load, "NISBA_TLS_CERTIFICATE, NISBA_TLS_KEY")


def _checked(load: Callable[[], T], name: str) -> T:
    try:
        return load()
    except (OSError, ValueError) as error:
        raise SettingsError(f"{name}: not usable PEM files: {error}") from None


def _opened(open_port: Callable[[], int], address: str, setting: str) -> int:
    try:
        return open_port()
    except RuntimeError as error:
        raise SettingsError(f"{setting}: cannot listen on {address}: {error}") from None


def _try_to_bind(address: str, setting: str) -> None:
    try:
        if address.startswith("unix:"):
            _check_unix(address.removeprefix("unix:"))
        else:
            _bind_once(address)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SettingsError(f"{setting}: cannot listen on {address}: {reason}") from None


def _bind_once(address: str) -> None:
    host, _, port = address.rpartition(":")
    family, kind, protocol, _, target = socket.getaddrinfo(
        host.strip("[]"), int(port), type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(target)


def _check_unix(path: str) -> None:
    with socket.socket(socket.AF_UNIX) as probe:
        if Path(path).exists() and probe.connect_ex(path) == 0:
            raise OSError("another server answers there")
        if not Path(path).parent.is_dir():
            raise OSError("its folder does not exist")
