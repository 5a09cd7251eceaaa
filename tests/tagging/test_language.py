from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nisba_service.errors import ScriptUnsupported
from nisba_service.names.types import Language
from nisba_service.tagging.language import document_language, passages
from nisba_service.tagging.model import Document

EN, AR = Language.EN, Language.AR


def parts(text: str) -> list[tuple[str, Language]]:
    return [(text[p.start : p.end], p.language) for p in passages(Document(text))]


def test_a_text_in_one_script_is_one_passage() -> None:
    assert parts("Hamas met Fatah. They agreed.") == [("Hamas met Fatah. They agreed.", EN)]
    assert parts("التقت حماس فتح. واتفقتا.") == [("التقت حماس فتح. واتفقتا.", AR)]


def test_latin_words_in_an_arabic_sentence_do_not_split_it() -> None:
    text = "قالت منظمة التحرير PLO إن وكالة AFP أخطأت."
    assert parts(text) == [(text, AR)]


def test_arabic_words_in_an_english_sentence_do_not_split_it() -> None:
    text = "The movement, حماس in Arabic, was founded in Gaza."
    assert parts(text) == [(text, EN)]


def test_sentences_of_a_mixed_text_are_read_each_in_its_language() -> None:
    assert parts("Hamas met Fatah. التقت حماس فتح في القاهرة. They agreed.") == [
        ("Hamas met Fatah.", EN),
        (" التقت حماس فتح في القاهرة.", AR),
        (" They agreed.", EN),
    ]


def test_lines_count_as_sentences() -> None:
    assert parts("Talks in Cairo\nمحادثات في القاهرة\n") == [
        ("Talks in Cairo\n", EN),
        ("محادثات في القاهرة\n", AR),
    ]


def test_a_line_with_too_few_letters_goes_with_its_neighbours() -> None:
    assert parts("محادثات في القاهرة\n(AFP)\nThe talks went on.") == [
        ("محادثات في القاهرة\n(AFP)\n", AR),
        ("The talks went on.", EN),
    ]
    assert parts("AFP\nمحادثات في القاهرة. Talks went on.")[0] == ("AFP\nمحادثات في القاهرة.", AR)


def test_the_language_asked_for_is_taken() -> None:
    document = Document("Hamas", language=AR)
    assert [p.language for p in passages(document)] == [AR]
    assert document_language(document) == "ar"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hamas met Fatah.", "en"),
        ("التقت حماس فتح.", "ar"),
        ("Hamas met Fatah. التقت حماس فتح.", "mul"),
        ("12 - 14, ...", "und"),
        ("", "und"),
    ],
)
def test_the_language_of_a_document(text: str, language: str) -> None:
    assert document_language(Document(text)) == language


def test_an_empty_text_has_no_passage() -> None:
    assert passages(Document("")) == ()


@pytest.mark.parametrize("text", ["哈马斯和法塔赫", "חמאס ופתח", "ХАМАС и ФАТХ, Hamas"])
def test_other_scripts_are_refused(text: str) -> None:
    with pytest.raises(ScriptUnsupported) as error:
        passages(Document(text))
    assert error.value.field == "text"
    assert text not in str(error.value)
    with pytest.raises(ScriptUnsupported):
        document_language(Document(text, language=None))


def test_other_scripts_in_a_quotation_are_not() -> None:
    assert parts("The Hebrew name is חמאס, said Hamas.")[0][1] is EN


@given(st.text(alphabet="Hamas حماس.!؟\n 1٢\u200f", max_size=60))
def test_passages_cover_the_text(text: str) -> None:
    found = passages(Document(text))
    assert "".join(text[p.start : p.end] for p in found) == text
    assert all(a.end == b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("text", "language"),
    [("قــــــال محـــــمـــــود عبــــــاس لحـــــمــــاس", "ar"), ("ـــــ", "und")],
)
def test_stretching_is_no_letter_of_another_script(text: str, language: str) -> None:
    assert document_language(Document(text)) == language
