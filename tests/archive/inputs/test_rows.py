from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from nisba_service.archive.inputs.rows import MAX_ID, MAX_TEXT, Accepted, Row, checked
from nisba_service.archive.rejects import Place, Reason, Reject
from nisba_service.names.types import Language
from nisba_service.server import limits
from tests.archive.workshop import ARABIC, ENGLISH

PLACE = Place("/أخبار.jsonl", 7)


def _checked(
    text: object = ENGLISH, id: object = "1", date: object = None, language: object = None
) -> Accepted | Reject:
    return checked(Row(PLACE, "أخبار.jsonl:7", id, text, date, language))


def _document(**columns: object) -> tuple[str, Language | None, date | None]:
    found = _checked(**columns)
    assert isinstance(found, Accepted)
    return found.document.id, found.document.language, found.document.date


def _reason(**columns: object) -> Reason:
    found = _checked(**columns)
    assert isinstance(found, Reject)
    assert found.place == PLACE
    return found.reason


def test_the_limits_are_those_of_the_service() -> None:
    assert (MAX_TEXT, MAX_ID) == (limits.TEXT, limits.CALLER_ID)


@pytest.mark.parametrize(
    ("value", "document_id"),
    [
        ("خبر", "خبر"),
        (12, "12"),
        ("", "أخبار.jsonl:7"),
        (None, "أخبار.jsonl:7"),
        ("a" * 128, "a" * 128),
    ],
)
def test_ids(value: object, document_id: str) -> None:
    assert _document(id=value)[0] == document_id


@pytest.mark.parametrize("value", [1.5, True, ["1"], {"id": 1}, "a" * 129])
def test_what_is_no_id(value: object) -> None:
    assert _reason(id=value) is Reason.BAD_ID


@pytest.mark.parametrize(
    ("value", "language"),
    [
        ("en", Language.EN),
        ("AR", Language.AR),
        ("ar-EG", Language.AR),
        ("en_GB", Language.EN),
        ("", None),
        (None, None),
    ],
)
def test_languages(value: object, language: Language | None) -> None:
    assert _document(language=value)[1] is language


@pytest.mark.parametrize("value", ["fr", "arabic", 1, "e"])
def test_what_is_no_language(value: object) -> None:
    assert _reason(language=value) is Reason.UNKNOWN_LANGUAGE


@pytest.mark.parametrize(
    "value",
    [
        "2023-05-01",
        " 2023-05-01 ",
        "2023-05-01T23:59:59+03:00",
        "2023-05-01 10:00",
        date(2023, 5, 1),
        datetime(2023, 5, 1, 23, tzinfo=UTC),
    ],
)
def test_dates(value: object) -> None:
    assert _document(date=value)[2] == date(2023, 5, 1)


@pytest.mark.parametrize("value", ["2023-02-29", "1/5/2023", "20230501", "yesterday", 1683000000])
def test_what_is_no_date(value: object) -> None:
    assert _reason(date=value) is Reason.BAD_DATE


@pytest.mark.parametrize("value", [None, "", " \n\t", 12, ["text"]])
def test_what_is_no_text(value: object) -> None:
    assert _reason(text=value) is Reason.NO_TEXT


def test_a_text_of_the_most_code_points_and_one_more() -> None:
    assert isinstance(_checked(text="ع" * MAX_TEXT), Accepted)
    assert _reason(text="ع" * (MAX_TEXT + 1)) is Reason.TOO_LONG


@pytest.mark.parametrize(
    "value", ["Привет, мир, это новости", "这是新闻", "هذا خبر 这是新闻这是新闻这是新闻"]
)
def test_scripts_that_are_not_read(value: str) -> None:
    assert _reason(text=value) is Reason.UNKNOWN_SCRIPT


@pytest.mark.parametrize("value", [ENGLISH, ARABIC, f"{ENGLISH} {ARABIC}", "٢٠٢٣ — 2023"])
def test_scripts_that_are_read(value: str) -> None:
    assert isinstance(_checked(text=value), Accepted)


def test_half_of_a_surrogate_pair_is_no_unicode() -> None:
    assert _reason(text="حماس \ud83d") is Reason.WRONG_ENCODING
    assert _reason(id="\udcff") is Reason.WRONG_ENCODING


def test_no_reject_holds_the_text() -> None:
    found = _checked(text=ARABIC * 3_000)
    assert isinstance(found, Reject)
    assert "العاروري" not in found.line()
    assert found.detail.endswith(f"of at most {MAX_TEXT} code points")
