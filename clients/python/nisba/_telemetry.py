"""What passes beside a call: the trace it is part of, and where its time went."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from typing import Any, Final

from nisba._model import Timing

Metadata = Iterable[tuple[str, str | bytes]]

_PHASE: Final = re.compile(r"\s*(\w+);dur=([0-9]+(?:\.[0-9]+)?)\s*")


def trace_context() -> tuple[tuple[str, str], ...]:
    """Return the headers of W3C that name the current span, if the application traces itself.

    OpenTelemetry is looked for among what is imported, and not imported: an application that has
    not imported it has no span. A client that is instrumented besides sends its own span's.
    """
    trace: Any = sys.modules.get("opentelemetry.trace")
    if trace is None:
        return ()
    span = trace.get_current_span().get_span_context()
    if not span.is_valid:
        return ()
    parent = f"00-{span.trace_id:032x}-{span.span_id:016x}-{span.trace_flags:02x}"
    state = span.trace_state.to_header()
    return (("traceparent", parent), *((("tracestate", state),) if state else ()))


def timing_of(trailing: Metadata | None) -> Timing | None:
    """Return where the time of a call went, by its trailing metadata; None: it does not say."""
    headers = {key: value for key, value in trailing or () if isinstance(value, str)}
    written = headers.get("server-timing")
    if written is None:
        return None
    phases = {
        found[1]: float(found[2])
        for part in written.split(",")
        if (found := _PHASE.fullmatch(part)) is not None
    }
    return Timing(
        total=phases.get("total", 0.0),
        queue=phases.get("queue", 0.0),
        batch=phases.get("batch", 0.0),
        tag=phases.get("tag", 0.0),
        link=phases.get("link", 0.0),
        request_id=headers.get("x-request-id", ""),
    )
