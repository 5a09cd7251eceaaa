"""The server's certificate, its key and whose clients it believes, from files that may be renewed.

gRPC asks in every handshake whether there is news; three looks at a file's date say so. News is
read whole and checked before it is used: files that do not go together, because they are broken or
half written, are told in the log once, and what was used before is used on. Connections that stand
are never touched.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any, Final

import grpc
import structlog

from nisba_service.errors import SettingsError
from nisba_service.server.certificate_dates import Validity, validities
from nisba_service.settings import Settings

SOON: Final = timedelta(days=14)
"""Before the end of a certificate, when the log warns: whoever renews every 60 days is late."""

_LOOK_SECONDS: Final = 60.0

_PAIR: Final = "NISBA_TLS_CERTIFICATE, NISBA_TLS_KEY"
_AUTHORITIES: Final = "NISBA_TLS_CLIENT_CA"

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """Where the PEM files are; `authorities` are those of clients, None: clients show nothing."""

    certificate: Path
    key: Path
    authorities: Path | None

    @classmethod
    def of(cls, settings: Settings) -> TlsFiles | None:
        """Return the files of the settings; None: there is no TLS."""
        if settings.tls_certificate is None or settings.tls_key is None:
            return None
        return cls(settings.tls_certificate, settings.tls_key, settings.tls_client_ca)

    @property
    def state(self) -> tuple[tuple[int, ...] | None, ...]:
        """Return what changes when a file does; None stands for one that is not there."""
        paths = (self.certificate, self.key, self.authorities)
        return tuple(_state(path) for path in paths if path is not None)


@dataclass(frozen=True, slots=True)
class Material:
    """What the files hold, checked to go together."""

    configuration: grpc.ServerCertificateConfiguration
    certificates: tuple[Validity, ...]
    authorities: tuple[Validity, ...]

    @property
    def ends(self) -> datetime:
        """Return when the first certificate of the chain ends."""
        return min(validity.ends for validity in self.certificates)

    def problems(self, now: datetime) -> list[str]:
        """Return what of it is not valid now, a line each under its setting's name."""
        begins = max(validity.begins for validity in self.certificates)
        problems = []
        if self.ends <= now:
            problems.append(f"NISBA_TLS_CERTIFICATE: expired on {_day(self.ends)}")
        if begins > now:
            problems.append(f"NISBA_TLS_CERTIFICATE: is not valid before {_day(begins)}")
        if self.authorities and max(validity.ends for validity in self.authorities) <= now:
            problems.append(f"{_AUTHORITIES}: every certificate in it has expired")
        return problems


def read_material(files: TlsFiles) -> Material:
    """Return what the files hold.

    Raises:
        SettingsError: they cannot be read, do not go together, or change while they are read.
    """
    before = files.state
    pair = _checked(_PAIR, lambda: _read_pair(files))
    roots = _checked(_AUTHORITIES, lambda: _read_authorities(files))
    if files.state != before:
        raise SettingsError(f"{_PAIR}: are being written")
    return Material(
        grpc.ssl_server_certificate_configuration([pair], roots),
        _checked(_PAIR, lambda: _dates(pair[1])),
        () if roots is None else _checked(_AUTHORITIES, lambda: _dates(roots)),
    )


class Certificates:
    """What the files hold, for as long as a server runs. Any thread may ask.

    Raises:
        SettingsError: the files do not work.
    """

    def __init__(self, files: TlsFiles) -> None:
        self._files = files
        self._lock = Lock()
        self._seen = files.state
        self._material = read_material(files)
        self._given = self._material
        self._warned: tuple[str, datetime] | None = None

    def credentials(self) -> grpc.ServerCredentials:
        """Return credentials that look at the files in every handshake."""
        return grpc.dynamic_ssl_server_credentials(
            self._material.configuration,
            self.news,  # type: ignore[arg-type]  # None means no change; the types forgot it
            require_client_authentication=self._files.authorities is not None,
        )

    def news(self) -> grpc.ServerCertificateConfiguration | None:
        """Return what the files hold if that is new and works; None: go on with what there is."""
        self.look()
        with self._lock:
            is_news = self._given is not self._material
            self._given = self._material
            return self._given.configuration if is_news else None

    def look(self) -> None:
        """Read the files anew if they have changed; tell in the log what is wrong with them."""
        with self._lock:
            state = self._files.state
            if state != self._seen:
                self._seen = state
                self._renew()
            self._warn(datetime.now(UTC))

    def _renew(self) -> None:
        try:
            self._material = read_material(self._files)
        except SettingsError as error:
            _log.error("certificates_refused", reason=str(error))
        else:
            _log.info("certificates_renewed", ends=_day(self._material.ends))

    def _warn(self, now: datetime) -> None:
        """Say once of each certificate that it ends soon, and once that it has ended."""
        ends = self._material.ends
        if now < ends - SOON:
            return
        event = "certificate_expired" if now >= ends else "certificate_expires_soon"
        if self._warned != (event, ends):
            self._warned = (event, ends)
            _log.warning(event, ends=_day(ends))


async def keep_looking(certificates: Certificates) -> None:
    """Look every minute: what has expired or broken is told although nobody connects."""
    while True:
        await asyncio.to_thread(certificates.look)
        await asyncio.sleep(_LOOK_SECONDS)


def _read_pair(files: TlsFiles) -> tuple[bytes, bytes]:
    """Return key and certificate chain, in gRPC's order."""
    # An empty passphrase: otherwise an encrypted key would ask for one at the terminal.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files.certificate, files.key, password="")
    return files.key.read_bytes(), files.certificate.read_bytes()


def _read_authorities(files: TlsFiles) -> bytes | None:
    if files.authorities is None:
        return None
    ssl.create_default_context(cafile=files.authorities)
    return files.authorities.read_bytes()


def _dates(pem: bytes) -> tuple[Validity, ...]:
    found = tuple(validities(pem))
    if not found:
        raise ValueError("there is no certificate in it")
    return found


def _checked(name: str, load: Callable[[], Any]) -> Any:
    try:
        return load()
    except (OSError, ValueError) as error:
        raise SettingsError(f"{name}: not usable PEM files: {error}") from None


def _state(path: Path) -> tuple[int, ...] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino, status.st_dev


def _day(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M UTC")
