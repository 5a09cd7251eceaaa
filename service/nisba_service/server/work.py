"""The two kinds of work that leave the event loop, and what runs them.

documents   texts to link or to tag (reading.py): one thread, because the tagger takes one batch at
            a time. Each carries the reader of the engine that its call began with, so that a call
            is answered by one gazetteer
lookups     names and searches: threads of their own, so that a short question does not wait
            behind long texts
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from nisba_service.server.batcher import Batcher, Capacity
from nisba_service.server.reading import Text, read_each
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


def documents(settings: Settings) -> Documents:
    """Return the batcher of texts."""
    return Batcher(
        run=read_each,
        cost=lambda text: DOCUMENT_OVERHEAD + len(text.document.text),
        capacity=Capacity(settings.queue_code_points, settings.batch_code_points),
        name="link",
    )


def lookups() -> Lookups:
    """Return the batcher of names and searches."""
    return Batcher(
        run=lambda jobs: (_outcome(job.work.ask) for job in jobs),
        cost=lambda lookup: lookup.names,
        capacity=LOOKUPS,
        name="lookup",
    )


def _outcome(work: Callable[[], T]) -> T | Exception:
    try:
        return work()
    except Exception as error:
        return error
