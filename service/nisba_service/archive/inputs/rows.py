"""A row as its file has it, and the rules that make a document of it, or a reject."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from nisba_service.archive.rejects import Place, Reason, Reject
from nisba_service.errors import ScriptUnsupported
from nisba_service.names.types import Language
from nisba_service.tagging.language import document_language
from nisba_service.tagging.model import Document

MAX_TEXT = 100_000
"""Code points of a document's text, as everywhere in the service."""

MAX_ID = 128
"""Code points of a document's ID, as everywhere in the service."""

# A day, or a time whose day is taken as it is written: 2023-05-01T22:30:00+03:00 is the first.
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ].*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Row:
    """The columns of a row, whatever is in them; None: it has no such column.

    `default_id` is taken where the row has no ID.
    """

    place: Place
    default_id: str
    id: object
    text: object
    date: object
    language: object


@dataclass(frozen=True, slots=True)
class Accepted:
    """A row that is a document: `document.id` is set, its date and its language may be None."""

    place: Place
    document: Document


class _Refused(Exception):
    def __init__(self, reason: Reason, detail: str = "") -> None:
        self.reason = reason
        self.detail = detail


def checked(row: Row) -> Accepted | Reject:
    """Return the document of a row, or why it is none. Whether its ID is new is another matter."""
    document_id = ""
    try:
        document_id = _id(row)
        text = _text(row.text)
        document = Document(text, document_id, _language(row.language), _date(row.date))
        document_language(document)
    except _Refused as refused:
        return Reject(refused.reason, row.place, document_id, refused.detail)
    except ScriptUnsupported:
        return Reject(Reason.UNKNOWN_SCRIPT, row.place, document_id)
    return Accepted(row.place, document)


def _id(row: Row) -> str:
    value = row.id
    if value is None or value == "":
        value = row.default_id
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise _Refused(Reason.BAD_ID)
    document_id = str(value)
    if len(document_id) > MAX_ID:
        raise _Refused(Reason.BAD_ID, f"{len(document_id)} of at most {MAX_ID} code points")
    if not _is_unicode(document_id):
        raise _Refused(Reason.WRONG_ENCODING)
    return document_id


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Refused(Reason.NO_TEXT)
    if len(value) > MAX_TEXT:
        raise _Refused(Reason.TOO_LONG, f"{len(value)} of at most {MAX_TEXT} code points")
    if not _is_unicode(value):
        raise _Refused(Reason.WRONG_ENCODING)
    return value


def _language(value: object) -> Language | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise _Refused(Reason.UNKNOWN_LANGUAGE)
    try:
        # ar-EG and en_GB are kinds of ar and en.
        return Language(re.split(r"[-_]", value.strip().lower(), maxsplit=1)[0])
    except ValueError:
        raise _Refused(Reason.UNKNOWN_LANGUAGE) from None


def _date(value: object) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        if match is not None:
            return date.fromisoformat(match[1])
    except ValueError:
        pass  # 2023-02-29
    raise _Refused(Reason.BAD_DATE)


def _is_unicode(text: str) -> bool:
    """Say whether a text can be written; bytes that are not UTF-8 are read as lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
