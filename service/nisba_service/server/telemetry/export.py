"""Sending traces and metrics to a collector.

Whatever becomes of what is sent, nobody waits for it: the SDK sends from threads of its own, out of
bounded queues. That nothing arrives is told once, not with each attempt.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from importlib.metadata import EntryPoint
from typing import Any

import structlog
from opentelemetry.sdk.metrics.export import MetricExporter, MetricExportResult, MetricsData
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

from nisba_service.errors import SettingsError
from nisba_service.server.telemetry.meters import Meters
from nisba_service.server.telemetry.metrics import EXPORTS, ExportResult, Signal

_log = structlog.get_logger(__name__)


def hush() -> None:
    """Keep the SDK's own lines out of the log: one for each attempt while a collector is away.

    What becomes of the attempts is counted in EXPORTS, and told by Outcomes.
    """
    logging.getLogger("opentelemetry").propagate = False
    logging.getLogger("opentelemetry").addHandler(logging.NullHandler())


class Outcomes:
    """Counts what becomes of the attempts to send one signal, and tells when it changes."""

    def __init__(self, signal: Signal) -> None:
        self._signal = signal
        self._failing = False
        self.meters: Meters | None = None

    def note(self, arrived: bool) -> None:
        """Note what became of an attempt."""
        if self.meters is not None:
            result = ExportResult.SENT if arrived else ExportResult.FAILED
            self.meters.add(EXPORTS, 1, self._signal, result)
        if arrived == self._failing:
            self._failing = not arrived
            tell = _log.info if arrived else _log.warning
            tell("exporting_again" if arrived else "not_exporting", signal=self._signal.value)


class NotedSpanExporter(SpanExporter):
    """Sends spans by another exporter, and notes what becomes of it."""

    def __init__(self, entry: EntryPoint, outcomes: Outcomes) -> None:
        self._exporter: SpanExporter = _made(entry)
        self._outcomes = outcomes

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Send spans."""
        result = self._exporter.export(spans)
        self._outcomes.note(result is SpanExportResult.SUCCESS)
        return result

    def shutdown(self) -> None:
        """Send no more."""
        self._exporter.shutdown()


class NotedMetricExporter(MetricExporter):
    """Sends metrics by another exporter, and notes what becomes of it."""

    def __init__(self, entry: EntryPoint, outcomes: Outcomes) -> None:
        self._exporter: MetricExporter = _made(entry)
        self._outcomes = outcomes
        # The SDK's reader asks for these, by these names.
        super().__init__(
            self._exporter._preferred_temporality, self._exporter._preferred_aggregation
        )

    def export(
        self, metrics_data: MetricsData, timeout_millis: float = 10_000, **more: Any
    ) -> MetricExportResult:
        """Send metrics."""
        result = self._exporter.export(metrics_data, timeout_millis, **more)
        self._outcomes.note(result is MetricExportResult.SUCCESS)
        return result

    def force_flush(self, timeout_millis: float = 10_000) -> bool:
        """Send what is held back."""
        return self._exporter.force_flush(timeout_millis)

    def shutdown(self, timeout_millis: float = 30_000, **more: Any) -> None:
        """Send no more."""
        self._exporter.shutdown(timeout_millis, **more)


def _made(entry: EntryPoint) -> Any:
    try:
        return entry.load()()
    except Exception as error:
        raise SettingsError(f"OTEL_*: cannot export as {entry.name}: {error}") from None
