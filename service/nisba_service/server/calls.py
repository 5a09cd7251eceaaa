"""What is known of the call that runs: its ID, and the figures its log line will carry.

The figures are numbers and language codes by type, so that no text can slip into a log.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Final

from opentelemetry.trace import INVALID_SPAN, Span, format_trace_id

from nisba_service.gazetteer.store.tokens import Principal
from nisba_service.server.timing import Phases

REQUEST_ID_HEADER = "x-request-id"
_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")


@dataclass(slots=True)
class Facts:
    """Counts of what a call was given and what it gave."""

    documents: int = 0
    code_points: int = 0
    names: int = 0
    mentions: int = 0
    spans: int = 0
    entities: int = 0
    item_errors: int = 0
    languages: set[str] = field(default_factory=set)

    def for_log(self) -> dict[str, int | str]:
        """Return what is not zero; languages as "ar,en"."""
        counts = {
            "documents": self.documents,
            "code_points": self.code_points,
            "names": self.names,
            "mentions": self.mentions,
            "spans": self.spans,
            "entities": self.entities,
            "item_errors": self.item_errors,
        }
        facts: dict[str, int | str] = {key: count for key, count in counts.items() if count}
        if self.languages:
            facts["languages"] = ",".join(sorted(self.languages))
        return facts


def _nobody_counts(reason: str) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Call:
    """One call.

    `method` is the name after the last slash, `started` a monotonic time, `span` the call's in a
    trace, and `callers` holds who calls, once that is known. `refused` is told the reason of every
    error that the call, or one item of it, is answered with.
    """

    method: str
    request_id: str
    span: Span = INVALID_SPAN
    refused: Callable[[str], None] = _nobody_counts
    started: float = field(default_factory=time.monotonic)
    facts: Facts = field(default_factory=Facts)
    phases: Phases = field(default_factory=Phases)
    callers: list[Principal] = field(default_factory=list)

    @property
    def identity(self) -> dict[str, str]:
        """Return what every log line of the call bears: its IDs."""
        context = self.span.get_span_context()
        trace = {"trace_id": format_trace_id(context.trace_id)} if context.is_valid else {}
        return {"request_id": self.request_id, **trace}

    @property
    def principal(self) -> Principal:
        """Return who calls; it has been admitted."""
        return self.callers[0]

    @property
    def milliseconds(self) -> float:
        """Return how long the call has run."""
        return round((time.monotonic() - self.started) * 1000, 1)


_current: Final[ContextVar[Call | None]] = ContextVar("nisba_call", default=None)


def begin(
    path: str,
    metadata: Iterable[tuple[str, str | bytes]],
    span: Span = INVALID_SPAN,
    refused: Callable[[str], None] = _nobody_counts,
) -> Call:
    """Make the call that now runs current, under the caller's request ID if it sent a sound one."""
    sent = next((value for key, value in metadata if key == REQUEST_ID_HEADER), "")
    sound = isinstance(sent, str) and _REQUEST_ID.fullmatch(sent) is not None
    request_id = str(sent) if sound else secrets.token_hex(8)
    call = Call(path.rpartition("/")[2], request_id, span, refused)
    _current.set(call)
    return call


def current() -> Call:
    """Return the call that runs."""
    call = _current.get()
    assert call is not None, "no call runs here; this is a bug"
    return call


def running() -> Call | None:
    """Return the call that runs; None: what runs is the server's own doing."""
    return _current.get()
