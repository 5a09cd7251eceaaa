"""Traces: a span for each call, within that of its caller, and in it those of its documents.

What a span says are numbers, codes and the request ID. An exception is never recorded: its message
may quote a text.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any, Final

from opentelemetry.trace import Span, SpanKind, Status, StatusCode, Tracer, set_span_in_context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from nisba_service.server.calls import Call
from nisba_service.server.jobs import Job

DOCUMENTS_OF_A_CALL: Final = 256
"""Documents of one call that have spans: a stream of a million would be no trace but a flood."""

_W3C: Final = TraceContextTextMapPropagator()
_FAULTS: Final = frozenset({"UNKNOWN", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNIMPLEMENTED"})
"""Codes of a call whose server is to blame, as OpenTelemetry's conventions for gRPC have it."""


class Spans:
    """Begins and ends the spans of calls. Where nothing is exported, a call has its caller's."""

    def __init__(self, tracer: Tracer) -> None:
        self._tracer = tracer

    def begun(self, path: str, metadata: Iterable[tuple[str, str | bytes]]) -> Span:
        """Return the span of a call, within the one that its caller names in `traceparent`."""
        named = {key: value for key, value in metadata if key in _W3C.fields}
        service, _, method = path.lstrip("/").rpartition("/")
        return self._tracer.start_span(
            f"{service}/{method}",
            context=_W3C.extract(named),
            kind=SpanKind.SERVER,
            attributes={"rpc.system": "grpc", "rpc.service": service, "rpc.method": method},
        )

    def ended(self, call: Call, code: str, reason: str | None) -> None:
        """End the span of a call with what became of it."""
        span = call.span
        if not span.is_recording():
            return
        span.set_attribute("rpc.grpc.status_code", code)
        span.set_attribute("nisba.request_id", call.request_id)
        if reason is not None:
            span.set_attribute("nisba.reason", reason)
        for key, value in call.facts.for_log().items():
            span.set_attribute(f"nisba.{key}", value)
        if code in _FAULTS:
            span.set_status(Status(StatusCode.ERROR))
        span.end()

    def waited(self, call: Call, job: Job[Any, Any]) -> None:
        """Make the spans of a job that the call waited for: in the queue, tagged, linked."""
        if not call.span.is_recording() or call.phases.texts > DOCUMENTS_OF_A_CALL:
            return
        if job.began is None or job.ended is None:
            return
        self._span(call, "queue", job.submitted, job.began)
        if job.spent is None:
            self._span(call, "work", job.began, job.ended)
        else:
            self._span(call, "tag", job.spent.tagged.began, job.spent.tagged.ended)
            self._span(call, "link", job.spent.linked.began, job.spent.linked.ended)

    def _span(self, call: Call, name: str, began: float, ended: float) -> None:
        context = set_span_in_context(call.span)
        span = self._tracer.start_span(name, context, start_time=_epoch(began))
        span.end(_epoch(ended))


def _epoch(monotonic: float) -> int:
    """Return a time of the monotonic clock in nanoseconds since 1970."""
    return time.time_ns() + round((monotonic - time.monotonic()) * 1e9)
