"""OpenTelemetry's SDK, set up for one server: who reads the metrics, and where traces go.

Providers are a server's own, not the process's: tests run several servers, and an embedding
application has its own.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final

from opentelemetry.metrics import Meter
from opentelemetry.sdk.metrics import AlwaysOffExemplarFilter, MeterProvider
from opentelemetry.sdk.metrics.export import (
    InMemoryMetricReader,
    MetricReader,
    PeriodicExportingMetricReader,
)
from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Tracer

from nisba_service.server.telemetry import export
from nisba_service.server.telemetry.exposition import render
from nisba_service.server.telemetry.meters import Meters
from nisba_service.server.telemetry.metrics import Signal
from nisba_service.server.telemetry.wanted import wanted

SCOPE: Final = "nisba"

_LAST_SECONDS: Final = 3.0
"""How long the end of a server waits for what is not yet sent; an absent collector gets no more."""


@dataclass(frozen=True, slots=True)
class Providers:
    """What the server writes to."""

    meters: MeterProvider
    traces: TracerProvider | None
    page: InMemoryMetricReader
    outcomes: tuple[export.Outcomes, ...]

    @property
    def meter(self) -> Meter:
        """Where metrics are written."""
        return self.meters.get_meter(SCOPE)

    @property
    def tracer(self) -> Tracer | None:
        """Where spans are written; None: nowhere."""
        return None if self.traces is None else self.traces.get_tracer(SCOPE)

    def render(self) -> str:
        """Return the metrics as a page for Prometheus."""
        return render(self.page.get_metrics_data())

    def count_exports(self, meters: Meters) -> None:
        """Count from now on what becomes of what is sent."""
        for outcomes in self.outcomes:
            outcomes.meters = meters

    def close(self) -> None:
        """Send what is left, for as long as a server that ends may wait."""
        # No exporter can be interrupted, so a thread that holds up no exit has the last word.
        ending = threading.Thread(target=self._close, name="telemetry-end", daemon=True)
        ending.start()
        ending.join(_LAST_SECONDS)

    def _close(self) -> None:
        if self.traces is not None:
            self.traces.shutdown()
        self.meters.shutdown(_LAST_SECONDS * 1_000)


def open_providers() -> Providers:
    """Set the SDK up as the OTEL_* variables want it. Raises SettingsError."""
    resource = _resource()
    page = InMemoryMetricReader()
    readers: list[MetricReader] = [page]
    traces: TracerProvider | None = None
    outcomes = {signal: export.Outcomes(signal) for signal in Signal}
    if (entry := wanted(Signal.METRICS)) is not None:
        exporter = export.NotedMetricExporter(entry, outcomes[Signal.METRICS])
        readers.append(PeriodicExportingMetricReader(exporter))
    if (entry := wanted(Signal.TRACES)) is not None:
        spans = export.NotedSpanExporter(entry, outcomes[Signal.TRACES])
        traces = TracerProvider(resource=resource, shutdown_on_exit=False)
        traces.add_span_processor(BatchSpanProcessor(spans))
    export.hush()
    meters = MeterProvider(readers, resource, AlwaysOffExemplarFilter(), shutdown_on_exit=False)
    return Providers(meters, traces, page, tuple(outcomes.values()))


def _resource() -> Resource:
    resource = Resource.create({SERVICE_VERSION: version("nisba-service")})
    if str(resource.attributes[SERVICE_NAME]).startswith("unknown_service"):
        return resource.merge(Resource({SERVICE_NAME: "nisba"}))
    return resource
