from __future__ import annotations

import pytest

from nisba_service.tagging.ordinary_words import PHRASES, is_ordinary
from nisba_service.tagging.words import Words


@pytest.mark.parametrize("name", ["فتح", "أمل", "المصري", "Rice", "US", "March 14", "14 آذار"])
def test_ordinary(name: str) -> None:
    assert is_ordinary(Words.of(name).texts)


@pytest.mark.parametrize("name", ["حماس", "حركة فتح", "العاروري", "Hamas", "Condoleezza Rice"])
def test_not_ordinary(name: str) -> None:
    assert not is_ordinary(Words.of(name).texts)


def test_phrases_are_told_of_single_words_in_normal_form() -> None:
    assert all(Words.of(word).texts == (word,) for word in PHRASES)
