"""What the server tells of itself, behind one object: of calls, of queues, of its state.

Where neither NISBA_METRICS_ADDRESS nor an OTEL_* variable asks for it, the SDK is not even
imported, and all that is written goes nowhere; calls still bear the trace of their callers.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from opentelemetry.trace import NoOpTracer

from nisba_service.server import calls
from nisba_service.server.calls import Call
from nisba_service.server.health import Health
from nisba_service.server.house import House
from nisba_service.server.telemetry import metrics, wanted
from nisba_service.server.telemetry.meters import UNMETERED, Meters
from nisba_service.server.telemetry.metrics import Queue
from nisba_service.server.telemetry.observed import sources
from nisba_service.server.telemetry.scrape import ScrapePort
from nisba_service.server.telemetry.spans import Spans
from nisba_service.server.telemetry.watches import QueueWatch, TextWatch
from nisba_service.settings import Settings

if TYPE_CHECKING:  # see _providers
    from nisba_service.server.telemetry.providers import Providers


class Telemetry:
    """Tells of one server. Open its address with `start`, and close it at the end.

    Raises:
        SettingsError: the OTEL_* variables want what cannot be had.
    """

    def __init__(self, settings: Settings) -> None:
        self._address = settings.metrics_address
        self._providers = _providers(settings)
        self._meters = UNMETERED
        tracer = None
        if self._providers is not None:
            self._meters = Meters(self._providers.meter)
            self._providers.count_exports(self._meters)
            tracer = self._providers.tracer
        self._spans = Spans(tracer or NoOpTracer())
        self._running = 0
        self._port: ScrapePort | None = None
        self.texts = TextWatch(Queue.TEXTS, self._meters, self._spans)
        self.lookups = QueueWatch(Queue.LOOKUPS, self._meters, self._spans)

    @property
    def address(self) -> str | None:
        """Where Prometheus may read now."""
        return None if self._port is None else self._port.address

    def start(self, house: House, health: Health) -> None:
        """Tell of a server's state, too, and open the address for Prometheus.

        Raises:
            SettingsError: the address cannot be served.
        """
        running = {metrics.CALLS_RUNNING: lambda: [(self._running, ())]}
        self._meters.observe({**sources(house, health), **running})
        if self._address is not None and self._providers is not None:
            self._port = ScrapePort(self._address, self._providers.render)

    def begin(self, path: str, metadata: Iterable[tuple[str, str | bytes]]) -> Call:
        """Begin a call, in the trace of its caller."""
        self._running += 1
        known = tuple(metadata)
        return calls.begin(path, known, self._spans.begun(path, known), self._refused)

    def ended(self, call: Call, code: str, reason: str | None) -> None:
        """Write down what became of a call."""
        self._running -= 1
        seconds = time.monotonic() - call.started
        self._meters.record(metrics.CALL_DURATION, seconds, call.method, code)
        self._spans.ended(call, code, reason)

    def close(self) -> None:
        """Send what is left and tell no more. It may take seconds: not for the event loop."""
        if self._port is not None:
            self._port.close()
        if self._providers is not None:
            self._providers.close()

    def _refused(self, reason: str) -> None:
        self._meters.add(metrics.REFUSALS, 1, reason)


def _providers(settings: Settings) -> Providers | None:
    if settings.metrics_address is None and not wanted.is_anything():
        return None
    # The SDK: it takes time and memory that only those should need whose telemetry is read.
    from nisba_service.server.telemetry.providers import open_providers  # noqa: PLC0415

    return open_providers()
