"""Those who serve a store hear of a new revision soon after it is made, wherever it was made."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from nisba_service.gazetteer.location import StoreUrl
from nisba_service.gazetteer.store.model import Put
from nisba_service.gazetteer.store.store import Store
from tests.gazetteer.store.records import NOTE, edit, filled, record


def test_what_is_there_already_is_told_at_once(store: Store) -> None:
    filled(store)

    assert store.wait(after=0, timeout=600) == 1


def test_time_runs_out(store: Store) -> None:
    assert store.wait(after=0, timeout=0) == 0
    assert store.wait(after=7, timeout=0.05) == 0


def test_a_revision_wakes_who_waits(store: Store, store_url: StoreUrl) -> None:
    filled(store)
    asked = threading.Event()

    def wait() -> int:
        with Store.open(store_url) as other:
            asked.set()
            return other.wait(after=1, timeout=600)

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(wait)
        asked.wait()
        edit(store, Put(record("org:hamas", "حركة حماس")))

        assert waiting.result() == 2


def test_a_check_wakes_nobody(store: Store) -> None:
    filled(store)
    store.check([Put(record("org:hamas", "حركة حماس"))], NOTE)

    assert store.wait(after=1, timeout=0.1) == 1
