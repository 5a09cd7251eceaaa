"""How long a watch waits for a service that went away: shared by both clients, and pure."""

from __future__ import annotations

import time

from nisba._config import RetryConfig
from nisba._errors import NisbaError, Unavailable


class Interruption:
    """Counts what went wrong since the last news.

    Args:
        retry: how waits grow.
        timeout: most seconds without any service.
    """

    def __init__(self, retry: RetryConfig, timeout: float) -> None:
        self._retry = retry
        self._timeout = timeout
        self._failures = 0
        self._since = 0.0

    def over(self) -> None:
        """Note that there was news."""
        self._failures = 0

    def delay(self, error: NisbaError) -> float:
        """Return the seconds to wait before the next attempt.

        Raises:
            NisbaError: the error given, if waiting does not mend it, or has gone on for too long.
        """
        now = time.monotonic()
        if not self._failures:
            self._since = now
        self._failures += 1
        delay = self._retry.backoff(self._failures)
        if not isinstance(error, Unavailable) or now + delay - self._since > self._timeout:
            raise error
        return delay
