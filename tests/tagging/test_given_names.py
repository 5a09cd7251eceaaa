from __future__ import annotations

import pytest

from nisba_service.names.normalise import normal_form
from nisba_service.tagging.given_names import is_given_name, may_be_given_name


@pytest.mark.parametrize(
    "name", ["محمود", "ساجدة", "نوعام", "يتسحاق", "كوندوليزا", "Hashim", "John"]
)
def test_given_names(name: str) -> None:
    assert is_given_name(normal_form(name))


@pytest.mark.parametrize("name", ["أحلام", "جمال", "سلام", "نور"])
def test_given_names_that_are_words_too(name: str) -> None:
    assert may_be_given_name(normal_form(name))
    assert not is_given_name(normal_form(name))


@pytest.mark.parametrize("word", ["على", "الآن", "إلينا", "باسم", "القاهرة", "the", "will"])
def test_words_of_every_text(word: str) -> None:
    assert not is_given_name(normal_form(word))
