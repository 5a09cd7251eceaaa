"""What is written down of texts and questions on their way through a queue."""

from __future__ import annotations

from collections import Counter
from typing import Any

from nisba_service.linking.model import LinkedDocument
from nisba_service.server import calls
from nisba_service.server.jobs import Job, Jobs
from nisba_service.server.reading import Text
from nisba_service.server.telemetry.meters import Meters
from nisba_service.server.telemetry.metrics import (
    BATCH_SIZE,
    CODE_POINTS,
    DOCUMENTS,
    LINK_DURATION,
    LINKS,
    QUEUE_WAIT,
    TAG_DURATION,
    Queue,
)
from nisba_service.server.telemetry.spans import Spans
from nisba_service.tagging.model import TaggedDocument


class QueueWatch:
    """Watches one queue: how long things wait, how many are taken together, for which call."""

    def __init__(self, queue: Queue, meters: Meters, spans: Spans) -> None:
        self._queue = queue
        self._meters = meters
        self._spans = spans

    def began(self, batch: Jobs[Any, Any]) -> None:
        """Write down how many were taken, and how long each of them waited."""
        self._meters.record(BATCH_SIZE, len(batch), self._queue)
        for job in batch:
            if job.began is not None:
                self._meters.record(QUEUE_WAIT, job.began - job.submitted, self._queue)

    def left(self, job: Job[Any, Any]) -> None:
        """Charge the call that waited with the time of its job, if it was done."""
        call = calls.running()
        if call is None or job.began is None or job.ended is None:
            return
        call.phases.add(job)
        self._spans.waited(call, job)


class TextWatch(QueueWatch):
    """Watches the queue of texts, and what became of each."""

    def left(self, job: Job[Any, Any]) -> None:
        """Write down what the text took and gave, if it was read for a call."""
        super().left(job)
        if calls.running() is None or not job.outcome.done() or job.outcome.cancelled():
            return
        outcome = job.outcome.result()
        if isinstance(outcome, LinkedDocument | TaggedDocument):
            self._read(job, outcome)

    def _read(self, job: Job[Text, Any], outcome: LinkedDocument | TaggedDocument) -> None:
        text, language, meters = job.work, outcome.language, self._meters
        meters.add(DOCUMENTS, 1, text.task, language)
        meters.add(CODE_POINTS, len(text.document.text), text.task, language)
        if job.spent is not None:
            meters.record(TAG_DURATION, job.spent.tag_seconds, language)
        if isinstance(outcome, LinkedDocument):
            if job.spent is not None:
                meters.record(LINK_DURATION, job.spent.linked.seconds, language)
            for decided, count in Counter(x.decision.outcome for x in outcome.links).items():
                meters.add(LINKS, count, decided, language)
