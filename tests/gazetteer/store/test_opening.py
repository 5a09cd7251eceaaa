"""Opening a store: new, old, newer than we are, or no store at all."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from nisba_service.errors import StoreError
from nisba_service.gazetteer.location import Database, StoreUrl
from nisba_service.gazetteer.store.store import Store
from nisba_service.gazetteer.store.tables import METADATA, SCHEMA_VERSION_TABLE
from tests.gazetteer.store.records import ALL, NOTE, execute, filled
from tests.support.postgres import Postgres


def _problem(url: StoreUrl, *, create: bool = True) -> str:
    with pytest.raises(StoreError) as caught:
        Store.open(url, create=create)
    return str(caught.value)


def test_a_store_that_is_not_there_is_made_only_if_asked(store_url: StoreUrl) -> None:
    assert re.search("there is no (such file|gazetteer)", _problem(store_url, create=False))
    with Store.open(store_url) as store:
        filled(store)
    with Store.open(store_url, create=False) as store:
        assert store.head().entity_count == len(ALL)


def test_a_store_of_a_newer_version_is_refused(store_url: StoreUrl) -> None:
    Store.open(store_url).close()
    execute(store_url, f"UPDATE {SCHEMA_VERSION_TABLE} SET version_num = '0999'")

    assert _problem(store_url) == (
        f"{store_url}: this store was written by a newer version of Nisba (schema 0999, this"
        " version knows 0001): install that version"
    )


def test_tables_of_another_program_are_left_alone(store_url: StoreUrl) -> None:
    execute(store_url, "CREATE TABLE state (name TEXT)")

    assert _problem(store_url).endswith("holds tables of another program: name an empty one")


def test_the_migrations_make_the_tables_of_today(store_url: StoreUrl) -> None:
    Store.open(store_url).close()
    scheme = "sqlite://" if store_url.database is Database.SQLITE else "postgresql+psycopg"
    rest = store_url.secret.removeprefix("postgresql")
    engine = sa.create_engine(f"{scheme}/{rest}" if scheme == "sqlite://" else f"{scheme}{rest}")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": SCHEMA_VERSION_TABLE}
        )
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "names.db"
    file.write_text("- {id: org:hamas, type: ORGANIZATION, names: [{name: حماس}]}\n" * 20)

    assert _problem(StoreUrl(Database.SQLITE, str(file))) == (
        f"sqlite:///{file}: file is not a database: it is not a SQLite database"
    )


def test_a_file_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "معاجم" / "names.db"

    assert _problem(StoreUrl(Database.SQLITE, str(file))) == (
        f"sqlite:///{file}: unable to open database file: does its folder exist, and may it be"
        " read and written?"
    )


def test_a_file_with_an_arabic_name(tmp_path: Path) -> None:
    file = tmp_path / "معجم الأسماء 100%?#.db"
    with Store.open(StoreUrl(Database.SQLITE, str(file))) as store:
        filled(store)

    assert file.exists()
    with Store.open(StoreUrl(Database.SQLITE, str(file), read_only=True)) as store:
        assert store.head().number == 1


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    url = StoreUrl(Database.POSTGRESQL, f"postgresql://nisba:s3cret@/g?host={tmp_path}")

    assert re.match(r"postgresql://nisba:\*\*\*@/g\?host=.*: connection .* failed", _problem(url))


def test_a_database_that_is_not_there(postgres: Postgres) -> None:
    url = StoreUrl(Database.POSTGRESQL, postgres.url("nowhere"))

    assert 'database "nowhere" does not exist' in _problem(url)


@pytest.mark.parametrize("part", ["nisba:s3%cret@db/g", "nisba:s3cret@db:s3cret/g"])
def test_a_url_that_cannot_be_read_is_not_repeated(part: str) -> None:
    told = _problem(StoreUrl(Database.POSTGRESQL, f"postgresql://{part}"))

    assert "s3" not in told.replace(":s3cret/g", "")
    assert told.startswith("postgresql://nisba:***@db")


def test_a_role_that_may_not_write(postgres: Postgres) -> None:
    url = StoreUrl(Database.POSTGRESQL, postgres.new_store())
    with Store.open(url) as store:
        filled(store)
    execute(url, "CREATE ROLE reader LOGIN")
    schema = url.secret.rpartition("%3D")[2]
    execute(url, f"GRANT USAGE ON SCHEMA {schema} TO reader")
    execute(url, f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO reader")
    with Store.open(replace(url, secret=url.secret.replace("//nisba@", "//reader@"))) as store:
        assert store.head().number == 1
        with pytest.raises(StoreError, match=r"permission denied .* grant the role"):
            store.roll_back(0, NOTE)
