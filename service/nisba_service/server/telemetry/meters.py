"""Writing metrics: the table of metrics.py as instruments of OpenTelemetry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import product
from math import prod
from typing import Final

from opentelemetry.metrics import (
    CallbackOptions,
    Counter,
    Histogram,
    Meter,
    NoOpMeter,
    Observation,
)

from nisba_service.server.telemetry.metric import Kind, Metric
from nisba_service.server.telemetry.metrics import METRICS

Sample = tuple[float, tuple[str, ...]]
"""A value, and the values of the labels."""

_BEGUN_AT_ZERO: Final = 64
"""A counter with at most so many series has them all from the start: else the first error would
begin a series, and a rate over it would not see it."""


class Meters:
    """Writes down what happens. Any thread may."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._counters: dict[str, Counter] = {}
        self._histograms: dict[str, Histogram] = {}
        for metric in METRICS:
            if not metric.is_observed:
                self._make(metric)

    def add(self, metric: Metric, amount: float, *labels: str) -> None:
        """Add to a counter. The values of its labels stand in the order of the table."""
        self._counters[metric.name].add(amount, metric.attributes(labels))

    def record(self, metric: Metric, value: float, *labels: str) -> None:
        """Record a value in a histogram."""
        self._histograms[metric.name].record(value, metric.attributes(labels))

    def observe(self, sources: Mapping[Metric, Callable[[], Iterable[Sample]]]) -> None:
        """Ask these sources, in the thread of whoever reads, for metrics that are observed."""
        for metric, source in sources.items():
            make = (
                self._meter.create_observable_counter
                if metric.kind is Kind.COUNTER
                else self._meter.create_observable_gauge
            )
            make(metric.name, [_callback(metric, source)], metric.unit, metric.says)

    def _make(self, metric: Metric) -> None:
        name, unit, says = metric.name, metric.unit, metric.says
        if metric.kind is Kind.HISTOGRAM:
            self._histograms[name] = self._meter.create_histogram(
                name, unit, says, explicit_bucket_boundaries_advisory=metric.bounds
            )
            return
        self._counters[name] = self._meter.create_counter(name, unit, says)
        if prod(len(label.values) for label in metric.labels) <= _BEGUN_AT_ZERO:
            for values in product(*(sorted(label.values) for label in metric.labels)):
                self.add(metric, 0, *values)


def _callback(
    metric: Metric, source: Callable[[], Iterable[Sample]]
) -> Callable[[CallbackOptions], Iterable[Observation]]:
    def observe(_: CallbackOptions) -> Iterable[Observation]:
        return [Observation(value, metric.attributes(labels)) for value, labels in source()]

    return observe


UNMETERED: Final = Meters(NoOpMeter("nisba"))
"""Writes nothing down."""
