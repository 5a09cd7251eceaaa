"""What both clients share: settings, their checks, and nothing that waits."""

from __future__ import annotations

import math
from collections.abc import Sequence

from nisba._channel import Endpoint, endpoint
from nisba._config import DEFAULT_TIMEOUT, ClientConfig
from nisba._errors import ClientClosed
from nisba._telemetry import trace_context


class BaseClient:
    """The settings of a client, and whether it is still open."""

    def __init__(
        self,
        target: str | Sequence[str],
        *,
        timeout: float = DEFAULT_TIMEOUT,
        insecure: bool = False,
        token: str | None = None,
        config: ClientConfig | None = None,
    ) -> None:
        self._config = ClientConfig() if config is None else config
        self._timeout = _positive(timeout)
        self._endpoint: Endpoint = endpoint(
            target, insecure=insecure, token=token, config=self._config
        )
        self._closed = False
        self._open()

    @property
    def target(self) -> str:
        """The address that the client calls, as gRPC has it: several are one target."""
        return self._endpoint.target

    @property
    def closed(self) -> bool:
        """Whether `close` has been called."""
        return self._closed

    def __repr__(self) -> str:
        state = "closed" if self._closed else "open"
        return f"<{type(self).__name__} of {self.target}, {state}>"

    @property
    def _metadata(self) -> tuple[tuple[str, str], ...]:
        """What goes with a call that begins now."""
        return (*self._endpoint.metadata, *trace_context())

    def _open(self) -> None:
        """Make ready to connect. Nothing is sent before the first call."""
        raise NotImplementedError

    def _check_open(self) -> None:
        if self._closed:
            raise ClientClosed(f"this {type(self).__name__} has been closed: make a new one")

    def _seconds(self, timeout: float | None) -> float:
        """Return the limit of a call: its own, else the client's."""
        return self._timeout if timeout is None else _positive(timeout)


def check_at_least_one(value: int, parameter: str) -> None:
    """Refuse a bound under which nothing could ever be sent."""
    if value < 1:
        raise ValueError(f"{parameter} must be at least 1, not {value}")


def _positive(timeout: float) -> float:
    if not 0 < timeout < math.inf:
        raise ValueError(f"timeout must be a positive number of seconds, not {timeout}")
    return timeout
