"""Who may call: tokens that are shown once, and stop to work when they should."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from nisba_service.gazetteer.location import StoreUrl
from nisba_service.gazetteer.store.store import Store
from nisba_service.gazetteer.store.tokens import Principal, Role
from tests.gazetteer.store.records import execute, rows


def test_a_token_tells_who_calls_and_what_they_may(store: Store) -> None:
    reader = store.tokens.create("archive", Role.READER)
    curator = store.tokens.create("ليلى", Role.CURATOR)

    assert store.tokens.verify(reader) == Principal("archive", Role.READER)
    assert store.tokens.verify(curator) == Principal("ليلى", Role.CURATOR)


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "nisba",
        "nisba_0123456789abcdef_" + "A" * 43,
        "Bearer nisba_0123456789abcdef_" + "A" * 43,
        "nisba_0123456789abcdef_" + "ع" * 43,
        "nisba_0123456789abcdef_" + "A" * 43 + "\n",
        "' OR 1=1 --",
    ],
)
def test_what_is_no_token_is_nobodys(store: Store, wrong: str) -> None:
    store.tokens.create("ليلى", Role.CURATOR)

    assert store.tokens.verify(wrong) is None


def test_every_letter_of_a_token_counts(store: Store) -> None:
    token = store.tokens.create("ليلى", Role.CURATOR)
    other = store.tokens.create("ليلى", Role.CURATOR)
    start = len("nisba_0123456789abcdef_")

    assert store.tokens.verify(token[:start] + other[start:]) is None
    changed = "A" if token[-10] != "A" else "B"
    assert store.tokens.verify(f"{token[:-10]}{changed}{token[-9:]}") is None


def test_no_secret_is_kept(store: Store, store_url: StoreUrl) -> None:
    token = store.tokens.create("ليلى", Role.CURATOR)
    secret = token.rpartition("_")[2]
    kept = rows(store_url, "SELECT * FROM token")

    assert len(kept) == 1
    assert secret not in str(kept)
    assert secret.encode() not in [value for row in kept for value in row]


def test_a_token_ends(store: Store, store_url: StoreUrl) -> None:
    token = store.tokens.create("ليلى", Role.CURATOR, timedelta(days=90))
    (known,) = store.tokens.list()
    assert known.expires_at is not None

    assert store.tokens.verify(token) is not None
    assert known.expires_at - known.created_at == timedelta(days=90)
    assert known.is_live(known.expires_at - timedelta(seconds=1))
    assert not known.is_live(known.expires_at)
    execute(store_url, "UPDATE token SET expires_at = created_at")
    assert store.tokens.verify(token) is None


def test_a_token_is_revoked_once(store: Store) -> None:
    token = store.tokens.create("ليلى", Role.CURATOR)
    (known,) = store.tokens.list()

    assert store.tokens.revoke(known.id)
    assert not store.tokens.revoke(known.id)
    assert not store.tokens.revoke("0123456789abcdef")
    assert store.tokens.verify(token) is None
    (revoked,) = store.tokens.list()
    assert revoked.revoked_at is not None
    assert not revoked.is_live(datetime.now(UTC))


def test_a_name_has_two_tokens_while_one_follows_the_other(store: Store) -> None:
    old = store.tokens.create("archive", Role.READER)
    new = store.tokens.create("archive", Role.READER)
    store.tokens.revoke(store.tokens.list()[0].id)

    assert store.tokens.verify(old) is None
    assert store.tokens.verify(new) == Principal("archive", Role.READER)
    assert [token.name for token in store.tokens.list()] == ["archive", "archive"]


def test_tokens_outlive_the_store_that_made_them(store: Store, store_url: StoreUrl) -> None:
    token = store.tokens.create("ليلى", Role.CURATOR)
    with Store.open(store_url) as other:
        assert other.tokens.verify(token) == Principal("ليلى", Role.CURATOR)


def test_the_id_in_a_token_is_that_of_the_list(store: Store) -> None:
    token = store.tokens.create("ليلى", Role.CURATOR)

    assert token.split("_")[1] == store.tokens.list()[0].id
