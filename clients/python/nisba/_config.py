"""How a client behaves: every knob, its default and why one would turn it."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from enum import Enum

DEFAULT_TIMEOUT = 10.0
"""Seconds a call may take unless the client or the call says otherwise."""

LINKING_SERVICE = "nisba.v1.LinkingService"
GAZETTEER_SERVICE = "nisba.v1.GazetteerService"

_ONCE = (
    (LINKING_SERVICE, "StreamLinkTexts"),
    (LINKING_SERVICE, "StreamTagTexts"),
    (GAZETTEER_SERVICE, "WatchGazetteer"),
    (GAZETTEER_SERVICE, "CreateEntity"),
    (GAZETTEER_SERVICE, "UpdateEntity"),
    (GAZETTEER_SERVICE, "DeleteEntity"),
    (GAZETTEER_SERVICE, "MergeEntities"),
    (GAZETTEER_SERVICE, "ImportEntities"),
    (GAZETTEER_SERVICE, "RollBack"),
)

# Each failure takes a token, each success gives this share of one back; from half of the tokens
# down nothing is retried. So a service in trouble is not hit four times for every call. A replica
# that is killed fails all that it has in hand at once, for all clients of this process together:
# gRPC's usual 10 would lose the sixth of them. These, its most, save 500.
_THROTTLE_TOKENS = 1000
_THROTTLE_RATIO = 0.1


class Compression(Enum):
    """How requests are compressed."""

    NONE = "none"
    """Not at all: right within a data centre, where the processor is dearer than the network."""
    GZIP = "gzip"
    """For large texts over a slow network."""


@dataclass(frozen=True, slots=True)
class RetryConfig:
    """Repeats calls that failed with `Unavailable` or `Overloaded`: all but edits, which might be
    made twice.

    Attempts and waits together stay within the call's timeout. When the service says how long to
    wait, that replaces the backoff.
    """

    max_attempts: int = 4
    """Attempts of a call in all, 1 to 5 (gRPC knows no more). 1: no retry."""
    initial_backoff: float = 0.1
    """Seconds before the second attempt, give or take a fifth."""
    max_backoff: float = 2.0
    """Most seconds between two attempts."""
    multiplier: float = 2.0
    """How much longer each wait is than the one before."""

    def __post_init__(self) -> None:
        """Refuse values that gRPC would refuse later, without a word."""
        _require(1 <= self.max_attempts <= 5, "max_attempts must be 1 to 5")
        _require(
            0 < self.initial_backoff <= self.max_backoff < math.inf,
            "backoff must be positive, the initial at most the maximal",
        )
        _require(1 <= self.multiplier < math.inf, "multiplier must be at least 1")

    def backoff(self, failures: int) -> float:
        """Return the seconds to wait after so many failures in a row, of which one at least."""
        exponent = min(failures - 1, 64)  # more would overflow and is beyond any maximum
        return min(self.max_backoff, self.initial_backoff * self.multiplier**exponent)


@dataclass(frozen=True, slots=True)
class TlsConfig:
    """TLS with something other than the system's defaults. All keys and certificates are PEM."""

    root_certificates: bytes | None = None
    """Who may sign the server's certificate. None: the authorities that gRPC brings along."""
    client_certificate: bytes | None = None
    """This client's certificate chain, where the server asks for one (mutual TLS)."""
    client_key: bytes | None = None
    """The private key of the client's certificate."""
    server_name: str = ""
    """The name the server's certificate must bear, if it is not the address called."""

    def __post_init__(self) -> None:
        """Refuse half of a key pair."""
        _require(
            (self.client_certificate is None) == (self.client_key is None),
            "client_certificate and client_key belong together",
        )


@dataclass(frozen=True, slots=True)
class KeepaliveConfig:
    """Pings that keep a silent connection open, for networks which drop those that are silent."""

    interval: float = 60.0
    """Seconds between pings; at least 10. Servers close connections that ping more often than
    they allow (by default every 300 s): set the server's limit first."""
    timeout: float = 20.0
    """Seconds without an answer to a ping after which the connection counts as lost."""

    def __post_init__(self) -> None:
        """Refuse intervals that servers take for an attack."""
        _require(10 <= self.interval < math.inf, "interval must be at least 10 seconds")
        _require(0 < self.timeout < math.inf, "timeout must be positive")


@dataclass(frozen=True, slots=True)
class ClientConfig:
    """What rarely needs to change."""

    retry: RetryConfig = field(default_factory=RetryConfig)
    """When and how often a failed call is repeated."""
    tls: TlsConfig | None = None
    """None: TLS with the system's defaults, except to this machine. Set: TLS everywhere."""
    wait_for_ready: bool = False
    """What a call does while no replica can be reached. False: it fails soon, with `Unavailable`.
    True: it waits for one, within its timeout; for jobs that shall outlast a restart."""
    keepalive: KeepaliveConfig | None = None
    """None: no pings."""
    compression: Compression = Compression.NONE
    """How requests are compressed."""
    max_receive_bytes: int = 64 * 1024 * 1024
    """Most bytes of an answer. gRPC's own 4 MiB is too little for a text full of names."""
    documents_per_stream: int = 1000
    """Documents after which a bulk stream goes on in a new one: a stream stays with the server
    where it began, so this is how often the load is balanced again."""

    def __post_init__(self) -> None:
        """Refuse limits under which nothing can pass."""
        _require(self.max_receive_bytes > 0, "max_receive_bytes must be positive")
        _require(self.documents_per_stream > 0, "documents_per_stream must be positive")


def service_config(config: ClientConfig) -> str:
    """Return gRPC's service config (JSON): balancing, health checks, retries and waits.

    Some calls are left out of gRPC's retries. An edit is not made twice: after a failure nobody
    knows whether it was made. Of the streams, the client itself sends again what was not answered,
    or goes on where it was.
    """
    every = [{"service": LINKING_SERVICE}, {"service": GAZETTEER_SERVICE}]
    once = [{"service": service, "method": method} for service, method in _ONCE]
    waits = {"waitForReady": config.wait_for_ready}
    content: dict[str, object] = {
        "loadBalancingConfig": [{"round_robin": {}}],
        "healthCheckConfig": {"serviceName": LINKING_SERVICE},
        "methodConfig": [
            {"name": every, **waits, **_retries(config.retry)},
            {"name": once, **waits},
        ],
        "retryThrottling": {"maxTokens": _THROTTLE_TOKENS, "tokenRatio": _THROTTLE_RATIO},
    }
    return json.dumps(content)


def _retries(retry: RetryConfig) -> dict[str, object]:
    if retry.max_attempts == 1:
        return {}
    policy = {
        "maxAttempts": retry.max_attempts,
        "initialBackoff": f"{retry.initial_backoff:.3f}s",
        "maxBackoff": f"{retry.max_backoff:.3f}s",
        "backoffMultiplier": retry.multiplier,
        "retryableStatusCodes": ["UNAVAILABLE", "RESOURCE_EXHAUSTED"],
    }
    return {"retryPolicy": policy}


def _require(holds: bool, rule: str) -> None:
    if not holds:
        raise ValueError(rule)
