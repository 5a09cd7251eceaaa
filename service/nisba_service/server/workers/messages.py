"""What passes between the server and a worker process, and how it becomes bytes.

Two pipes lead to each worker. On `jobs` a Batch goes out and a Read comes back for each of its
questions, in order; a Cancel may follow the Batch. On `control` readers are brought and taken away,
each order answered by None or a Fault; a text that is being read does not hold them up.
"""

from __future__ import annotations

import copyreg
import io
import pickle
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from nisba_service.errors import InvalidInput, NisbaServiceError
from nisba_service.gazetteer.changes import GazetteerChanges
from nisba_service.server.reading import Reading, Spent, Task, Unwanted
from nisba_service.tagging.model import Document, Tagger


@dataclass(frozen=True, slots=True)
class Start:
    """The first order: how the tagger is loaded, and the first reader."""

    load_tagger: Callable[[], Tagger]
    first: Load


@dataclass(frozen=True, slots=True)
class Load:
    """Open the parts in a folder, and read by them under this number."""

    number: int
    folder: Path


@dataclass(frozen=True, slots=True)
class Change:
    """Make the reader of the next revision from one that is there."""

    base: int
    number: int
    changes: GazetteerChanges


@dataclass(frozen=True, slots=True)
class Forget:
    """No call needs the reader of this number any more."""

    number: int


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has read a text in each language, with these models."""

    model_version: str


@dataclass(frozen=True, slots=True)
class Question:
    """A text to read; `expires` is a time of the machine's monotonic clock, the same for all."""

    reader: int
    task: Task
    document: Document
    expires: float


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts to read together."""

    number: int
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Cancel:
    """Nobody waits any more for the questions of a batch at these places."""

    batch: int
    places: frozenset[int]


@dataclass(frozen=True, slots=True)
class Fault:
    """An exception: its type and where it was raised. Its words only where they quote no text."""

    kind: str
    places: tuple[str, ...]
    message: str = ""

    @classmethod
    def of(cls, error: Exception) -> Fault:
        """Return what may be told of an exception."""
        frames = traceback.extract_tb(error.__traceback__)
        places = tuple(f"{f.filename}:{f.lineno} {f.name}" for f in frames)
        message = str(error) if isinstance(error, NisbaServiceError) else ""
        return cls(type(error).__name__, places, message)


@dataclass(frozen=True, slots=True)
class Refusal:
    """An InvalidInput, taken apart: exceptions with fields of their own cannot be pickled."""

    kind: type[InvalidInput]
    field: str
    rule: str
    limit: str
    actual: str

    @classmethod
    def of(cls, error: InvalidInput) -> Refusal:
        """Take an error apart."""
        return cls(type(error), error.field, error.rule, error.limit, error.actual)

    def error(self) -> InvalidInput:
        """Return the error."""
        return self.kind(self.field, self.rule, limit=self.limit, actual=self.actual)


class WorkerFault(Exception):
    """Unexpected, ours: a text broke the code that reads it, in a worker process."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"{fault.kind} in a worker")
        self.fault = fault


Sent = Reading | Fault | Refusal | None
"""An outcome on its way; None: Unwanted."""


@dataclass(frozen=True, slots=True)
class Read:
    """What became of a question, and what it took."""

    outcome: Sent
    spent: Spent | None


def sent(outcome: Reading | Exception) -> Sent:
    """Return an outcome as it is sent."""
    match outcome:
        case Unwanted():
            return None
        case InvalidInput():
            return Refusal.of(outcome)
        case Exception():
            return Fault.of(outcome)
        case _:
            return outcome


def received(outcome: Sent) -> Reading | Exception:
    """Return an outcome that was sent."""
    match outcome:
        case None:
            return Unwanted()
        case Refusal():
            return outcome.error()
        case Fault():
            return WorkerFault(outcome)
        case _:
            return outcome


def dumps(message: object) -> bytes:
    """Return a message as bytes."""
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = copyreg.dispatch_table | {MappingProxyType: _of_proxy}
    pickler.dump(message)
    return buffer.getvalue()


def loads(data: bytes) -> Any:
    """Return the message: only ever from our own process at the other end of a private pipe."""
    return pickle.loads(data)


def _of_proxy(proxy: MappingProxyType[Any, Any]) -> tuple[Any, tuple[dict[Any, Any]]]:
    return _proxy, (dict(proxy),)


def _proxy(of: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    # The type itself cannot be named in a pickle.
    return MappingProxyType(of)
