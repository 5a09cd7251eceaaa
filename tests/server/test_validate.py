"""Every rule of a request: what passes, what is refused, and how the error speaks of it."""

from __future__ import annotations

from datetime import date

import pytest

from nisba_service.errors import (
    FieldInvalid,
    FieldRequired,
    LanguageUnsupported,
    TextTooLong,
    TooManyItems,
)
from nisba_service.names.types import Language
from nisba_service.server import validate
from nisba_service.server.limits import PageSize


@pytest.mark.parametrize("value", ["a", "صالح العاروري", "!؟", "a" * 100_000, "ع" * 100_000])
def test_a_text_of_1_to_100_000_code_points_passes(value: str) -> None:
    assert validate.text(value, "document.text") == value


def test_an_empty_text_is_required() -> None:
    with pytest.raises(FieldRequired) as refused:
        validate.text("", "document.text")
    assert str(refused.value) == "document.text: must have 1 to 100000 code points"


@pytest.mark.parametrize("letter", ["a", "ع", "𞤀"])
def test_a_text_is_measured_in_code_points_not_bytes(letter: str) -> None:
    with pytest.raises(TextTooLong) as refused:
        validate.text(letter * 100_001, "documents[3].text")
    error = refused.value
    assert (error.field, error.limit, error.actual) == ("documents[3].text", "100000", "100001")


def test_no_error_repeats_the_text() -> None:
    with pytest.raises(TextTooLong) as refused:
        validate.text("سر" * 60_000, "document.text")
    assert "سر" not in str(refused.value)


def test_an_optional_text_may_be_empty_but_not_too_long() -> None:
    assert validate.optional_text("", "document.id", 128) == ""
    assert validate.optional_text("ع" * 128, "document.id", 128) == "ع" * 128
    with pytest.raises(TextTooLong):
        validate.optional_text("ع" * 129, "document.id", 128)


def test_the_texts_of_a_batch_are_measured_together() -> None:
    validate.total_text(["a" * 500_000, "ع" * 500_000], "documents")
    with pytest.raises(TextTooLong) as refused:
        validate.total_text(["a" * 500_000, "ع" * 500_001], "documents")
    assert refused.value.actual == "1000001"


@pytest.mark.parametrize(
    ("value", "language"), [("en", Language.EN), ("ar", Language.AR), ("", None)]
)
def test_a_language_is_english_arabic_or_to_be_detected(
    value: str, language: Language | None
) -> None:
    assert validate.language(value, "document.language") is language


@pytest.mark.parametrize("value", ["zh", "EN", "en-GB", "ara", "عربي", " en"])
def test_any_other_language_is_unsupported(value: str) -> None:
    with pytest.raises(LanguageUnsupported) as refused:
        validate.language(value, "document.language")
    assert refused.value.limit == "en, ar"


def test_a_date_is_a_day_or_unknown() -> None:
    assert validate.date("2011-02-11", "document.date") == date(2011, 2, 11)
    assert validate.date("", "document.date") is None


@pytest.mark.parametrize(
    "value",
    ["2011", "20110211", "2011-2-11", "2023-02-29", "2011-W06-5", "٢٠١١-٠٢-١١"],
)
def test_anything_else_is_no_date(value: str) -> None:
    with pytest.raises(FieldInvalid, match=r"document\.date: must be a day of the calendar"):
        validate.date(value, "document.date")


@pytest.mark.parametrize("value", ["per:saleh-al-arouri", "Q34211", "NK-a_b.c", "x" * 128])
def test_an_entity_id_in_the_form_of_the_contract_passes(value: str) -> None:
    assert validate.entity_id(value, "id") == value


@pytest.mark.parametrize("value", ["صالح", "a b", "a\n", "x" * 129, "a/b"])
def test_an_entity_id_in_another_form_is_invalid(value: str) -> None:
    with pytest.raises(FieldInvalid):
        validate.entity_id(value, "ids[2]")


def test_an_empty_entity_id_is_required() -> None:
    with pytest.raises(FieldRequired):
        validate.entity_id("", "id")


def test_a_list_has_at_least_one_item_and_no_more_than_its_limit() -> None:
    assert validate.items(["a", "b"], "names", 2) == ["a", "b"]
    with pytest.raises(FieldRequired):
        validate.items([], "names", 2)
    with pytest.raises(TooManyItems) as refused:
        validate.items(["a", "b", "c"], "names", 2)
    assert (refused.value.limit, refused.value.actual) == ("2", "3")


@pytest.mark.parametrize(("value", "size"), [(0, 100), (1, 1), (1_000, 1_000), (1_001, 1_000)])
def test_a_page_size_is_the_default_for_0_and_never_more_than_the_largest(
    value: int, size: int
) -> None:
    assert validate.page_size(value, "page_size", PageSize(100, 1_000)) == size


def test_a_negative_page_size_is_invalid() -> None:
    with pytest.raises(FieldInvalid):
        validate.page_size(-1, "page_size", PageSize(100, 1_000))


@pytest.mark.parametrize(("value", "count"), [(0, 5), (-1, 0), (1, 1), (20, 20)])
def test_max_candidates_is_five_for_0_and_none_for_minus_1(value: int, count: int) -> None:
    assert validate.max_candidates(value, "options.max_candidates") == count


@pytest.mark.parametrize("value", [-2, 21])
def test_max_candidates_outside_its_range_is_invalid(value: int) -> None:
    with pytest.raises(FieldInvalid):
        validate.max_candidates(value, "options.max_candidates")
