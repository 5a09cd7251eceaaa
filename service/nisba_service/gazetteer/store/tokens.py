"""Bearer tokens of those who may call the service: a secret shown once, its hash kept.

A secret is 256 random bits, so nobody can try them all, and a fast hash is as safe as a slow one,
which is for passwords that people think up. The salt makes two hashes differ even so, and a hash
of tokens computed elsewhere is worthless here.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import Row

from nisba_service.gazetteer.store.backend import Database
from nisba_service.gazetteer.store.tables import TOKEN

_SECRET_BYTES = 32
_SALT_BYTES = 16
_ID_BYTES = 8
_PREFIX = "nisba"
# The ID finds the row. The prefix lets scanners of code find a token that was committed by mistake.
_TOKEN = re.compile(r"nisba_(?P<id>[0-9a-f]{16})_(?P<secret>[A-Za-z0-9_-]{43})")


class Role(StrEnum):
    """What a token allows. A curator may all that a reader may."""

    READER = "reader"
    CURATOR = "curator"


@dataclass(frozen=True, slots=True)
class Principal:
    """Who calls: the name under which changes are noted, and what it may do."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token. A name may have several: the old one lives while a new one is
    put in place.

    `id` is the part of the token that is no secret.
    """

    id: str
    name: str
    role: Role
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None

    def is_live(self, now: datetime) -> bool:
        """Say whether the token opens anything."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


class Tokens:
    """The tokens of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, name: str, role: Role, expires_in: timedelta | None = None) -> str:
        """Return a new token. It cannot be shown again: only its hash is kept."""
        token_id, secret = secrets.token_hex(_ID_BYTES), secrets.token_urlsafe(_SECRET_BYTES)
        salt, now = secrets.token_bytes(_SALT_BYTES), datetime.now(UTC)
        row = {
            "id": token_id,
            "name": name,
            "role": role.value,
            "salt": salt,
            "digest": _digest(salt, secret),
            "created_at": now.isoformat(),
            "expires_at": None if expires_in is None else (now + expires_in).isoformat(),
            "revoked_at": None,
        }
        with self._database.writing() as connection:
            connection.execute(sa.insert(TOKEN).values(row))
        return f"{_PREFIX}_{token_id}_{secret}"

    def verify(self, token: str) -> Principal | None:
        """Return whose token it is; None: nobody's, or not any longer."""
        match = _TOKEN.fullmatch(token)
        if match is None:
            return None
        with self._database.reading() as connection:
            query = sa.select(TOKEN).where(TOKEN.c.id == match["id"])
            row = connection.execute(query).one_or_none()
        if row is None or not hmac.compare_digest(row.digest, _digest(row.salt, match["secret"])):
            return None
        known = _token(row)
        return Principal(known.name, known.role) if known.is_live(datetime.now(UTC)) else None

    def revoke(self, token_id: str) -> bool:
        """Let a token open nothing any longer, and say whether it did until now."""
        still_live = sa.and_(TOKEN.c.id == token_id, TOKEN.c.revoked_at.is_(None))
        now = datetime.now(UTC).isoformat()
        with self._database.writing() as connection:
            revoked = connection.execute(sa.update(TOKEN).where(still_live).values(revoked_at=now))
        return revoked.rowcount > 0

    def list(self) -> list[Token]:
        """Return every token there ever was, by name, then by age."""
        query = sa.select(TOKEN).order_by(TOKEN.c.name, TOKEN.c.created_at)
        with self._database.reading() as connection:
            return list(map(_token, connection.execute(query)))


def _digest(salt: bytes, secret: str) -> bytes:
    return hashlib.sha256(salt + secret.encode("ascii")).digest()


def _token(row: Row[tuple[object, ...]]) -> Token:
    return Token(
        row.id,
        row.name,
        Role(row.role),
        datetime.fromisoformat(row.created_at),
        _time(row.expires_at),
        _time(row.revoked_at),
    )


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
