"""Metrics as Prometheus reads them: its text format 0.0.4."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import Final

from opentelemetry.sdk.metrics.export import (
    Gauge,
    Histogram,
    HistogramDataPoint,
    MetricsData,
    NumberDataPoint,
    Sum,
)
from opentelemetry.sdk.metrics.export import Metric as Measured

from nisba_service.server.telemetry.metric import Kind, prometheus_name

_ESCAPES: Final = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


def render(data: MetricsData | None) -> str:
    """Return the page; empty where nothing was measured."""
    if data is None:
        return ""
    measured = (
        metric
        for of_resource in data.resource_metrics
        for of_scope in of_resource.scope_metrics
        for metric in of_scope.metrics
    )
    return "".join(f"{line}\n" for metric in measured for line in _family(metric))


def _family(metric: Measured) -> Iterator[str]:
    kind = _kind(metric)
    name = prometheus_name(metric.name, metric.unit or "", kind)
    yield f"# HELP {name} {metric.description}"
    yield f"# TYPE {name} {kind}"
    for point in metric.data.data_points:
        if isinstance(point, HistogramDataPoint):
            yield from _histogram(name, point)
        elif isinstance(point, NumberDataPoint):
            yield _line(name, point.attributes, point.value)


def _kind(metric: Measured) -> Kind:
    match metric.data:
        case Histogram():
            return Kind.HISTOGRAM
        case Sum(is_monotonic=True):
            return Kind.COUNTER
        case Sum() | Gauge():
            return Kind.GAUGE
        case _:
            raise AssertionError(f"{metric.name} is of no kind of ours; this is a bug")


def _histogram(name: str, point: HistogramDataPoint) -> Iterator[str]:
    bounds = (*(f"{bound:g}" for bound in point.explicit_bounds), "+Inf")
    for bound, count in zip(bounds, accumulate(point.bucket_counts), strict=True):
        yield _line(f"{name}_bucket", point.attributes, count, [("le", bound)])
    yield _line(f"{name}_sum", point.attributes, point.sum)
    yield _line(f"{name}_count", point.attributes, point.count)


def _line(
    name: str,
    labels: Mapping[str, object] | None,
    value: float,
    more: Iterable[tuple[str, str]] = (),
) -> str:
    written = [
        f'{key}="{str(value).translate(_ESCAPES)}"'
        for key, value in (*sorted((labels or {}).items()), *more)
    ]
    return f"{name}{{{','.join(written)}}} {value}" if written else f"{name} {value}"
