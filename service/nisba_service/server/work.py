"""The two kinds of work that leave the event loop, and what runs them.

documents   texts to link or to tag (reading.py): read by one thread, because the tagger takes one
            batch at a time, or by worker processes, with a thread for each. A text carries the
            reader of the engine that its call began with: a call is answered by one gazetteer
lookups     names and searches: threads of their own, so that a short question does not wait
            behind long texts
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, Protocol, TypeVar

from nisba_service.gazetteer.changes import GazetteerChanges
from nisba_service.server.batcher import Batcher
from nisba_service.server.jobs import Capacity, Job, Watch
from nisba_service.server.reading import Reader, Reading, Text, read_each
from nisba_service.server.workers.staff import Staff
from nisba_service.settings import Settings

T = TypeVar("T")

DOCUMENT_OVERHEAD: Final = 200
"""Code points that a document costs besides its text, so that many tiny ones fill a queue too."""

LOOKUPS: Final = Capacity(queue=10_000, batch=1, workers=2)
"""In names: ten of the largest ResolveNames may wait. Two threads let a search pass one."""


@dataclass(frozen=True, slots=True)
class Lookup(Generic[T]):
    """A question to the index about so many names (at least 1)."""

    ask: Callable[[], T]
    names: int = 1


Documents = Batcher[Text, Any]
"""Its answers are Readings, by each text's task."""

Lookups = Batcher[Lookup[Any], Any]


class Hands(Protocol):
    """Who reads texts: a thread of this process, or the workers."""

    @property
    def count(self) -> int:
        """How many batches are read side by side."""
        ...

    @property
    def staff(self) -> Staff:
        """How the workers are doing. Any thread may ask."""
        ...

    @property
    def are_able(self) -> bool:
        """Whether somebody reads, or will in a moment. Any thread may ask."""
        ...

    def read_each(self, jobs: Sequence[Job[Text, Any]]) -> Iterable[Reading | Exception]:
        """Return what becomes of each text, in order."""
        ...

    def prepare(self, reader: Reader, base: Reader, changes: GazetteerChanges | None) -> None:
        """Get ready to read by the reader of the next revision; None: it has little of the base."""
        ...

    def close(self) -> None:
        """End, and abandon what is being read."""
        ...


class OwnHands:
    """One thread of this process: it needs no more than what the server has loaded."""

    count: Final = 1
    are_able: Final = True
    staff: Final = Staff()

    def read_each(self, jobs: Sequence[Job[Text, Any]]) -> Iterable[Reading | Exception]:
        """Read in the thread that asks."""
        return read_each(jobs)

    def prepare(self, reader: Reader, base: Reader, changes: GazetteerChanges | None) -> None:
        """Do nothing: the reader is here."""

    def close(self) -> None:
        """Do nothing: no thread can be interrupted."""


def documents(settings: Settings, hands: Hands, watch: Watch | None = None) -> Documents:
    """Return the batcher of texts."""
    return Batcher(
        run=hands.read_each,
        cost=lambda text: DOCUMENT_OVERHEAD + len(text.document.text),
        capacity=Capacity(
            settings.queue_code_points, settings.batch_code_points, workers=hands.count
        ),
        name="link",
        watch=watch,
    )


def lookups(watch: Watch | None = None) -> Lookups:
    """Return the batcher of names and searches."""
    return Batcher(
        run=lambda jobs: (_outcome(job.work.ask) for job in jobs),
        cost=lambda lookup: lookup.names,
        capacity=LOOKUPS,
        name="lookup",
        watch=watch,
    )


def _outcome(work: Callable[[], T]) -> T | Exception:
    try:
        return work()
    except Exception as error:
        return error
