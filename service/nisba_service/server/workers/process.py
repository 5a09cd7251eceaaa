"""`python -m nisba_service.server.workers.process JOBS CONTROL`: a worker, on two inherited pipes.

The main thread reads texts, a batch at a time; a second thread keeps the readers. The worker ends
when its server does: a pipe without its other end is the signal. Other signals are for the server.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from nisba_service.server.reading import Reader, Spent, Text, read_each
from nisba_service.server.warm_up import WARM_UP
from nisba_service.server.workers import messages, snapshot
from nisba_service.server.workers.messages import (
    Batch,
    Cancel,
    Change,
    Fault,
    Forget,
    Load,
    Question,
    Read,
    Ready,
    Start,
)
from nisba_service.tagging.model import Tagger


class Readers:
    """The readers by number. Both threads use it, and only one changes it."""

    def __init__(self, tagger: Tagger) -> None:
        self._tagger = tagger
        self._readers: dict[int, Reader] = {}

    def obey(self, order: Load | Change | Forget) -> None:
        """Bring a reader or take one away."""
        match order:
            case Load():
                parts = snapshot.open_parts(order.folder)
                self._readers[order.number] = Reader(parts, self._tagger)
            case Change():
                parts = self._readers[order.base].parts.updated(order.changes)
                self._readers[order.number] = Reader(parts, self._tagger)
            case Forget():
                self._readers.pop(order.number, None)

    def __getitem__(self, number: int) -> Reader:
        return self._readers[number]


@dataclass(eq=False, slots=True)
class Gone:
    """The places of the running batch that nobody waits for any more, as the server tells."""

    jobs: Connection
    batch: int = 0
    places: set[int] = field(default_factory=set)

    def begin(self, batch: int) -> None:
        """Forget the batch before."""
        self.batch, self.places = batch, set()

    def __contains__(self, place: int) -> bool:
        while self.jobs.poll():
            self.hear(messages.loads(self.jobs.recv_bytes()))
        return place in self.places

    def hear(self, cancel: Cancel) -> None:
        """Take in what the server tells; of a batch that is done it means nothing."""
        if cancel.batch == self.batch:
            self.places |= cancel.places


@dataclass(slots=True)
class _Asked:
    work: Text
    expires: float
    place: int
    gone: Gone
    spent: Spent | None = None

    @property
    def is_wanted(self) -> bool:
        return time.monotonic() < self.expires and self.place not in self.gone


def main(arguments: Sequence[str]) -> int:
    """Return the exit code; it ends with its server."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    jobs, control = (Connection(int(descriptor)) for descriptor in arguments)
    try:
        start: Start = messages.loads(control.recv_bytes())
        _serve(jobs, control, start)
    except (EOFError, ConnectionError):
        return 0
    except Exception as error:
        jobs.send_bytes(messages.dumps(Fault.of(error)))
        return 1
    return 0


def _serve(jobs: Connection, control: Connection, start: Start) -> None:
    readers = Readers(start.load_tagger())
    readers.obey(start.first)
    reader = readers[start.first.number]
    _warm_up(reader)
    # What was loaded stays: the collector need not walk it again and again.
    gc.freeze()
    threading.Thread(target=_keep, args=(control, readers), daemon=True).start()
    model_version = reader.tagger.model_version
    del reader
    jobs.send_bytes(messages.dumps(Ready(model_version)))
    gone = Gone(jobs)
    while True:
        match messages.loads(jobs.recv_bytes()):
            case Batch() as batch:
                gone.begin(batch.number)
                _read(jobs, [_asked(q, i, readers, gone) for i, q in enumerate(batch.questions)])
            case Cancel() as cancel:
                gone.hear(cancel)


def _asked(question: Question, place: int, readers: Readers, gone: Gone) -> _Asked:
    text = Text(readers[question.reader], question.document, question.task)
    return _Asked(text, question.expires, place, gone)


def _read(jobs: Connection, texts: Sequence[_Asked]) -> None:
    for text, outcome in zip(texts, read_each(texts), strict=True):
        jobs.send_bytes(messages.dumps(Read(messages.sent(outcome), text.spent)))


def _warm_up(reader: Reader) -> None:
    """Read a text in each language: what is loaded lazily is loaded, or the worker is no good."""
    for document in WARM_UP:
        reader.linker.link(document)


def _keep(control: Connection, readers: Readers) -> None:
    """Do as the server orders until it is gone, in a thread of its own."""
    while True:
        try:
            order = messages.loads(control.recv_bytes())
        except (EOFError, OSError):
            os._exit(0)  # the main thread may be in the middle of a batch that nobody waits for
        answer: Fault | None = None
        try:
            readers.obey(order)
        except Exception as error:
            answer = Fault.of(error)
        control.send_bytes(messages.dumps(answer))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
