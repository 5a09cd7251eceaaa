"""Rows that are not taken in, and documents that cannot be worked on: why, and where they stand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from nisba_service.archive import durable


class Reason(StrEnum):
    """Why a row or a document is not in the archive, or not in one of its datasets."""

    NO_TEXT = "no_text"  # no text, or white space alone
    WRONG_ENCODING = "wrong_encoding"  # not UTF-8, or half of a surrogate pair
    TOO_LONG = "too_long"  # more than MAX_TEXT code points
    DUPLICATE_ID = "duplicate_id"  # an earlier row of this or another input has the ID
    UNKNOWN_LANGUAGE = "unknown_language"  # said to be neither English nor Arabic
    UNKNOWN_SCRIPT = "unknown_script"  # most letters neither Latin nor Arabic
    BAD_DATE = "bad_date"  # no day of the calendar as YYYY-MM-DD
    BAD_ID = "bad_id"  # neither text nor a whole number, or longer than MAX_ID
    BAD_ROW = "bad_row"  # no JSON object; a row with more cells than the table has columns
    NOT_TAGGED = "not_tagged"  # the tagger failed at it
    NOT_LINKED = "not_linked"  # the linker failed at it


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: the address of its file; the line, or the record of a table, from 1."""

    source: str
    row: int

    def __str__(self) -> str:
        return f"{self.source}:{self.row}"


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that is left out. Never its text.

    `detail` is a measure or another place, for example where the ID stands for the first time.
    """

    reason: Reason
    place: Place
    document_id: str = ""
    detail: str = ""

    def line(self) -> str:
        """Return it as one line of JSON."""
        content = {
            "reason": self.reason.value,
            "source": self.place.source,
            "row": self.place.row,
            "document_id": self.document_id,
            "detail": self.detail,
        }
        return json.dumps({k: v for k, v in content.items() if v != ""}, ensure_ascii=False)


def write_rejects(path: Path, rejects: Sequence[Reject]) -> None:
    """Write the rejects of a shard; without any there is no file. Raises OSError."""
    if rejects:
        path.parent.mkdir(parents=True, exist_ok=True)
        durable.write(path, "".join(f"{reject.line()}\n" for reject in rejects).encode())
    else:
        path.unlink(missing_ok=True)
