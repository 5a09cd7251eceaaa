"""A collector of OpenTelemetry on a real socket: it keeps what it is sent."""
# ruff: noqa: N802 - the contract names the methods

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc
from opentelemetry.proto.collector.metrics.v1 import metrics_service_pb2 as metrics
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2_grpc import (
    MetricsServiceServicer,
    add_MetricsServiceServicer_to_server,
)
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2 as traces
from opentelemetry.proto.collector.trace.v1.trace_service_pb2_grpc import (
    TraceServiceServicer,
    add_TraceServiceServicer_to_server,
)
from opentelemetry.proto.common.v1.common_pb2 import KeyValue
from opentelemetry.proto.metrics.v1.metrics_pb2 import Metric
from opentelemetry.proto.trace.v1.trace_pb2 import Span


@dataclass(slots=True)
class Collector:
    """What has been sent so far, as it came."""

    address: str = ""
    received: list[Any] = field(default_factory=list)
    _news: threading.Condition = field(default_factory=threading.Condition)

    def take(self, request: Any) -> None:
        """Keep a request."""
        with self._news:
            self.received.append(request)
            self._news.notify_all()

    def spans(self) -> list[Span]:
        """Return all spans."""
        requests = [r for r in self.received if isinstance(r, traces.ExportTraceServiceRequest)]
        return [
            span
            for request in requests
            for of_resource in request.resource_spans
            for of_scope in of_resource.scope_spans
            for span in of_scope.spans
        ]

    def metrics(self) -> list[Metric]:
        """Return all metrics."""
        requests = [r for r in self.received if isinstance(r, metrics.ExportMetricsServiceRequest)]
        return [
            metric
            for request in requests
            for of_resource in request.resource_metrics
            for of_scope in of_resource.scope_metrics
            for metric in of_scope.metrics
        ]

    def wait_for_spans(self, count: int) -> list[Span]:
        """Return all spans once there are so many."""
        with self._news:
            assert self._news.wait_for(lambda: len(self.spans()) >= count, timeout=30)
            return self.spans()

    def wait_for_metrics(self) -> list[Metric]:
        """Return all metrics once there are some."""
        with self._news:
            assert self._news.wait_for(lambda: bool(self.metrics()), timeout=30)
            return self.metrics()


class _Traces(TraceServiceServicer):
    def __init__(self, collector: Collector) -> None:
        self._collector = collector

    def Export(self, request: Any, context: Any) -> traces.ExportTraceServiceResponse:
        """Keep spans."""
        self._collector.take(request)
        return traces.ExportTraceServiceResponse()


class _Metrics(MetricsServiceServicer):
    def __init__(self, collector: Collector) -> None:
        self._collector = collector

    def Export(self, request: Any, context: Any) -> metrics.ExportMetricsServiceResponse:
        """Keep metrics."""
        self._collector.take(request)
        return metrics.ExportMetricsServiceResponse()


@contextmanager
def collecting() -> Iterator[Collector]:
    """Run a collector on a free port of loopback."""
    collector = Collector()
    server = grpc.server(ThreadPoolExecutor(2))
    adds: tuple[Any, ...] = (
        add_TraceServiceServicer_to_server,
        add_MetricsServiceServicer_to_server,
    )
    for add, servicer in zip(adds, (_Traces(collector), _Metrics(collector)), strict=True):
        add(servicer, server)
    collector.address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    server.start()
    try:
        yield collector
    finally:
        server.stop(None).wait()


def attributes(of: Span) -> dict[str, str | int]:
    """Return the attributes of a span."""
    return {pair.key: _plain(pair) for pair in of.attributes}


def _plain(pair: KeyValue) -> str | int:
    kind = pair.value.WhichOneof("value")
    assert kind in {"string_value", "int_value"}, pair
    value: str | int = getattr(pair.value, str(kind))
    return value
