from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nisba_service.tagging.words import PARAGRAPH_BREAK, Words, texts_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The PA's men", ["the", "pa", "s", "men"]),
        ("the U.S.’s C.I.A.'s", ["the", "us", "s", "cia", "s"]),
        ("al-Arouri, Hamas.", ["al", "arouri", ",", "hamas", "."]),
        ("(PLO)", ["(", "plo", ")"]),
        ("رَامَ الله، وغـزة", ["رام", "الله", "،", "وغزه"]),
        ("Hamas\n \nFatah\nPLO", ["hamas", PARAGRAPH_BREAK, "fatah", "plo"]),
        ("Hamas\x00Fatah", ["hamas", "fatah"]),
        ("", []),
        ("\n\n", []),
    ],
)
def test_words_in_normal_form(text: str, words: list[str]) -> None:
    assert list(Words.of(text).texts) == words


@pytest.mark.parametrize(
    ("text", "index", "written"),
    [
        ("قال عَبَّاسٌ أمس", 1, "عَبَّاسٌ"),
        ("كتائب شهداء الأقصى", 1, "شهداء"),
        ("\u200fحماس\u200f قالت", 0, "حماس"),
        ("in the U.S. today", 2, "U.S."),
        ("“Hamas’", 0, "Hamas"),
        ("رام ﷲ", 1, "ﷲ"),
    ],
)
def test_a_word_as_it_is_written(text: str, index: int, written: str) -> None:
    words = Words.of(text)
    assert words.written(index) == written
    start, end = words.span_of(index, index)
    assert text[start:end] == written
    assert words.index_at(start) == index


def test_outside_the_text_is_a_paragraph_break() -> None:
    words = Words.of("Hamas")
    assert words.at(-1) == words.at(1) == PARAGRAPH_BREAK
    assert words.written(-1) == words.written(1) == ""


def test_an_apostrophe_is_told_from_a_space() -> None:
    assert Words.of("Hamas's").is_after_apostrophe(1)
    assert not Words.of("Hamas s").is_after_apostrophe(1)


@given(st.text(max_size=40))
def test_spans_lie_in_the_text_and_do_not_cross(text: str) -> None:
    words = Words.of(text)
    spans = [words.span_of(i, i) for i, word in enumerate(words.texts) if word != PARAGRAPH_BREAK]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("AP وCNN", ("ap", "و", "cnn")),
        ("لـUNRWA", ("ل", "unrwa")),
        ("14 آذار وF16", ("14", "اذار", "و", "f16")),
        ("وحماس CNN", ("وحماس", "cnn")),
    ],
)
def test_a_word_ends_where_the_script_changes(text: str, words: tuple[str, ...]) -> None:
    assert Words.of(text).texts == texts_of(text) == words
