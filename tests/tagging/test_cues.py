from __future__ import annotations

import pytest

from nisba_service.tagging import cues
from nisba_service.tagging.words import Words


@pytest.mark.parametrize("word", ["قال", "وقال", "فرد", "وشكر", "واتهم"])
def test_verbs_whose_subject_is_a_person(word: str) -> None:
    assert cues.is_persons_verb(word)


@pytest.mark.parametrize("word", ["وقالت", "القال", "رئيس", "ووزير"])
def test_other_words(word: str) -> None:
    assert not cues.is_persons_verb(word)


@pytest.mark.parametrize(
    "text",
    [
        "وخسر باراك",  # what begins a clause with و
        "ثم. وأدار باراك",
        "ويخوض باراك",
        "حيث يقود باراك",
        "وكلف الرئيس الإسرائيلي باراك",
        "أدى رئيس المجلس باراك",
    ],
)
def test_a_verb_before_a_name(text: str) -> None:
    words = Words.of(text)
    assert cues.is_verb_before(words, len(words.texts) - 1)


@pytest.mark.parametrize(
    "text",
    [
        "محمد وخالد باراك",  # inside a clause
        "ووزير باراك",
        "والرئيس باراك",
        "وفاة باراك",
        "ياسر باراك",
        "وعن باراك",
        "بيان: باراك",
    ],
)
def test_no_verb_before_a_name(text: str) -> None:
    words = Words.of(text)
    assert not cues.is_verb_before(words, len(words.texts) - 1)


def test_a_verb_between_two_persons() -> None:
    words = Words.of("واتهم الرئيس عباس هنية")
    assert cues.is_verb_of_two_before(words, 2)
    assert not cues.is_verb_of_two_before(Words.of("وقال الرئيس عباس"), 2)
    assert not cues.is_verb_of_two_before(Words.of("وخلفه عباس كامل"), 1)


@pytest.mark.parametrize("word", ["احتفلت", "وانسحبت", "فردت"])
def test_verbs_of_a_feminine_subject(word: str) -> None:
    assert cues.is_feminine_verb(word)


@pytest.mark.parametrize("word", ["وقت", "بيت", "الانتخابات", "البنت", "قال"])
def test_words_that_are_no_such_verbs(word: str) -> None:
    assert not cues.is_feminine_verb(word)


@pytest.mark.parametrize("word", ["تعرف", "تريد", "تسعي"])
def test_verbs_of_a_feminine_subject_in_the_present(word: str) -> None:
    assert cues.is_feminine_present(word)


@pytest.mark.parametrize("word", ["تحقيق", "تجاره", "تم", "المعبر"])
def test_nouns_that_begin_alike(word: str) -> None:
    assert not cues.is_feminine_present(word)
