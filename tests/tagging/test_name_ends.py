from __future__ import annotations

import pytest

from nisba_service.tagging.name_ends import (
    is_future,
    is_noun_by_form,
    is_object,
    last_word,
    last_word_of_body,
)
from nisba_service.tagging.spotter import Spotter
from nisba_service.tagging.words import Words


def name(spotter: Spotter, text: str, tagged: str) -> str:
    words = Words.of(text)
    first, last = words.within(text.index(tagged), text.index(tagged) + len(tagged))
    end = last_word(words, first, last, spotter.knows_name, spotter.knows)
    begin, finish = words.span_of(first, end)
    return text[begin:finish]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("اختير وائل نصار أمينا", "وائل نصار"),
        ("حوكم وائل نصار غيابيا", "وائل نصار"),
        ("وقع وائل نصار ليل الأربعاء", "وائل نصار"),
        ("وتوعد وائل نصار بالثأر", "وائل نصار"),
        ("سلم وائل نصار للشرطة", "وائل نصار"),
        ("خسر وائل نصار الانتخابات", "وائل نصار"),
        ("تحمل وائل نصار المسؤولية", "وائل نصار"),
        ("استقبل وائل نصار المبعدين", "وائل نصار"),
        ("أدى محمود عباس اليمين", "محمود عباس"),
        ("وخسر عباس السباق", "عباس"),
        ("هاجم محمود عباس شريكه", "محمود عباس"),
        ("لكن هنية جربوا", "هنية"),
        ("كعباس وهنية جربوا", "وهنية"),
        ("لكن هنية يرفض", "هنية"),
        ("لكن محمود عباس سيغيب", "محمود عباس"),
    ],
)
def test_what_a_tagger_reads_on_is_cut_off(spotter: Spotter, text: str, found: str) -> None:
    assert name(spotter, text, text.partition(" ")[2]) == found


@pytest.mark.parametrize(
    "text",
    [
        "قال محمود عباس المصري",  # a nisba: perhaps somebody else
        "قال أبو مازن النجار",  # a family name behind a kunya
        "قال عادل إمام",  # not أمام, "before"
        "قال مريم علي",  # not على, "on"
        "قال صلاح الدين",
        "قال زين العابدين",
        "قال وائل الحداد",
        "قال المعتصم بالله",
        "قال رامي الحمد الله",
        "قال محمد رضا",
        "قال سلطان أبو العينين",
        "قال هنية فرانسوا",
        "قال عباس يوسف",
        "قال شيمون أوكيناوا",
    ],
)
def test_a_name_of_several_words_is_kept(spotter: Spotter, text: str) -> None:
    tagged = text.partition(" ")[2]
    assert name(spotter, text, tagged) == tagged


def test_of_a_known_single_name_the_object_needs_a_verb(spotter: Spotter) -> None:
    assert name(spotter, "بيان: عباس السباق", "عباس السباق") == "عباس السباق"
    assert name(spotter, "وخسر عباس السباق", "عباس السباق") == "عباس"


@pytest.mark.parametrize(
    "word", ["الانتخابات", "الاستقاله", "الاتفاق", "التاجيل", "المواجهه", "المبعدين", "المسووليه"]
)
def test_nouns_by_form(word: str) -> None:
    assert is_noun_by_form(word)


@pytest.mark.parametrize(
    "word", ["الانصاري", "الحسين", "الدين", "الزيات", "السنيوره", "التميمي", "الانور", "البرغوثي"]
)
def test_family_names_of_a_like_form(word: str) -> None:
    assert not is_noun_by_form(word)


def test_what_may_be_an_object() -> None:
    assert is_object(Words.of("عباس السباق"), 1)
    assert is_object(Words.of("عباس شريكه"), 1)
    assert not is_object(Words.of("عباس المصري"), 1)
    assert not is_object(Words.of("عباس زكي"), 1)


def test_what_looks_like_the_future() -> None:
    assert is_future("سيغيب")
    assert not is_future("سيف")
    assert not is_future("سليم")


def test_a_body_ends_before_a_verb_if_it_is_known() -> None:
    is_name = {"حزب العمال", "يسار"}.__contains__
    assert last_word_of_body(Words.of("حزب العمال يجمع المال"), 0, 3, is_name) == 1
    assert last_word_of_body(Words.of("حزب كولانو يجمع المال"), 0, 3, is_name) == 3
    assert last_word_of_body(Words.of("حزب العمال اليساري"), 0, 2, is_name) == 2
