from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nisba_service.tagging.clean import clean, plain


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("مَحْمُود عَبَّاس", "محمود عباس"),
        ("جـــنـــيـــن", "جنين"),
        ("\u200fحماس\u200f", "حماس"),
        ("H\u200bam\u00adas", "Hamas"),
        ("ﷲ ﻻ", "الله لا"),
        ("علی کمال", "علي كمال"),
        ("Hamas’s “men”", 'Hamas\'s "men"'),
        ("Gaza\u00a0City\x00", "Gaza City "),
        ("Abu\u0301", "Abu"),
    ],
)
def test_marks_and_invisible_characters_go(text: str, cleaned: str) -> None:
    assert clean(text).text == cleaned


@pytest.mark.parametrize("text", ["Rød-Larsen", "أحمد إلى آل غزة ى", "PLO\n\nplo"])
def test_letters_case_and_lines_stay(text: str) -> None:
    assert clean(text).text == text


@pytest.mark.parametrize(
    ("text", "name", "original"),
    [
        ("قال مَحْمُود عَبَّاسٌ أمس", "محمود عباس", "مَحْمُود عَبَّاسٌ"),
        ("\u202bحماس\u202c.", "حماس", "حماس"),
        ("in جـنـيـن.", "جنين", "جـنـيـن"),
        ("رام ﷲ", "رام الله", "رام ﷲ"),
    ],
)
def test_a_span_goes_back_to_the_text_as_written(text: str, name: str, original: str) -> None:
    cleaned = clean(text)
    begin = cleaned.text.index(name)
    start, end = cleaned.span(begin, begin + len(name))
    assert text[start:end] == original


def test_plain_has_single_spaces() -> None:
    assert plain(" رَامَ\n الله ") == "رام الله"


@given(st.text(max_size=50))
def test_every_character_has_its_place(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned.starts) == len(cleaned.ends) == len(cleaned.text)
    assert all(s < e <= len(text) for s, e in zip(cleaned.starts, cleaned.ends, strict=True))
    assert list(cleaned.starts) == sorted(cleaned.starts)
