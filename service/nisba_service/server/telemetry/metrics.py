"""Every metric of the server, on one page: its name, unit, labels, and what it says.

A label's values are a closed set, so that no text, name or ID can become one, and the number of
series is bounded whatever callers send. Names are OpenTelemetry's; Prometheus's follow from them.
docs/operations.md shows the same table, deploy/ has a dashboard and alerts over it, and tests hold
all three against this page.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import grpc

from nisba.v1 import error_reason_pb2
from nisba_service.linking.model import Outcome
from nisba_service.names.types import Language
from nisba_service.server.access import NEEDED
from nisba_service.server.live import FollowState
from nisba_service.server.reading import Task
from nisba_service.server.telemetry.metric import Kind, Label, Metric
from nisba_service.tagging.language import MIXED, UNDETERMINED


class Queue(StrEnum):
    """The queues of the server."""

    TEXTS = "texts"
    LOOKUPS = "lookups"


class Signal(StrEnum):
    """What is sent to a collector."""

    TRACES = "traces"
    METRICS = "metrics"


class ExportResult(StrEnum):
    """What became of what was sent to a collector."""

    SENT = "sent"
    FAILED = "failed"


# From a search in an idle server to the longest text on a busy one.
_CALL_SECONDS: Final = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
# A short text takes a few milliseconds; a hundred thousand code points take several seconds.
_WORK_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_BATCH: Final = (1, 2, 4, 8, 16, 32, 64)

_REASONS: Final = frozenset(
    name.removeprefix("ERROR_REASON_")
    for name, number in error_reason_pb2.ErrorReason.items()
    if number != error_reason_pb2.ERROR_REASON_UNSPECIFIED
)

METHOD: Final = Label.closed("method", (path.rpartition("/")[2] for path in NEEDED))
CODE: Final = Label.closed("code", (code.name for code in grpc.StatusCode))
REASON: Final = Label("reason", _REASONS)
QUEUE: Final = Label.closed("queue", Queue)
TASK: Final = Label.closed("task", Task)
LANGUAGE: Final = Label.closed("language", {*Language, MIXED, UNDETERMINED})
OUTCOME: Final = Label.closed("outcome", Outcome)
STATE: Final = Label.closed("state", FollowState)
SIGNAL: Final = Label.closed("signal", Signal)
RESULT: Final = Label.closed("result", ExportResult)

CALL_DURATION: Final = Metric(
    "nisba.call.duration",
    Kind.HISTOGRAM,
    "s",
    "Seconds from the beginning of a call to its status; its count is that of calls.",
    (METHOD, CODE),
    _CALL_SECONDS,
)
CALLS_RUNNING: Final = Metric(
    "nisba.calls.running", Kind.GAUGE, "{call}", "Calls that are open now.", is_observed=True
)
REFUSALS: Final = Metric(
    "nisba.refusals",
    Kind.COUNTER,
    "{refusal}",
    "Calls, and documents of batches and streams, that were answered with an error.",
    (REASON,),
)
QUEUE_WAITING: Final = Metric(
    "nisba.queue.waiting",
    Kind.GAUGE,
    "{item}",
    "Texts, or questions about names, that wait for their turn.",
    (QUEUE,),
    is_observed=True,
)
QUEUE_FILLED: Final = Metric(
    "nisba.queue.filled",
    Kind.GAUGE,
    "1",
    "Share of the queue that what waits fills; streams fill half of it, at 1 calls are refused.",
    (QUEUE,),
    is_observed=True,
)
QUEUE_WAIT: Final = Metric(
    "nisba.queue.wait",
    Kind.HISTOGRAM,
    "s",
    "Seconds from when something was submitted to when its batch began.",
    (QUEUE,),
    _CALL_SECONDS,
)
BATCH_SIZE: Final = Metric(
    "nisba.batch.size",
    Kind.HISTOGRAM,
    "{item}",
    "Texts, or questions about names, that were taken from the queue together.",
    (QUEUE,),
    _BATCH,
)
BATCHES_RUNNING: Final = Metric(
    "nisba.batches.running",
    Kind.GAUGE,
    "{batch}",
    "Batches that are being done now.",
    (QUEUE,),
    is_observed=True,
)
DOCUMENTS: Final = Metric(
    "nisba.documents",
    Kind.COUNTER,
    "{document}",
    "Documents that were linked, or only tagged, by the language of the document.",
    (TASK, LANGUAGE),
)
CODE_POINTS: Final = Metric(
    "nisba.code_points",
    Kind.COUNTER,
    "{code_point}",
    "Length of these documents.",
    (TASK, LANGUAGE),
)
TAG_DURATION: Final = Metric(
    "nisba.tag.duration",
    Kind.HISTOGRAM,
    "s",
    "Seconds of tagging that a document took: its share of that of its batch, by length.",
    (LANGUAGE,),
    _WORK_SECONDS,
)
LINK_DURATION: Final = Metric(
    "nisba.link.duration",
    Kind.HISTOGRAM,
    "s",
    "Seconds that finding and linking the names of a document took.",
    (LANGUAGE,),
    _WORK_SECONDS,
)
LINKS: Final = Metric(
    "nisba.links",
    Kind.COUNTER,
    "{mention}",
    "Mentions in documents, by what they were decided to be.",
    (OUTCOME, LANGUAGE),
)
REVISION_SERVED: Final = Metric(
    "nisba.revision.served",
    Kind.GAUGE,
    "{revision}",
    "Number of the gazetteer's revision that is served; 0: it was read from files.",
    is_observed=True,
)
REVISION_BEHIND: Final = Metric(
    "nisba.revision.behind",
    Kind.GAUGE,
    "{revision}",
    "Revisions that the store is known to have after the one that is served.",
    is_observed=True,
)
FOLLOWING: Final = Metric(
    "nisba.following",
    Kind.GAUGE,
    "{state}",
    "1 for the state in which the server stands to its store, 0 for the others.",
    (STATE,),
    is_observed=True,
)
ENTITIES: Final = Metric(
    "nisba.entities", Kind.GAUGE, "{entity}", "Entities that are served.", is_observed=True
)
WORKERS_WANTED: Final = Metric(
    "nisba.workers.wanted",
    Kind.GAUGE,
    "{worker}",
    "Worker processes that there should be; 0: the server reads texts itself.",
    is_observed=True,
)
WORKERS_ALIVE: Final = Metric(
    "nisba.workers.alive",
    Kind.GAUGE,
    "{worker}",
    "Worker processes that there are.",
    is_observed=True,
)
WORKERS_LOST: Final = Metric(
    "nisba.workers.lost",
    Kind.COUNTER,
    "{worker}",
    "Worker processes that died or hung; each is replaced.",
    is_observed=True,
)
WORKERS_NOT_STARTED: Final = Metric(
    "nisba.workers.not_started",
    Kind.COUNTER,
    "{attempt}",
    "Attempts to start a worker process that failed.",
    is_observed=True,
)
SERVING: Final = Metric(
    "nisba.serving",
    Kind.GAUGE,
    "{server}",
    "1 while health says SERVING, 0 before the warm-up and while draining.",
    is_observed=True,
)
EXPORTS: Final = Metric(
    "nisba.exports",
    Kind.COUNTER,
    "{attempt}",
    "Attempts to send traces or metrics to an OTLP collector.",
    (SIGNAL, RESULT),
)

METRICS: Final = (
    CALL_DURATION,
    CALLS_RUNNING,
    REFUSALS,
    QUEUE_WAITING,
    QUEUE_FILLED,
    QUEUE_WAIT,
    BATCH_SIZE,
    BATCHES_RUNNING,
    DOCUMENTS,
    CODE_POINTS,
    TAG_DURATION,
    LINK_DURATION,
    LINKS,
    REVISION_SERVED,
    REVISION_BEHIND,
    FOLLOWING,
    ENTITIES,
    WORKERS_WANTED,
    WORKERS_ALIVE,
    WORKERS_LOST,
    WORKERS_NOT_STARTED,
    SERVING,
    EXPORTS,
)
