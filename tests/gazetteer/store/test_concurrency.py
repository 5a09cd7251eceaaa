"""Many curators at once: nobody's change is lost, nobody sees half of one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from nisba_service.errors import StoreBusy
from nisba_service.gazetteer.location import StoreUrl
from nisba_service.gazetteer.store import postgresql, sqlite
from nisba_service.gazetteer.store.model import Create, Edit
from nisba_service.gazetteer.store.store import Store
from tests.gazetteer.store import workers
from tests.gazetteer.store.records import ALL, HAMAS, NOTE, edit, filled, record

COUNTER = record("org:counter", "عدّاد")


def _counts(store: Store) -> list[str]:
    """Return the numbers that stood in the notes of the counter, oldest first."""
    after = (step.change.after for step in reversed(store.history("org:counter")))
    return [stored.record.notes or "0" for stored in after if stored and stored.record]


def test_no_update_of_many_threads_is_lost(store: Store) -> None:
    filled(store, [COUNTER])
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: workers.add_one(store), range(24)))

    assert _counts(store) == [str(number) for number in range(25)]
    assert [r.number for r in store.revisions()] == list(range(25, 0, -1))


def test_no_update_of_many_processes_is_lost(store: Store, store_url: StoreUrl) -> None:
    filled(store, [COUNTER])
    processes = [
        workers.context().Process(target=workers.count_up, args=(store_url, 6)) for _ in range(3)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert _counts(store) == [str(number) for number in range(19)]


def test_a_new_store_can_be_opened_by_many_at_once(store_url: StoreUrl) -> None:
    processes = [
        workers.context().Process(target=workers.open_a_store, args=(store_url,)) for _ in range(4)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert [process.exitcode for process in processes] == [0, 0, 0, 0]


def test_readers_neither_wait_for_a_commit_nor_see_half_of_it(store: Store) -> None:
    filled(store)
    seen: list[int] = []

    def edits() -> Iterator[Edit]:
        for number in range(2_500):
            yield Create(record(f"per:n{number}", "سلمى"))
            if number % 600 == 0:
                seen.extend([store.head().number, len(list(store.records()))])

    store.commit(edits(), NOTE)

    assert seen == [1, 4] * 5
    assert (store.head().number, len(list(store.records()))) == (2, 2_504)


def test_one_writer_waits_for_another(store: Store) -> None:
    first_is_writing, go_on = threading.Event(), threading.Event()

    def slow() -> Iterator[Edit]:
        yield Create(HAMAS)
        first_is_writing.set()
        go_on.wait()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(store.commit, slow(), NOTE)
        first_is_writing.wait()
        second = pool.submit(store.commit, [Create(record("org:fatah", "فتح"))], NOTE)
        go_on.set()

        assert (first.result().number, second.result().number) == (1, 2)


def test_a_writer_does_not_wait_for_ever(
    store_url: StoreUrl, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.2)
    monkeypatch.setattr(postgresql, "BUSY_SECONDS", 0.2)
    with Store.open(store_url) as store:

        def edits() -> Iterator[Edit]:
            yield Create(HAMAS)
            with pytest.raises(StoreBusy, match="another commit is being written"):
                edit(store, *map(Create, ALL))

        store.commit(edits(), NOTE)

        assert store.head().entity_count == 1
