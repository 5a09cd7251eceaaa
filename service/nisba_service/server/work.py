"""The two kinds of work that leave the event loop, and what runs them.

documents   linking texts: one thread, because the tagger takes one batch at a time. Each text
            carries the linker that its call began with, so that a call is answered by one gazetteer
lookups     names and searches: threads of their own, so that a short question does not wait
            behind long texts
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Generic, TypeVar

from nisba_service.linking.linker import Linker
from nisba_service.linking.model import LinkedDocument
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
class Text:
    """A document, and what it is to be linked by."""

    linker: Linker
    document: Document


Documents = Batcher[Text, LinkedDocument]
Lookups = Batcher[Lookup[Any], Any]


def documents(settings: Settings) -> Documents:
    """Return the batcher of texts."""
    return Batcher(
        run=link_each,
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


def link_each(batch: Sequence[Text]) -> Sequence[LinkedDocument | Exception]:
    """Link a batch, what has the same linker together. Only around a swap there are two."""
    places: dict[int, list[int]] = {}
    for place, text in enumerate(batch):
        places.setdefault(id(text.linker), []).append(place)
    outcomes: dict[int, LinkedDocument | Exception] = {}
    for of_linker in places.values():
        linker = batch[of_linker[0]].linker
        linked = _link_together(linker, [batch[place].document for place in of_linker])
        outcomes.update(zip(of_linker, linked, strict=True))
    return [outcomes[place] for place in range(len(batch))]


def _link_together(
    linker: Linker, documents: Sequence[Document]
) -> Sequence[LinkedDocument | Exception]:
    """Link documents together, or, where one document spoils it, each alone."""
    together = _outcome(lambda: linker.link_many(documents))
    if not isinstance(together, Exception):
        return together
    if len(documents) == 1:
        return [together]
    return [_outcome(partial(linker.link, document)) for document in documents]


def _outcome(work: Callable[[], T]) -> T | Exception:
    try:
        return work()
    except Exception as error:
        return error
