"""The two kinds of work that leave the event loop, and what runs them.

documents   texts to link or to tag: one thread, because the tagger takes one batch at a time. Each
            carries what reads it, a method of the engine that its call began with, so that a call
            is answered by one gazetteer
lookups     names and searches: threads of their own, so that a short question does not wait
            behind long texts
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Generic, TypeVar

from nisba_service.server.batcher import Batcher, Capacity
from nisba_service.settings import Settings
from nisba_service.tagging.model import Document

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


@dataclass(frozen=True, slots=True)
class Text(Generic[T]):
    """A document, and what reads it: the `link_many` of a linker, the `tag_many` of a finder."""

    read: Callable[[Sequence[Document]], Sequence[T]]
    document: Document


Documents = Batcher[Text[Any], Any]
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
        run=lambda batch: [_outcome(lookup.ask) for lookup in batch],
        cost=lambda lookup: lookup.names,
        capacity=LOOKUPS,
        name="lookup",
    )


def read_each(batch: Sequence[Text[T]]) -> Sequence[T | Exception]:
    """Read a batch, what has the same reader together. It has two around a swap, or where some of
    its texts are only tagged."""
    places: dict[Callable[[Sequence[Document]], Sequence[T]], list[int]] = {}
    for place, text in enumerate(batch):
        places.setdefault(text.read, []).append(place)
    outcomes: dict[int, T | Exception] = {}
    for read, of_reader in places.items():
        done = _read_together(read, [batch[place].document for place in of_reader])
        outcomes.update(zip(of_reader, done, strict=True))
    return [outcomes[place] for place in range(len(batch))]


def _read_together(
    read: Callable[[Sequence[Document]], Sequence[T]], documents: Sequence[Document]
) -> Sequence[T | Exception]:
    """Read documents together, or, where one document spoils it, each alone."""
    together = _outcome(lambda: read(documents))
    if not isinstance(together, Exception):
        return together
    if len(documents) == 1:
        return [together]
    return [_outcome(partial(_read_one, read, document)) for document in documents]


def _read_one(read: Callable[[Sequence[Document]], Sequence[T]], document: Document) -> T:
    [outcome] = read([document])
    return outcome


def _outcome(work: Callable[[], T]) -> T | Exception:
    try:
        return work()
    except Exception as error:
        return error
