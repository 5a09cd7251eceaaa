"""Where a gazetteer may be, as a user writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nisba_service.errors import SettingsError
from nisba_service.gazetteer.location import Database, StoreUrl, parse_location


@pytest.mark.parametrize(
    "text",
    ["seeds/gazetteer", "names.jsonl", "people.yaml", "/data/معجم", "database", "x.db/y.yaml"],
)
def test_paths_of_files(text: str) -> None:
    assert parse_location(text) == Path(text)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("gazetteer.db", "gazetteer.db"),
        ("data/GAZETTEER.SQLITE", "data/GAZETTEER.SQLITE"),
        ("معجم.sqlite3", "معجم.sqlite3"),
        ("sqlite:///gazetteer.store", "gazetteer.store"),
        ("sqlite:////srv/nisba/gazetteer.db", "/srv/nisba/gazetteer.db"),
        ("sqlite:///a%20b.db", "a b.db"),
    ],
)
def test_sqlite_files(text: str, path: str) -> None:
    assert parse_location(text) == StoreUrl(Database.SQLITE, path)


def test_a_sqlite_file_that_is_only_read() -> None:
    assert parse_location("sqlite:///g.db?mode=ro") == StoreUrl(Database.SQLITE, "g.db", True)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "POSTGRESQL"])
def test_postgresql(scheme: str) -> None:
    url = parse_location(f"{scheme}://nisba@db.example.org:5433/gazetteer?sslmode=verify-full")

    assert url == StoreUrl(
        Database.POSTGRESQL,
        "postgresql://nisba@db.example.org:5433/gazetteer?sslmode=verify-full",
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://nisba:s3cret@db/g", "postgresql://nisba:***@db/g"),
        ("postgresql://nisba:s3:cr@e/t?@db/g", "postgresql://nisba:***@db/g"),
        ("postgresql://db/g?user=n&password=s3cret&sslmode=require",
         "postgresql://db/g?user=n&password=***&sslmode=require"),
        ("postgresql:///g?password=s3cret", "postgresql:///g?password=***"),
        ("postgresql://db/g?sslpassword=s3cret&sslkey=k.pem",
         "postgresql://db/g?sslpassword=***&sslkey=k.pem"),
        ("postgresql://db/g?oauth_client_secret=s3cret", "postgresql://db/g?oauth_client_secret=***"),
        ("postgresql://db:5432,other:5432/g", "postgresql://db:5432,other:5432/g"),
    ],
)  # fmt: skip
def test_a_password_is_never_shown(text: str, shown: str) -> None:
    url = parse_location(text)

    assert str(url) == shown
    assert "cr" not in repr(url)


@pytest.mark.parametrize(
    "text", ["sqlite://", "sqlite:///", "sqlite://g.db", "sqlite:///g.db?mode=rw"]
)
def test_a_sqlite_store_is_a_file(text: str) -> None:
    with pytest.raises(SettingsError, match="must be sqlite:///PATH of a file"):
        parse_location(text)


@pytest.mark.parametrize("text", ["mysql://u:s3cret@h/g", "https://example.org/names.jsonl"])
def test_other_places(text: str) -> None:
    with pytest.raises(SettingsError, match="is no place for a gazetteer") as caught:
        parse_location(text)

    assert "s3cret" not in str(caught.value)
