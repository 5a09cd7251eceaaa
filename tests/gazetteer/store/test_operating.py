"""What docs/deploy/postgresql.md promises to operators: backups taken at work, replicas."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from nisba_service.errors import StoreError
from nisba_service.gazetteer.location import Database, StoreUrl
from nisba_service.gazetteer.store.model import Create, Edit, Put
from nisba_service.gazetteer.store.store import Store
from tests.gazetteer.store.records import ALL, NOTE, content, edit, execute, filled, record
from tests.support.postgres import Postgres


def _backed_up_at_work(store: Store, back_up: Iterator[None]) -> None:
    """Commit edits, with a backup in their middle."""

    def edits() -> Iterator[Edit]:
        for number in range(1_500):
            if number == 1_200:
                next(back_up)
            yield Create(record(f"per:n{number}", "سلمى"))

    filled(store)
    store.commit(edits(), NOTE)


def test_a_sqlite_backup_taken_at_work_is_whole(tmp_path: Path) -> None:
    url = StoreUrl(Database.SQLITE, str(tmp_path / "معجم.db"))
    copy = StoreUrl(Database.SQLITE, str(tmp_path / "backup.db"))

    def back_up() -> Iterator[None]:
        execute(url, f"VACUUM INTO '{copy.secret}'")
        yield

    with Store.open(url) as store:
        _backed_up_at_work(store, back_up())
    with Store.open(copy) as restored:
        assert restored.head().number == 1
        assert content(restored.records()) == {r.id: r for r in ALL}
        assert edit(restored, Put(record("org:hamas", "حركة حماس"))).number == 2


def test_a_postgresql_backup_taken_at_work_is_whole(postgres: Postgres, tmp_path: Path) -> None:
    url = StoreUrl(Database.POSTGRESQL, postgres.new_store())
    schema, dump = url.secret.rpartition("%3D")[2], tmp_path / "gazetteer.dump"

    def back_up() -> Iterator[None]:
        _run(postgres, "pg_dump", "-Fc", f"--schema={schema}", f"--file={dump}", postgres.url())
        yield

    with Store.open(url) as store:
        _backed_up_at_work(store, back_up())
    postgres.execute("CREATE DATABASE restored")
    restored_url = postgres.url("restored")
    _run(postgres, "pg_restore", f"--dbname={restored_url}", str(dump))
    restored_url = url.secret.replace("/postgres?", "/restored?")
    with Store.open(replace(url, secret=restored_url), create=False) as restored:
        assert restored.head().number == 1
        assert content(restored.records()) == {r.id: r for r in ALL}
        assert edit(restored, Put(record("org:hamas", "حركة حماس"))).number == 2


def _run(postgres: Postgres, program: str, *arguments: str) -> None:
    subprocess.run([postgres.programs / program, *arguments], check=True)


def test_a_standby_serves_who_reads(postgres: Postgres) -> None:
    url = StoreUrl(Database.POSTGRESQL, postgres.new_store())
    with Store.open(url) as store:
        filled(store)
        replica = postgres.standby(postgres.folder / "standby")
        replica.start()
        there = url.secret.replace(f"host={postgres.folder}", f"host={replica.folder}")
        try:
            with Store.open(replace(url, secret=there), create=False) as reader:
                assert content(reader.records()) == {r.id: r for r in ALL}
                edit(store, Put(record("org:hamas", "حركة حماس")))
                assert reader.wait(after=1, timeout=600) == 2
                with pytest.raises(StoreError, match="name the primary server"):
                    edit(reader, Put(record("org:hamas", "حماس")))
        finally:
            replica.stop("immediate")
