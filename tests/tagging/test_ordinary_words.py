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


def test_a_word_with_phrases_is_a_name_elsewhere() -> None:
    assert not any(is_ordinary([word]) for word in PHRASES)
