"""Signals: the first one ends the server kindly, the second at once."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable

import structlog

_log = structlog.get_logger(__name__)

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class StopSignal:
    """Waits for the first SIGTERM or SIGINT."""

    def __init__(self, before_the_second: Callable[[], None] | None = None) -> None:
        self._before_the_second = before_the_second
        self._first: signal.Signals | None = None
        self._event = asyncio.Event()

    @classmethod
    def installed(cls, before_the_second: Callable[[], None] | None = None) -> StopSignal:
        """Take over both signals of the running event loop's process.

        `before_the_second` is called before the second signal ends it: what would outlive it.
        """
        stop = cls(before_the_second)
        loop = asyncio.get_running_loop()
        for number in _SIGNALS:
            loop.add_signal_handler(number, stop._receive, number)
        return stop

    @property
    def leaves_time_to_drain(self) -> bool:
        """Tell whether a balancer must hear of it first: not if a person pressed Ctrl-C."""
        return self._first is signal.SIGTERM

    async def received(self) -> None:
        """Return when the first signal has come."""
        await self._event.wait()

    def _receive(self, number: signal.Signals) -> None:
        if self._first is not None:
            _log.warning("killed", signal=number.name)
            if self._before_the_second is not None:
                self._before_the_second()
            # 128 + the signal's number is what a shell calls a death by signal.
            leave(128 + number, abandon_threads=True)
        self._first = number
        self._event.set()


def leave(code: int, *, abandon_threads: bool) -> int:
    """Return the exit code, or exit with it where a thread would hold up a proper exit.

    Python waits for its threads at exit, and no thread can be stopped in the middle of a batch.
    """
    if abandon_threads:
        sys.stderr.flush()
        os._exit(code)
    return code
