"""Page tokens: opaque to callers, bound to the question and to the state of the gazetteer.

A token is base64url of a checksum and of four fields: gazetteer version, type, view, last ID. It
grants nothing that a first page does not, so the checksum guards against accident, not malice.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Final

from nisba_service.errors import PageTokenInvalid

_FIELD: Final = "page_token"
_SEPARATOR: Final = "\n"
_CHECK_BYTES: Final = 6


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed: the same for every page. `version` is the gazetteer's."""

    version: str
    type: str
    view: str


def encode(listing: Listing, last_id: str) -> str:
    """Return the token of the page after `last_id`."""
    content = _SEPARATOR.join((listing.version, listing.type, listing.view, last_id)).encode()
    return base64.urlsafe_b64encode(_check(content) + content).decode("ascii")


def decode(token: str, listing: Listing) -> str:
    """Return the last ID of the page before; "" for the empty token, which asks for the first.

    Raises:
        PageTokenInvalid: the token is not ours, or belongs to another listing.
    """
    if not token:
        return ""
    try:
        raw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise PageTokenInvalid(_FIELD, "is not a token of this service") from None
    check, content = raw[:_CHECK_BYTES], raw[_CHECK_BYTES:]
    if check != _check(content):
        raise PageTokenInvalid(_FIELD, "is not a token of this service")
    version, type_, view, last_id = content.decode().split(_SEPARATOR)
    if version != listing.version:
        rule = "belongs to another version of the gazetteer: list again from the first page"
        raise PageTokenInvalid(_FIELD, rule)
    if Listing(version, type_, view) != listing:
        raise PageTokenInvalid(_FIELD, "belongs to a request with another type or view")
    return last_id


def _check(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_CHECK_BYTES).digest()
