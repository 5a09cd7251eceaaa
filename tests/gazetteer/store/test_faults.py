"""What goes wrong around a store: killed processes, full disks, lost connections."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from nisba_service.errors import StoreError
from nisba_service.gazetteer.location import Database, StoreUrl, parse_location
from nisba_service.gazetteer.store.model import Create, Edit, Note, Put
from nisba_service.gazetteer.store.serving import load_gazetteer
from nisba_service.gazetteer.store.store import Store
from nisba_service.gazetteer.store.tokens import Role
from tests.gazetteer.store import workers
from tests.gazetteer.store.records import ALL, HAMAS, NOTE, edit, execute, filled, names, record
from tests.support.postgres import Postgres

KILLS = 20


def _assert_whole(store: Store) -> str:
    """Return the one name that all entities bear, which is that of the newest revision."""
    revision = store.head()
    while revision.restores is not None:
        revision = store.revision(revision.restores)
    stored = list(store.records())
    assert {tuple(names(s)) for s in stored} == {(revision.reason,)}
    assert len(stored) == store.head().entity_count == workers.ENTITIES
    return revision.reason


def _killed(target: Callable[..., None], *arguments: object, wait: float | None = None) -> bool:
    """Kill a worker in the middle, or `wait` seconds after it began. Say whether it was done."""
    ours, its = workers.context().Pipe(duplex=False)
    process = workers.context().Process(target=target, args=(*arguments, its))
    process.start()
    its.close()
    assert ours.recv() == "begun"
    if wait is None:
        assert ours.recv() == "in the middle"
    else:
        time.sleep(wait)
    process.kill()  # SIGKILL
    process.join()
    try:
        return bool(ours.recv() == "done")
    except EOFError:
        return False


def _seconds(action: Callable[[], object]) -> float:
    began = time.monotonic()
    action()
    return time.monotonic() - began


def test_a_commit_that_is_killed_in_the_middle_leaves_nothing(
    store: Store, store_url: StoreUrl
) -> None:
    store.commit(map(Create, workers.records("سلمى")), Note("test", "سلمى"))
    for stop_at in (1, 999, 1_000, 1_001, workers.ENTITIES - 1):
        done = _killed(workers.commit_again_and_again, store_url, "Hind", stop_at)

        with Store.open(store_url) as reopened:
            assert (done, reopened.head().number) == (False, 1)
            assert _assert_whole(reopened) == "سلمى"
    assert edit(store, Put(record("per:n0", "Hind"))).number == 2


def test_a_commit_that_is_killed_at_any_moment_is_there_or_not(
    store: Store, store_url: StoreUrl
) -> None:
    chance = random.Random(0)
    store.commit(map(Create, workers.records("x")), Note("test", "x"))
    long = _seconds(lambda: store.commit(map(Put, workers.records("ص")), Note("test", "ص")))
    for kill in range(KILLS):
        before, name = store.head().number, f"Salma سلمى{'ى' * kill}"
        done = _killed(
            workers.commit_again_and_again, store_url, name, -1, wait=chance.uniform(0, 1.2 * long)
        )

        with Store.open(store_url) as reopened:
            is_there = reopened.head().number == before + 1
            assert is_there or (reopened.head().number == before and not done)
            assert (_assert_whole(reopened) == name) == is_there


def test_a_roll_back_that_is_killed_at_any_moment_is_there_or_not(
    store: Store, store_url: StoreUrl
) -> None:
    chance = random.Random(1)
    store.commit(map(Create, workers.records("سلمى")), Note("test", "سلمى"))
    store.commit(map(Put, workers.records("Hind")), Note("test", "Hind"))
    long = _seconds(lambda: store.roll_back(1, NOTE))
    for _ in range(KILLS):
        before, name = store.head().number, _assert_whole(store)
        to = 2 if name == "سلمى" else 1
        done = _killed(workers.roll_back, store_url, to, wait=chance.uniform(0, 1.2 * long))

        with Store.open(store_url) as reopened:
            is_there = reopened.head().number == before + 1
            assert is_there or (reopened.head().number == before and not done)
            assert (_assert_whole(reopened) != name) == is_there


# --- full disks, read-only databases ---

# The error that the server raises itself, at the 900th record.
_FULL_DISK = """
    CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.entity_id = 'per:n900' THEN
            RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER full_disk BEFORE INSERT ON state FOR EACH ROW EXECUTE FUNCTION full_disk()
"""


def _few_pages(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA max_page_count = 60")


@contextmanager
def _full_disk(url: StoreUrl) -> Iterator[None]:
    """Let the disk be full once some hundreds of records are written."""
    if url.database is Database.SQLITE:
        event.listen(Pool, "connect", _few_pages)
        yield
        event.remove(Pool, "connect", _few_pages)
    else:
        execute(url, _FULL_DISK)
        yield
        execute(url, "DROP FUNCTION full_disk CASCADE")


def test_a_full_disk_is_told_and_nothing_is_half_written(store_url: StoreUrl) -> None:
    with Store.open(store_url) as store:
        filled(store)
    with _full_disk(store_url), Store.open(store_url) as store:
        with pytest.raises(StoreError, match=r"(?i)(full|no space left).*free some space") as told:
            edit(store, *map(Create, workers.records("سلمى")))
        assert str(told.value).startswith(str(store_url))
        assert (store.head().number, len(list(store.records()))) == (1, 4)
    with Store.open(store_url) as store:
        assert edit(store, *map(Create, workers.records("سلمى"))).number == 2


def test_a_database_that_only_reads(store_url: StoreUrl) -> None:
    with Store.open(store_url) as store:
        filled(store)
    if store_url.database is Database.SQLITE:
        read_only = replace(store_url, read_only=True)
    else:
        read_only = replace(
            store_url, secret=f"{store_url.secret}%20-cdefault_transaction_read_only%3Don"
        )
    with Store.open(read_only, create=False) as store:
        assert len(list(store.records())) == 4
        for write in (
            lambda: edit(store, Put(record("org:hamas", "Hamas"))),
            lambda: store.roll_back(0, NOTE),
            lambda: store.tokens.create("ليلى", Role.CURATOR),
        ):
            with pytest.raises(StoreError, match=r"read-?only.*nothing was written"):
                write()
        assert store.head().number == 1


def test_a_damaged_record_is_told(store_url: StoreUrl) -> None:
    with Store.open(store_url) as store:
        filled(store)
        damage = "UPDATE state SET record = '{\"id\": 7}' WHERE entity_id = 'org:hamas'"
        execute(store_url, damage)

        with pytest.raises(StoreError, match="record of org:hamas in revision 1 is damaged"):
            list(store.records())
        execute(store_url, "UPDATE state SET served = '[7]' WHERE entity_id = 'org:hamas'")
        with pytest.raises(StoreError, match="served of org:hamas is damaged"):
            load_gazetteer(store)


# --- lost connections ---

_END_ALL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'nisba'"


@pytest.fixture
def server_store(postgres: Postgres) -> Iterator[Store]:
    """Open a new store on the server."""
    url = parse_location(postgres.new_store())
    assert isinstance(url, StoreUrl)
    with Store.open(url) as opened:
        yield opened


def test_a_connection_that_was_lost_between_calls_costs_none(
    server_store: Store, postgres: Postgres
) -> None:
    filled(server_store)
    postgres.execute(_END_ALL)

    assert server_store.head().number == 1
    postgres.execute(_END_ALL)
    assert edit(server_store, Put(record("org:hamas", "حركة حماس"))).number == 2


def test_a_connection_that_is_lost_in_a_commit_costs_that_commit(
    server_store: Store, postgres: Postgres
) -> None:
    def edits() -> Iterator[Edit]:
        yield from map(Create, workers.records("سلمى"))
        postgres.execute(_END_ALL)
        yield Create(HAMAS)

    with pytest.raises(StoreError, match="connection"):
        server_store.commit(edits(), NOTE)

    assert server_store.head().number == 0
    assert filled(server_store).entity_count == len(ALL)


def test_a_server_that_is_away_and_comes_back(server_store: Store, postgres: Postgres) -> None:
    filled(server_store)
    postgres.stop()
    try:
        with pytest.raises(
            StoreError, match=r"^postgresql://nisba@/postgres.*: connection .* failed"
        ):
            server_store.head()
    finally:
        postgres.start()

    assert server_store.head().number == 1
