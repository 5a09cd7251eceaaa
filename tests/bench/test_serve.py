"""The load on a server: what is sent, and how what came back is counted."""

from __future__ import annotations

import random
from collections import Counter
from itertools import islice

import pytest

from bench.serve import texts
from bench.serve.faults import Damage, drawn
from bench.serve.load import Tally, quantile
from bench.serve.measuring import Aftermath, AtRate, Loaded, Measured, Pace, Plan
from bench.serve.page import page


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


@pytest.mark.parametrize("seed", range(20))
def test_every_kind_of_fault_is_drawn_even_of_few(seed: int) -> None:
    faults = drawn(20, random.Random(seed))
    assert len(faults) == 20
    assert set(faults) == {"killed worker", "connection", "garbage", "cancelled", "slow reader"}


def test_of_many_faults_few_kill_a_worker() -> None:
    killed = drawn(2_900, random.Random(1)).count("killed worker")
    assert 50 < killed < 150


def tally(answers: int, span: float = 10.0, **codes: int) -> Tally:
    return Tally(span, [0.05] * answers, Counter(codes | {"OK": answers}), [0.002])


def measured(million: Pace | None = None) -> Measured:
    pace = Pace("nisba, 2 workers", tally(100), 314)
    loaded = Loaded(
        pace,
        AtRate("0.3 of the pace", 3.0, tally(30)),
        AtRate("3 times, deadline 3 s", 30.0, tally(120, RESOURCE_EXHAUSTED=170)),
        AtRate("0.7, soak", 7.0, tally(70)),
        (314, 316),
    )
    damage = Damage(Counter({"garbage": 4, "killed worker": 1}), answered=50)
    return Measured(
        peer=Pace("peer", tally(20), 900),
        single=Pace("nisba, 0 workers", tally(80), 195),
        loaded=loaded,
        million=million,
        articles=(("peer", tally(5)), ("nisba", tally(20))),
        damage=damage,
        aftermath=Aftermath((20, 21), 2, tally(30)),
    )


PLAN = Plan(5, 5, 8, 60, 20, 2, 0)


def test_the_page_sets_each_server_beside_the_peer() -> None:
    written = page(PLAN, measured(), ["--quick"])
    assert "| peer | 2.00 | 1.0 | 900 |" in written
    assert "| nisba, 2 workers | 10.00 | 5.0 | 314 |" in written
    assert "1 M names" not in written
    assert "`python -m bench.serve --quick`" in written
    more = page(PLAN, measured(Pace("the same, 1 M names", tally(60), 2_000)), [])
    assert "| the same, 1 M names | 6.00 | 3.0 | 2000 |" in more


def test_the_page_says_what_was_refused_and_what_came_of_faults() -> None:
    written = page(PLAN, measured(), [])
    assert "| 3 times, deadline 3 s | 30.0 | 12.0 | 50 | 50 | 50 | 170 | 0 | 2 |" in written
    assert "Goodput at 3 times the pace: 1.20 of the pace." in written
    assert "5 faults at random (4 garbage, 1 killed worker)" in written
    assert "50 answered, 0 wrong,\nfailed: none, hung: 0." in written
    assert "20 descriptors before,\n21 after; 2 workers; 30 of 30 calls\nanswered." in written
