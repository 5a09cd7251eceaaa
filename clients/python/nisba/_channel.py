"""From an address and a configuration to a gRPC channel, for threads or for asyncio.

TLS is used everywhere but to this machine, where a server without certificates is the rule and
nobody is on the line. A token is only ever sent over TLS, or within this machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import grpc

from nisba._config import ClientConfig, Compression, KeepaliveConfig, service_config
from nisba._requests import MAX_SEND_BYTES
from nisba._targets import holds_several, is_loopback, one_target
from nisba._version import __version__

_COMPRESSION = {
    Compression.NONE: grpc.Compression.NoCompression,
    Compression.GZIP: grpc.Compression.Gzip,
}

# A server that restarts is back within a second; gRPC would first look again after one, and only
# after two minutes in the end.
_RECONNECT = (
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 5000),
)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """All that opening a channel takes. `credentials` None: not encrypted.

    `metadata` goes with every call: the token, where no credentials carry it.
    """

    target: str
    credentials: grpc.ChannelCredentials | None
    options: tuple[tuple[str, str | int], ...]
    compression: grpc.Compression
    metadata: tuple[tuple[str, str], ...] = ()

    def open(self) -> grpc.Channel:
        """Open a channel for threads. It connects on the first call."""
        if self.credentials is None:
            return grpc.insecure_channel(self.target, self.options, self.compression)
        return grpc.secure_channel(self.target, self.credentials, self.options, self.compression)

    def open_async(self) -> grpc.aio.Channel:
        """Open a channel for the running event loop. It connects on the first call."""
        if self.credentials is None:
            return grpc.aio.insecure_channel(self.target, self.options, self.compression)
        return grpc.aio.secure_channel(
            self.target, self.credentials, self.options, self.compression
        )


def endpoint(
    target: str | Sequence[str], *, insecure: bool, token: str | None, config: ClientConfig
) -> Endpoint:
    """Decide how to reach `target`.

    Raises:
        ValueError: the parts contradict each other, or a token would go over an open line.
    """
    target = one_target(target)
    if insecure and config.tls is not None:
        raise ValueError("insecure=True and a TlsConfig contradict each other")
    local = is_loopback(target)
    encrypted = config.tls is not None or not (insecure or local)
    if token is not None and not encrypted and not local:
        raise ValueError("a token is only sent over TLS: leave insecure=True out")
    if encrypted and holds_several(target) and not (config.tls and config.tls.server_name):
        raise ValueError(
            "several addresses over TLS have no name of their own: set TlsConfig(server_name=...) "
            "to the name that all their certificates bear"
        )
    return Endpoint(
        target=target,
        credentials=_credentials(token, config) if encrypted else None,
        options=_options(target, config),
        compression=_COMPRESSION[config.compression],
        # gRPC lets credentials of a call pass over TLS alone.
        metadata=() if token is None or encrypted else (("authorization", f"Bearer {token}"),),
    )


def _credentials(token: str | None, config: ClientConfig) -> grpc.ChannelCredentials:
    tls = config.tls
    if tls is None:
        channel = grpc.ssl_channel_credentials()
    else:
        channel = grpc.ssl_channel_credentials(
            tls.root_certificates, tls.client_key, tls.client_certificate
        )
    if token is None:
        return channel
    return grpc.composite_channel_credentials(channel, grpc.access_token_call_credentials(token))


def _options(target: str, config: ClientConfig) -> tuple[tuple[str, str | int], ...]:
    options: list[tuple[str, str | int]] = [
        ("grpc.service_config", service_config(config)),
        ("grpc.primary_user_agent", f"nisba-client/{__version__}"),
        ("grpc.max_receive_message_length", config.max_receive_bytes),
        # A call beyond this buffer (by default 256 KiB) is not retried; a batch may be larger.
        ("grpc.per_rpc_retry_buffer_size", 2 * MAX_SEND_BYTES),
        *_RECONNECT,
    ]
    if is_loopback(target):
        options.append(("grpc.enable_http_proxy", 0))  # a proxy's localhost is not ours
    if holds_several(target):  # a list is no name that a proxy could route by
        options.append(("grpc.default_authority", _authority(target, config)))
    if config.tls is not None and config.tls.server_name:
        options.append(("grpc.ssl_target_name_override", config.tls.server_name))
    if config.keepalive is not None:
        options.extend(_keepalive(config.keepalive))
    return tuple(options)


def _authority(target: str, config: ClientConfig) -> str:
    named = config.tls.server_name if config.tls is not None else ""
    return named or target.partition(":")[2].partition(",")[0]


def _keepalive(keepalive: KeepaliveConfig) -> tuple[tuple[str, int], ...]:
    return (
        ("grpc.keepalive_time_ms", round(keepalive.interval * 1000)),
        ("grpc.keepalive_timeout_ms", round(keepalive.timeout * 1000)),
        ("grpc.keepalive_permit_without_calls", 1),
        ("grpc.http2.max_pings_without_data", 0),
    )
