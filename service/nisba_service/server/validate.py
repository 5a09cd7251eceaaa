"""Checks of a request's values: each returns the checked value or raises an InvalidInput.

Pure functions over plain values. `field` is the path that the error names, for example
"documents[3].text". No error repeats the value of a text or name.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from nisba_service.errors import (
    FieldInvalid,
    FieldRequired,
    LanguageUnsupported,
    TextTooLong,
    TooManyItems,
)
from nisba_service.names.types import Language
from nisba_service.server import limits
from nisba_service.server.limits import PageSize

T = TypeVar("T")

_ENTITY_ID = re.compile(rf"[A-Za-z0-9._:-]{{1,{limits.ENTITY_ID}}}")
# fromisoformat takes 20230228 and 2023-W09-2 as well.
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LANGUAGES = ", ".join(language.value for language in Language)


def text(value: str, field: str, limit: int = limits.TEXT) -> str:
    """Return a text or name of 1 to `limit` code points."""
    if not value:
        raise FieldRequired(field, f"must have 1 to {limit} code points")
    return optional_text(value, field, limit)


def optional_text(value: str, field: str, limit: int) -> str:
    """Return a text of at most `limit` code points; it may be empty."""
    if len(value) > limit:
        raise TextTooLong(
            field,
            f"must have at most {limit} code points",
            limit=str(limit),
            actual=str(len(value)),
        )
    return value


def total_text(texts: Iterable[str], field: str) -> None:
    """Check that the texts of a batch together have at most as many code points as it may."""
    total = sum(map(len, texts))
    if total > limits.BATCH_TEXT:
        raise TextTooLong(
            field,
            f"must have at most {limits.BATCH_TEXT} code points of text together",
            limit=str(limits.BATCH_TEXT),
            actual=str(total),
        )


def language(value: str, field: str) -> Language | None:
    """Return the language asked for; None for the empty string, which asks for detection."""
    if not value:
        return None
    try:
        return Language(value)
    except ValueError:
        rule = f"must be one of {_LANGUAGES}, or empty for detection"
        raise LanguageUnsupported(field, rule, limit=_LANGUAGES) from None


def date(value: str, field: str) -> datetime.date | None:
    """Return the day that is written as YYYY-MM-DD; None for the empty string."""
    if not value:
        return None
    try:
        if _DATE.fullmatch(value):
            return datetime.date.fromisoformat(value)
    except ValueError:
        pass  # 2023-02-29
    raise FieldInvalid(field, "must be a day of the calendar as YYYY-MM-DD, or empty")


def entity_id(value: str, field: str) -> str:
    """Return a well-formed entity ID."""
    if not value:
        raise FieldRequired(field, "must name an entity")
    if _ENTITY_ID.fullmatch(value) is None:
        pattern = _ENTITY_ID.pattern
        raise FieldInvalid(field, f"must match {pattern}", limit=pattern)
    return value


def reason(value: str) -> str:
    """Return why an edit is made; it may be empty."""
    return optional_text(value, "reason", limits.REASON)


def revision(value: int, field: str) -> int:
    """Return the number of a revision; 0 is none."""
    if value < 0:
        raise FieldInvalid(field, "must not be negative", limit="0", actual=str(value))
    return value


def required_revision(value: int, field: str) -> int:
    """Return the number of a revision, which must be given."""
    if not value:
        raise FieldRequired(field, "must be the number of a revision")
    return revision(value, field)


def items(values: Sequence[T], field: str, limit: int) -> Sequence[T]:
    """Return a list of 1 to `limit` items."""
    if not values:
        raise FieldRequired(field, f"must have 1 to {limit} items")
    if len(values) > limit:
        raise TooManyItems(
            field,
            f"must have at most {limit} items",
            limit=str(limit),
            actual=str(len(values)),
        )
    return values


def page_size(value: int, field: str, size: PageSize) -> int:
    """Return how many items to give: 0 means the default, too many mean the most there can be."""
    if value < 0:
        raise FieldInvalid(
            field, "must not be negative", limit=f"0 to {size.largest}", actual=str(value)
        )
    return min(value or size.default, size.largest)


def max_candidates(value: int, field: str) -> int:
    """Return how many candidates to give: 0 means the default, -1 none."""
    largest = limits.CANDIDATES.largest
    if not -1 <= value <= largest:
        rule = f"must be 0 to {largest}, or -1 for none"
        raise FieldInvalid(field, rule, limit=f"-1 to {largest}", actual=str(value))
    return 0 if value == -1 else value or limits.CANDIDATES.default
