"""Everything an operator can set, once: NISBA_* environment variables or the command line's flags.

Each field's docstring says why it exists and what it changes. There is no setting named `port`,
`host` or `service`: Kubernetes gives every pod beside a service called "nisba" or "nisba-metrics"
variables such as NISBA_PORT=tcp://10.0.0.1:50051, which must not be mistaken for ours. Every other
NISBA_* variable that is no setting is an error, since most likely it is one mistyped.
"""

from __future__ import annotations

import difflib
import ipaddress
import os
import re
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from nisba_service.errors import SettingsError
from nisba_service.gazetteer.location import StoreUrl, parse_location

PREFIX = "NISBA_"
_CHECKOUT = Path(__file__).resolve().parents[2]
_HOST_AND_PORT = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\[\]:/]+):(?P<port>[0-9]{1,5})")
_UNIX = "unix:"
_OF_KUBERNETES = re.compile(
    r"(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)"
)
# What the benchmarks, the tests and the command line read besides.
_OF_OTHERS = re.compile(r"(NAMES?|BENCH|TEST)_.*|STORE|TOKEN")


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


class OpenAccess(StrEnum):
    """What callers may do that show neither a token nor a certificate."""

    NONE = "none"
    READER = "reader"
    CURATOR = "curator"


class TokenRole(StrEnum):
    """What a token or a certificate allows; a curator may all that a reader may."""

    READER = "reader"
    CURATOR = "curator"


def _location(written: object) -> object:
    if not isinstance(written, str):
        return written
    try:
        return parse_location(written)
    except SettingsError as error:
        raise ValueError(str(error)) from None


Location = Annotated[Path | StoreUrl, NoDecode, BeforeValidator(_location)]


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

    gazetteer: Location = bundled("seeds", "gazetteer")
    """A folder of YAML files, one JSONL file, or the URL of a store, whose revisions are followed.
    The bundled seed gazetteer lets a newcomer try the service; production names its own."""

    token_store: Annotated[StoreUrl | None, NoDecode, BeforeValidator(_location)] = None
    """The store that callers' tokens are in, where it is not the gazetteer's: a gazetteer of files
    has none, and one database may serve the tokens of several gazetteers."""

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

    reflection: bool = True
    """Describe the contract to grpcurl and Postman. It reveals nothing that the published protos
    do not; switch it off where policy wants no such service."""

    drain_delay: Annotated[float, Field(ge=0, le=300, allow_inf_nan=False)] = 5.0
    """Seconds between saying NOT_SERVING and refusing new calls on SIGTERM, so that balancers have
    stopped sending. SIGINT, a person at a terminal, skips it."""

    grace: Annotated[float, Field(ge=0, le=3600, allow_inf_nan=False)] = 30.0
    """Seconds that calls in flight get to finish at shutdown. An orchestrator's kill timeout must
    exceed `drain_delay` + `grace`."""

    workers: Annotated[int, Field(ge=0, le=256)] = 0
    """Processes that read texts, behind the one port; as many as there are cores uses them all. 0:
    the server's own process reads, on one core: right for a laptop, for little memory, and where
    replicas use the cores. With workers, a text that breaks the tagger costs its own call alone."""

    worker_silence: Annotated[float, Field(ge=0.1, le=3_600, allow_inf_nan=False)] = 120.0
    """Seconds without an answer after which a worker that reads counts as hung, and is replaced.
    The worst text takes some seconds, on a crowded machine ten times as long."""

    queue_code_points: Annotated[int, Field(ge=1_000, le=100_000_000)] = 2_000_000
    """Text that may wait for the tagger. Less refuses sooner under load, more makes callers wait
    longer and takes memory. Streams stop reading at half of it; single calls may use all."""

    batch_code_points: Annotated[int, Field(ge=1, le=1_000_000)] = 10_000
    """Text tagged in one go, about 4 articles: a second or so of one core. More brings little: from
    2 000 to 100 000 the tagger's time for a document differs by less than a tenth. And it makes a
    short text wait longer, and harder to tell what can be done before a deadline."""

    stream_in_flight: Annotated[int, Field(ge=1, le=1_000)] = 16
    """Documents of one stream that are read but not yet answered: what a slow reader can hold in
    memory, and how much of the queue one stream can fill."""

    new_names: Annotated[int, Field(ge=0, le=1_000_000)] = 10_000
    """Groups of new names that are kept for curators to see; about 1 kB each. 0: none are kept."""

    max_connection_age: Annotated[float, Field(ge=10, le=86_400, allow_inf_nan=False)] = 1_800.0
    """Seconds until a connection is closed, kindly, so that clients find new replicas. Calls on it
    get `grace` to end: a stream must be renewed more often than this."""

    log_format: LogFormat = LogFormat.JSON
    """JSON for collectors, console for reading along."""

    log_level: LogLevel = LogLevel.INFO
    """Info writes one line for each call. No level writes any text of a document."""

    @field_validator("gazetteer", "models")
    @classmethod
    def _exists(cls, path: Path | StoreUrl) -> Path | StoreUrl:
        if isinstance(path, Path) and not path.exists():
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
                "is open to a network without TLS: set NISBA_TLS_CERTIFICATE and NISBA_TLS_KEY, "
                "or NISBA_INSECURE=true if something else encrypts"
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


@dataclass(frozen=True, slots=True)
class SettingsReading:
    """What was made of the settings as they are written.

    Attributes:
        settings: them, those that cannot work replaced by their defaults; None: not even so.
        problems: what is wrong with them, each on a line under its variable's name.
        broken: the names of the fields that cannot work.
    """

    settings: Settings | None
    problems: tuple[str, ...] = ()
    broken: frozenset[str] = frozenset()


def load_settings(**overrides: Any) -> Settings:
    """Return the settings: `overrides` (the command line), then NISBA_* variables, then defaults.

    Raises:
        SettingsError: every value that cannot work, one a line, under its variable's name, and
            every variable that is none of ours: a mistyped one would be ignored without a word.
    """
    reading = read_settings(**overrides)
    if reading.settings is None or reading.problems:
        raise SettingsError("\n".join(reading.problems))
    return reading.settings


def read_settings(**overrides: Any) -> SettingsReading:
    """Return the settings, in the order of `load_settings`, and all that is wrong with them."""
    unknown = tuple(_unknown(name) for name in sorted(os.environ) if not _is_known(name))
    try:
        return SettingsReading(Settings(**overrides), unknown)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_input=False)
    broken = frozenset(str(problem["loc"][0]) for problem in problems)
    defaults = {name: Settings.model_fields[name].get_default(call_default_factory=True)
                for name in broken & Settings.model_fields.keys()}  # fmt: skip
    try:
        rest = Settings(**overrides | defaults)
    except ValidationError:
        rest = None  # what is left does not go together without them
    return SettingsReading(rest, (*unknown, *map(_broken, problems)), broken)


def _broken(problem: ErrorDetails) -> str:
    name = f"{PREFIX}{'.'.join(map(str, problem['loc'])).upper()}"
    return f"{name}: {problem['msg'].removeprefix('Value error, ')}"


def _is_known(variable: str) -> bool:
    if not variable.upper().startswith(PREFIX):
        return True
    name = variable.upper().removeprefix(PREFIX)
    if name.lower() in Settings.model_fields:
        return True
    return any(other.fullmatch(name) is not None for other in (_OF_KUBERNETES, _OF_OTHERS))


def _unknown(variable: str) -> str:
    settings = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    nearest = difflib.get_close_matches(variable.upper(), settings, n=1)
    advice = f"did you mean {nearest[0]}?" if nearest else f"the settings are {', '.join(settings)}"
    return f"{variable}: is no setting; {advice}"
