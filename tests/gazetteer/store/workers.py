"""What other processes do to a store in the tests: they import this module."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext

from nisba_service.errors import EtagConflict
from nisba_service.gazetteer.location import StoreUrl
from nisba_service.gazetteer.schema import Record
from nisba_service.gazetteer.store.model import Edit, Note, Put
from nisba_service.gazetteer.store.store import Store
from tests.gazetteer.store.records import record

ENTITIES = 1_500
"""More than are written at once, so that a commit can be cut off between two writes."""


def context() -> ForkServerContext:
    """Return the way to start processes: each is a copy of one that has imported all it needs."""
    forkserver = multiprocessing.get_context("forkserver")
    forkserver.set_forkserver_preload([__name__])
    return forkserver


def records(text: str) -> list[Record]:
    """Return the records of a revision in which every entity bears the same name."""
    return [record(f"per:n{number}", text) for number in range(ENTITIES)]


def open_a_store(url: StoreUrl) -> None:
    """Open a store and look into it."""
    with Store.open(url) as store:
        store.head()


def commit_again_and_again(url: StoreUrl, name: str, stop_at: int, to_test: Connection) -> None:
    """Rename all entities; with `stop_at`, wait to be killed after that many edits."""

    def edits() -> Iterator[Edit]:
        for number, renamed in enumerate(records(name)):
            if number == stop_at:
                to_test.send("in the middle")
                time.sleep(600)
            yield Put(renamed)

    with Store.open(url) as store:
        to_test.send("begun")
        store.commit(edits(), Note("worker", name))
        to_test.send("done")


def roll_back(url: StoreUrl, to: int, to_test: Connection) -> None:
    """Roll a store back."""
    with Store.open(url) as store:
        to_test.send("begun")
        store.roll_back(to, Note("worker", "back"))
        to_test.send("done")


def count_up(url: StoreUrl, times: int) -> None:
    """Add one to a number that others add to as well, by reading and writing back."""
    with Store.open(url) as store:
        for _ in range(times):
            add_one(store)


def add_one(store: Store) -> None:
    """Add one to the number in the notes of org:counter, however often somebody is quicker."""
    while True:
        stored = store.stored("org:counter")
        assert stored is not None
        assert stored.record is not None
        raised = stored.record.model_copy(update={"notes": str(int(stored.record.notes or 0) + 1)})
        try:
            store.commit([Put(raised, etag=stored.etag)], Note("worker", "one more"))
        except EtagConflict:
            continue
        return
