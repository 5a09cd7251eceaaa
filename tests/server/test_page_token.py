"""Tokens lead on in their own listing and nowhere else."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest

from nisba_service.errors import PageTokenInvalid
from nisba_service.server.page_token import Listing, decode, encode

LISTING = Listing(version="3f1c", type="1", view="basic")


def test_a_token_gives_back_the_last_id() -> None:
    assert decode(encode(LISTING, "per:saleh-al-arouri"), LISTING) == "per:saleh-al-arouri"


def test_no_token_is_the_first_page() -> None:
    assert decode("", LISTING) == ""


def test_a_token_is_plain_ascii_that_shows_no_id() -> None:
    token = encode(LISTING, "per:saleh-al-arouri")
    assert token.isascii()
    assert "arouri" not in token


@pytest.mark.parametrize(
    ("other", "rule"),
    [
        (replace(LISTING, version="9a2e"), "another version of the gazetteer"),
        (replace(LISTING, type="2"), "another type or view"),
        (replace(LISTING, view="full"), "another type or view"),
    ],
)
def test_a_token_of_another_listing_is_refused(other: Listing, rule: str) -> None:
    with pytest.raises(PageTokenInvalid, match=rule) as refused:
        decode(encode(LISTING, "per:a"), other)
    assert refused.value.field == "page_token"


@pytest.mark.parametrize(
    "token",
    [
        "per:a",
        "رمز",
        "====",
        "AAAA",
        base64.urlsafe_b64encode(b"123456" + b"3f1c\n1\nbasic\nper:a").decode(),
        encode(LISTING, "per:a")[:-4],
        encode(LISTING, "per:a") + "\n",
    ],
)
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(PageTokenInvalid, match="not a token of this service"):
        decode(token, LISTING)
