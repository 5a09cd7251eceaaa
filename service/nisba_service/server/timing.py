"""Where the time of a call went, as its caller is told: a header in the form of Server-Timing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from nisba_service.server.jobs import Job

SERVER_TIMING: Final = "server-timing"


@dataclass(slots=True)
class Phases:
    """Seconds of a call by what they were spent on; of one document they add up to its way.

    Attributes:
        texts: that the call waited for.
        questions: about names, that it waited for.
        queue: the longest wait of one of them for its turn.
        batch: the longest wait for the others that were read with it.
        tag: of tagging its texts, together.
        link: of finding and linking their names, together.
        work: of answering its questions about names, together.
    """

    texts: int = 0
    questions: int = 0
    queue: float = 0.0
    batch: float = 0.0
    tag: float = 0.0
    link: float = 0.0
    work: float = 0.0

    def add(self, job: Job[Any, Any]) -> None:
        """Take in a job whose batch has begun and whose outcome is known."""
        if job.began is None or job.ended is None:
            return
        self.queue = max(self.queue, job.began - job.submitted)
        took = job.ended - job.began
        if job.spent is None:
            self.questions += 1
            self.work += took
            return
        self.texts += 1
        own = job.spent.tag_seconds + job.spent.linked.seconds
        self.tag += job.spent.tag_seconds
        self.link += job.spent.linked.seconds
        self.batch = max(self.batch, took - own)

    def milliseconds(self) -> dict[str, float]:
        """Return the phases that the call had, in the order of its way."""
        seconds: dict[str, float] = {}
        if self.texts or self.questions:
            seconds["queue"] = self.queue
        if self.texts:
            seconds |= {"batch": self.batch, "tag": self.tag, "link": self.link}
        if self.questions:
            seconds["work"] = self.work
        return {phase: round(spent * 1000, 2) for phase, spent in seconds.items()}

    def header(self, total: float) -> str:
        """Return the value of SERVER_TIMING, with the milliseconds of the whole."""
        timings = {**self.milliseconds(), "total": total}
        return ", ".join(f"{phase};dur={ms}" for phase, ms in timings.items())
