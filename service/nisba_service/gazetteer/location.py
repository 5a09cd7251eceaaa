"""Where a gazetteer is kept, as a user writes it: files, a SQLite file, the URL of a database."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote

from nisba_service.errors import SettingsError

_SQLITE_FILES = frozenset({".db", ".sqlite", ".sqlite3"})
_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://")
_SCHEMES = ("sqlite", "postgresql", "postgres")
_SQLITE_URL = re.compile(r"sqlite:///(?P<path>[^?]+)(?P<read_only>\?mode=ro)?")
# user:password@ before the host, and password=…, sslpassword=… or oauth_client_secret=… among the
# parameters; rather too much than too little, where a password was not percent-encoded.
_PASSWORD = re.compile(
    r"(?<=://)(?P<user>[^/?#@:]*):.*@|(?P<key>[?&][a-z_]*(?:password|secret)=)[^&]*"
)


class Database(StrEnum):
    """The databases that a store can be kept in."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


@dataclass(frozen=True, slots=True)
class StoreUrl:
    """The address of a store. Its text hides a password: only `secret` has it.

    Attributes:
        secret: a path for SQLite, a URL in the form of libpq for PostgreSQL.
        read_only: open the file without ever writing to it; SQLite only.
    """

    database: Database
    secret: str = field(repr=False)
    read_only: bool = False

    def __str__(self) -> str:
        if self.database is Database.SQLITE:
            return f"sqlite:///{self.secret}"
        return _PASSWORD.sub(_hidden, self.secret)


def parse_location(text: str) -> Path | StoreUrl:
    """Return what `text` names: a path of files, or a store.

    A store is sqlite:///PATH (an absolute path makes four strokes; `?mode=ro` never writes), a path
    that ends in .db, .sqlite or .sqlite3, or postgresql://USER@HOST/DATABASE with all that libpq
    understands. Raises SettingsError.
    """
    match = _SCHEME.match(text)
    if match is None:
        if Path(text).suffix.lower() in _SQLITE_FILES:
            return StoreUrl(Database.SQLITE, text)
        return Path(text)
    scheme = match["scheme"].lower()
    if scheme not in _SCHEMES:
        raise SettingsError(
            f"{scheme}:// is no place for a gazetteer: it must be a folder of YAML files, a .jsonl"
            " file, sqlite:///PATH or postgresql://USER@HOST/DATABASE"
        )
    rest = text[match.end() :]
    return _sqlite(rest) if scheme == "sqlite" else _postgresql(rest)


def _sqlite(rest: str) -> StoreUrl:
    match = _SQLITE_URL.fullmatch(f"sqlite://{rest}")
    if match is None:
        raise SettingsError(
            "a SQLite store must be sqlite:///PATH of a file, with ?mode=ro if nothing may be"
            f" written, not sqlite://{rest}"
        )
    return StoreUrl(Database.SQLITE, unquote(match["path"]), match["read_only"] is not None)


def _postgresql(rest: str) -> StoreUrl:
    return StoreUrl(Database.POSTGRESQL, f"postgresql://{rest}")


def _hidden(match: re.Match[str]) -> str:
    if match["key"] is not None:
        return f"{match['key']}***"
    return f"{match['user']}:***@"
