"""Everything an operator can set, once: NISBA_* environment variables or the command line's flags.

Each field's docstring says why it exists and what it changes. There is no setting named `port`,
`host` or `service`: Kubernetes gives every pod beside a service called "nisba" variables such as
NISBA_PORT=tcp://10.0.0.1:50051, and they must not be mistaken for ours.
"""

from __future__ import annotations

import ipaddress
import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from nisba_service.errors import SettingsError

PREFIX = "NISBA_"
_CHECKOUT = Path(__file__).resolve().parents[2]
_HOST_AND_PORT = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\[\]:/]+):(?P<port>[0-9]{1,5})")
_UNIX = "unix:"


def bundled(*parts: str) -> Path:
    """Return a path of the bundled data: beside the code in a checkout, else where pip put it."""
    beside = _CHECKOUT.joinpath(*parts)
    return beside if beside.exists() else Path(sys.prefix, "share", "nisba", *parts)


class LogFormat(StrEnum):
    """How a log line looks: one JSON object for machines, or columns for a person."""

    JSON = "json"
    CONSOLE = "console"


class LogLevel(StrEnum):
    """The least severe line that is written."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Settings(BaseSettings):
    """What `nisba serve` runs with. Frozen: a running server never changes its mind.

    A field that constrains another stands after it, so that every broken rule is reported at once.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        frozen=True,
        extra="forbid",
        validate_default=True,
        use_attribute_docstrings=True,
        hide_input_in_errors=True,
    )

    gazetteer: Path = bundled("seeds", "gazetteer")
    """A folder of YAML files or one JSONL file. The bundled seed gazetteer lets a newcomer try the
    service; production names its own."""

    models: Path = bundled("models")
    """A Stanza resource folder. The bundled models need no download; Stanza's published ones are
    larger and tag better."""

    tls_certificate: Path | None = None
    """The server's certificate chain, PEM. Set with `tls_key`, the port speaks TLS only."""

    tls_key: Path | None = None
    """The private key of `tls_certificate`, PEM, without a passphrase."""

    tls_client_ca: Path | None = None
    """The authorities whose client certificates are accepted, PEM. Set, a client without one is
    turned away in the handshake (mutual TLS)."""

    insecure: bool = False
    """Serve without TLS beyond loopback. Texts then cross the network unencrypted: right only
    where something else encrypts, such as a mesh, or in a closed container network."""

    address: str = "127.0.0.1:50051"
    """Where to listen: host:port, [IPv6]:port or unix:PATH; port 0 takes a free one. Loopback by
    default, because a service without TLS must not be open to a network by accident."""

    reflection: bool = True
    """Describe the contract to grpcurl and Postman. It reveals nothing that the published protos
    do not; switch it off where policy wants no such service."""

    drain_delay: Annotated[float, Field(ge=0, le=300, allow_inf_nan=False)] = 5.0
    """Seconds between saying NOT_SERVING and refusing new calls on SIGTERM, so that balancers have
    stopped sending. SIGINT, a person at a terminal, skips it."""

    grace: Annotated[float, Field(ge=0, le=3600, allow_inf_nan=False)] = 30.0
    """Seconds that calls in flight get to finish at shutdown. An orchestrator's kill timeout must
    exceed `drain_delay` + `grace`."""

    queue_code_points: Annotated[int, Field(ge=1_000, le=100_000_000)] = 2_000_000
    """Text that may wait for the tagger. Less refuses sooner under load, more makes callers wait
    longer and takes memory. Streams stop reading at half of it; single calls may use all."""

    batch_code_points: Annotated[int, Field(ge=1, le=1_000_000)] = 50_000
    """Text tagged in one go, about 20 articles. More is a little faster for each document; less
    lets a short text behind a full batch come sooner."""

    stream_in_flight: Annotated[int, Field(ge=1, le=1_000)] = 16
    """Documents of one stream that are read but not yet answered: what a slow reader can hold in
    memory, and how much of the queue one stream can fill."""

    max_connection_age: Annotated[float, Field(ge=10, le=86_400, allow_inf_nan=False)] = 1_800.0
    """Seconds until a connection is closed, kindly, so that clients find new replicas. Calls on it
    get `grace` to end: a stream must be renewed more often than this."""

    log_format: LogFormat = LogFormat.JSON
    """JSON for collectors, console for reading along."""

    log_level: LogLevel = LogLevel.INFO
    """Info writes one line for each call. No level writes any text of a document."""

    @field_validator("gazetteer", "models")
    @classmethod
    def _exists(cls, path: Path) -> Path:
        if not path.exists():
            raise ValueError(f"there is nothing at {path}")
        return path

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
            raise ValueError("tls_certificate and tls_key go together: set both or neither")
        return key

    @field_validator("tls_client_ca")
    @classmethod
    def _client_ca_needs_tls(cls, path: Path | None, info: ValidationInfo) -> Path | None:
        if path is not None and info.data.get("tls_certificate", ...) is None:
            raise ValueError("client certificates need TLS: set tls_certificate and tls_key too")
        return path

    @field_validator("address")
    @classmethod
    def _address_form(cls, address: str) -> str:
        if address.startswith(_UNIX) and len(address) > len(_UNIX):
            return address
        parts = _HOST_AND_PORT.fullmatch(address)
        if parts is None or int(parts["port"]) > 65_535:
            raise ValueError("must be host:port, [IPv6]:port or unix:PATH")
        return address

    @field_validator("address")
    @classmethod
    def _plaintext_stays_home(cls, address: str, info: ValidationInfo) -> str:
        known = info.data.keys() >= {"insecure", "tls_certificate"}
        plaintext = info.data.get("tls_certificate") is None and not info.data.get("insecure")
        if known and plaintext and not is_loopback(address):
            raise ValueError(
                "is open to a network without TLS: set tls_certificate and tls_key, "
                "or insecure=true if something else encrypts"
            )
        return address


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


def load_settings(**overrides: Any) -> Settings:
    """Return the settings: `overrides` (the command line), then NISBA_* variables, then defaults.

    Raises:
        SettingsError: every value that cannot work, one a line, under its variable's name.
    """
    try:
        return Settings(**overrides)
    except ValidationError as error:
        lines = (
            f"{PREFIX}{'.'.join(map(str, problem['loc'])).upper()}: "
            + problem["msg"].removeprefix("Value error, ")
            for problem in error.errors(include_url=False, include_input=False)
        )
        raise SettingsError("\n".join(lines)) from None
