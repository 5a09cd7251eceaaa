"""Opening the port, and one clear sentence where it cannot be opened.

gRPC says only "Failed to bind", and writes several lines of its own; so the address is tried with
a plain socket first. gRPC would also take over the Unix socket of a server that still runs.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import grpc

from nisba_service.errors import SettingsError
from nisba_service.server.certificates import Certificates
from nisba_service.settings import Settings


def check_port(settings: Settings) -> None:
    """Check that the address could be served now. Raises SettingsError."""
    _try_to_bind(settings.address, "NISBA_ADDRESS")


def check_health_port(settings: Settings) -> None:
    """Check that the address for health alone could be served now. Raises SettingsError."""
    if settings.health_address is not None:
        _try_to_bind(settings.health_address, "NISBA_HEALTH_ADDRESS")


def check_metrics_port(settings: Settings) -> None:
    """Check that the address for metrics could be served now. Raises SettingsError."""
    if settings.metrics_address is not None:
        _try_to_bind(settings.metrics_address, "NISBA_METRICS_ADDRESS")


def open_plain_port(server: grpc.aio.Server, address: str, setting: str) -> None:
    """Bind the server to an address without TLS. Raises SettingsError, naming the setting."""
    _try_to_bind(address, setting)
    _opened(lambda: server.add_insecure_port(address), address, setting)


def open_port(server: grpc.aio.Server, address: str, certificates: Certificates | None) -> str:
    """Bind the server to an address; return it with the port that was taken.

    Raises:
        SettingsError: the address cannot be bound.
    """
    _try_to_bind(address, "NISBA_ADDRESS")
    if certificates is None:
        port = _opened(lambda: server.add_insecure_port(address), address, "NISBA_ADDRESS")
    else:
        port = _opened(
            lambda: server.add_secure_port(address, certificates.credentials()),
            address,
            "NISBA_ADDRESS",
        )
    return address if address.startswith("unix:") else f"{address.rpartition(':')[0]}:{port}"


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
