"""What an import does to a store: the entities that were gathered, beside those that are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from heapq import merge

from nisba_service.errors import ExchangeError
from nisba_service.gazetteer.exchange.comparing import Content, content_of, side_by_side
from nisba_service.gazetteer.exchange.gathering import Gathering
from nisba_service.gazetteer.schema import Record
from nisba_service.gazetteer.store.model import Put, Stored

_SHOWN = 5


class Existing(StrEnum):
    """What becomes of entities that the store has already, and otherwise than the file.

    REPLACE does not take a merge back: an ID that was merged redirects for ever.
    """

    REFUSE = "refuse"
    KEEP = "keep"
    REPLACE = "replace"


def contents(gathering: Gathering) -> Iterator[Content]:
    """Yield all that was gathered, in order of ID."""
    streams: tuple[Iterator[Content], ...] = (gathering.records(), gathering.old_ids())
    return merge(*streams, key=lambda content: content.id)


def edits(gathered: Iterable[Content], head: Iterable[Stored], existing: Existing) -> Iterator[Put]:
    """Yield an edit for each entity that is new or that differs; both streams in order of ID.

    Raises:
        ExchangeError: at the end, if some differ and `existing` is REFUSE; nothing may be written.
    """
    differing: list[str] = []
    count = 0
    for content, stored in side_by_side(gathered, head):
        if stored is None:
            # Nothing: who has made it since `head` was read is not overwritten unseen.
            yield Put(content, etag="")
        elif content_of(stored) == content:
            continue
        elif existing is Existing.REPLACE:
            if not _is_merged(content, stored):
                yield Put(content, stored.etag)
        elif existing is Existing.REFUSE:
            count += 1
            differing += [content.id] if count <= _SHOWN else []
    if count:
        shown = ", ".join(differing) + (", …" if count > _SHOWN else "")
        raise ExchangeError(
            f"the store has {count} of these entities already, and otherwise ({shown}): say "
            "--existing keep or --existing replace; nothing was written"
        )


def _is_merged(content: Content, stored: Stored) -> bool:
    """Say whether the file still has as an entity what a curator made a part of another."""
    return stored.merged_into is not None and isinstance(content, Record)
