"""The load on a server: what is sent, and how what came back is counted."""

from __future__ import annotations

from itertools import islice

import pytest

from bench.serve import texts
from bench.serve.load import Tally, quantile


def is_arabic(text: str) -> bool:
    return sum("\u0600" <= letter <= "\u06ff" for letter in text) > len(text) / 3


def test_a_load_is_the_same_for_a_seed_and_another_for_another() -> None:
    first, again, other = (list(islice(texts.mixed(seed), 20)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_a_load_is_in_both_languages_and_short_and_long() -> None:
    load = list(islice(texts.mixed(1), 200))
    assert 60 < sum(map(is_arabic, load)) < 140
    assert 30 < sum(len(text.split()) >= 400 for text in load) < 90


def test_made_up_articles_do_not_come_twice() -> None:
    made = list(islice(texts.made_up(3), 100))
    assert len(set(made)) == 100


@pytest.mark.parametrize("language", ["en", "ar"])
def test_articles_are_of_400_words_of_one_language(language: str) -> None:
    for text in islice(texts.articles(language, 1), 5):
        assert 400 <= len(text.split()) < 600
        assert is_arabic(text) is (language == "ar")


def test_quantiles_are_in_milliseconds() -> None:
    seconds = [number / 1000 for number in range(100, 0, -1)]
    assert (quantile(seconds, 0.5), quantile(seconds, 0.99)) == (51, 100)
    assert quantile([], 0.5) == 0


def test_answers_a_second_count_what_was_answered() -> None:
    tally = Tally(span=2.0, seconds=[0.1, 0.2, 0.3])
    tally.codes["RESOURCE_EXHAUSTED"] = 5
    assert tally.per_second == 1.5
