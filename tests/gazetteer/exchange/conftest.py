"""Importers over lines of text, and what comes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from nisba_service.gazetteer.exchange.drafts import Draft, Item, Reject, Tally
from nisba_service.gazetteer.exchange.gathering import Gathering
from nisba_service.gazetteer.exchange.sources import Line
from nisba_service.gazetteer.schema import Record, RedirectRecord

Gather = Callable[[Iterable[Item]], list[Record]]


def numbered(*lines: str) -> list[Line]:
    """Return lines as a source yields them."""
    return [(number, line.encode()) for number, line in enumerate(lines, start=1)]


def rejects(items: Iterable[Item]) -> list[str]:
    """Return the rejects, as a curator reads them."""
    return [str(item) for item in items if isinstance(item, Reject)]


def records(items: Iterable[Item]) -> list[Record]:
    """Return the entities, without their relations."""
    return [item.record for item in items if isinstance(item, Draft)]


def gathered(
    items: Iterable[Item], tally: Tally | None = None
) -> tuple[list[Record], list[RedirectRecord]]:
    """Return the entities with their relations, and the old IDs. No item may be a reject."""
    with Gathering(tally or Tally(), lambda _: False) as gathering:
        for item in items:
            assert not isinstance(item, Reject), item
            assert gathering.add(item) is None
        return list(gathering.records()), list(gathering.old_ids())


@pytest.fixture
def tally() -> Tally:
    """Return an empty tally."""
    return Tally()
