"""Settings of how callers come in: addresses, TLS, who may do what."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path

from pydantic import Field, ValidationInfo, field_validator

from nisba_service.settings.base import SettingsGroup
from nisba_service.settings.choices import OpenAccess, TokenRole

_HOST_AND_PORT = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\[\]:/]+):(?P<port>[0-9]{1,5})")
_UNIX = "unix:"


class DoorSettings(SettingsGroup):
    """Where the server listens, to whom, and how it is known."""

    tls_certificate: Path | None = None
    """The server's certificate chain, PEM. Set with `tls_key`, the port speaks TLS only."""

    tls_key: Path | None = None
    """The private key of `tls_certificate`, PEM, without a passphrase."""

    tls_client_ca: Path | None = None
    """The authorities whose client certificates are accepted, PEM. Set, a client without one is
    turned away in the handshake (mutual TLS)."""

    tls_client_roles: dict[str, TokenRole] = Field(default_factory=dict)
    """The role of each name that a client's certificate may bear, common name or alternative name,
    as JSON; "*" is any name. Empty: every certificate of `tls_client_ca` may read."""

    insecure: bool = False
    """Serve without TLS beyond loopback. Texts then cross the network unencrypted: right only
    where something else encrypts, such as a mesh, or in a closed container network."""

    address: str = "127.0.0.1:50051"
    """Where to listen: host:port, [IPv6]:port or unix:PATH; port 0 takes a free one. Loopback by
    default, because a service without TLS must not be open to a network by accident."""

    open_access: OpenAccess | None = None
    """What callers may do that show neither a token nor a certificate. Unset: everything on
    loopback, nothing elsewhere. `none` on loopback is right behind a proxy on the same machine."""

    health_address: str | None = None
    """A second address, without TLS, for health alone: probes that know neither TLS nor client
    certificates ask there. It tells whether the server serves and nothing else."""

    metrics_address: str | None = None
    """An address for Prometheus: metrics over plain HTTP, at /metrics. They tell how much is asked
    and how it goes, and not a word of what; still, beyond loopback `insecure` must allow it."""

    reflection: bool = True
    """Describe the contract to grpcurl and Postman. It reveals nothing that the published protos
    do not; switch it off where policy wants no such service."""

    @field_validator("tls_certificate", "tls_key", "tls_client_ca")
    @classmethod
    def _is_file(cls, path: Path | None) -> Path | None:
        if path is not None and not path.is_file():
            raise ValueError(f"there is no file at {path}")
        return path

    @field_validator("tls_key")
    @classmethod
    def _key_and_certificate(cls, key: Path | None, info: ValidationInfo) -> Path | None:
        certificate = info.data.get("tls_certificate")
        if "tls_certificate" in info.data and (key is None) != (certificate is None):
            raise ValueError(
                "NISBA_TLS_CERTIFICATE and NISBA_TLS_KEY go together: set both or neither"
            )
        return key

    @field_validator("tls_client_ca")
    @classmethod
    def _client_ca_needs_tls(cls, path: Path | None, info: ValidationInfo) -> Path | None:
        if path is not None and info.data.get("tls_certificate", ...) is None:
            raise ValueError(
                "client certificates need TLS: set NISBA_TLS_CERTIFICATE and NISBA_TLS_KEY too"
            )
        return path

    @field_validator("tls_client_roles")
    @classmethod
    def _client_roles_need_certificates(
        cls, roles: dict[str, TokenRole], info: ValidationInfo
    ) -> dict[str, TokenRole]:
        if roles and info.data.get("tls_client_ca", ...) is None:
            raise ValueError("roles of client certificates need tls_client_ca")
        return roles

    @field_validator("address", "health_address")
    @classmethod
    def _address_form(cls, address: str | None) -> str | None:
        if address is None or (address.startswith(_UNIX) and len(address) > len(_UNIX)):
            return address
        if not _is_host_and_port(address):
            raise ValueError("must be host:port, [IPv6]:port or unix:PATH")
        return address

    @field_validator("metrics_address")
    @classmethod
    def _metrics_stay_home(cls, address: str | None, info: ValidationInfo) -> str | None:
        if address is None:
            return None
        if not _is_host_and_port(address):
            raise ValueError("must be host:port or [IPv6]:port")
        if info.data.get("insecure") is False and not is_loopback(address):
            raise ValueError(
                "is open to a network, and metrics are served without TLS: set NISBA_INSECURE=true "
                "if only those can reach it who may"
            )
        return address

    @field_validator("address")
    @classmethod
    def _plaintext_stays_home(cls, address: str, info: ValidationInfo) -> str:
        known = info.data.keys() >= {"insecure", "tls_certificate"}
        plaintext = info.data.get("tls_certificate") is None and not info.data.get("insecure")
        if known and plaintext and not is_loopback(address):
            raise ValueError(
                "is open to a network without TLS: set NISBA_TLS_CERTIFICATE and NISBA_TLS_KEY, "
                "or NISBA_INSECURE=true if something else encrypts"
            )
        return address


def _is_host_and_port(address: str) -> bool:
    parts = _HOST_AND_PORT.fullmatch(address)
    return parts is not None and int(parts["port"]) <= 65_535


def is_loopback(address: str) -> bool:
    """Tell whether only this machine can reach `address` (127.0.0.0/8, ::1, localhost, unix:)."""
    if address.startswith(_UNIX):
        return True
    host = address.rpartition(":")[0].strip("[]")
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
