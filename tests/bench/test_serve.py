"""The load on a server: what is sent, and how what came back is counted."""

from __future__ import annotations

import random
from collections import Counter
from itertools import islice

import pytest

from bench.serve import measuring, texts
from bench.serve.faults import Damage, drawn
from bench.serve.figures import Aftermath, AtRate, Measured, Pace, Soak
from bench.serve.load import Tally, quantile
from bench.serve.page import page
from bench.serve.plan import Plan


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


def measured() -> Measured:
    return Measured(
        peer=Pace("peer", tally(20), 900),
        single=Pace("nisba, 0 workers", tally(80), 195),
        paced=Pace("nisba, 2 workers", tally(100), 314, worker_mib=110),
        low=AtRate("0.3 of the pace", 3.0, tally(30)),
        over=AtRate("3 times, deadline 3 s", 30.0, tally(120, RESOURCE_EXHAUSTED=170)),
        soak=Soak(AtRate("0.7, soak", 7.0, tally(70)), (314, 316)),
        stanza=tally(5),
        peer_article=tally(5),
        article=tally(20),
        tagging={"en": 6.5, "ar": 2.0},
        damage=Damage(Counter({"garbage": 4, "killed worker": 1}), answered=50),
        aftermath=Aftermath((20, 21), 2, tally(30)),
    )


PLAN = Plan(5, 5, 8, 60, 20, 2, 0)


def test_the_page_sets_each_server_beside_the_peer() -> None:
    written = page(PLAN, measured(), ["--quick"])
    assert "| peer | 2.00 | 1.0 | 900 | - |" in written
    assert "| nisba, 2 workers | 10.00 | 5.0 | 314 | 110 |" in written
    assert "`python -m bench.serve --quick`" in written
    more = measured()
    more.million = Pace("the same, 1.0 M names", tally(60), 2_000, 350)
    assert "| the same, 1.0 M names | 6.00 | 3.0 | 2000 | 350 |" in page(PLAN, more, [])


def test_the_page_says_what_was_refused_and_what_came_of_faults() -> None:
    written = page(PLAN, measured(), [])
    assert "| 3 times, deadline 3 s | 30.0 | 12.0 | 50 | 50 | 50 | 170 | 0 | 0 | 2 |" in written
    assert "5 faults at random (4 garbage, 1 killed worker)" in written
    assert "50 answered, 0 wrong,\nfailed: none, hung: 0." in written
    assert "20 descriptors before,\n21 after; 2 workers; 30 of 30 calls\nanswered." in written


def test_each_figure_stands_beside_its_target() -> None:
    written = page(PLAN, measured(), [])
    for row in (
        "| documents a second, in those of the peer | ≥ 6 × | 5 × | no |",
        "| tagging alone (en), in the speed of `bulk_process` | ≥ 2.5 × | 6.5 × | yes |",
        "| tagging alone (ar), in the speed of `bulk_process` | ≥ 2.5 × | 2 × | no |",
        "| p50 of one article, in that of a `stanza.Pipeline` call | ≤ 0.6 × | 1 × | no |",
        "| goodput at 3 times the pace, in the pace | ≥ 0.9 × | 1.2 × | yes |",
        "| p99 of the calls accepted then | ≤ 3000 ms | 50 ms | yes |",
        "| p99 of health checks then | ≤ 100 ms | 2 ms | yes |",
        "| memory that a worker adds, the seeds | ≤ 400 MiB | 110 MiB | yes |",
        "| memory that a worker adds, a million names | ≤ 400 MiB | - | - |",
        "| wrong answers under faults | ≤ 0 | 0 | yes |",
    ):
        assert row in written


def test_of_a_run_without_anything_the_page_says_so() -> None:
    written = page(PLAN, Measured(failed=["peer: RuntimeError: the server did not start"]), [])
    assert "**Not measured:** peer: RuntimeError: the server did not start" in written
    assert "| documents a second, in those of the peer | ≥ 6 × | - | - |" in written
    assert "## Faults" not in written


@pytest.mark.asyncio
async def test_a_part_that_fails_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    async def breaks(plan: Plan, measured: Measured) -> None:
        raise RuntimeError("the server did not start")

    async def works(plan: Plan, measured: Measured) -> None:
        measured.article = tally(3)

    monkeypatch.setattr(measuring, "PARTS", {"peer": breaks, "single": works})
    noted: list[str] = []
    found = await measuring.run(PLAN, ["peer", "single"], lambda m: noted.append(page(PLAN, m, [])))
    assert found.failed == ["peer: RuntimeError: the server did not start"]
    assert found.article is not None
    assert len(noted) == 2
    assert "| nisba | 50 | 50 |" in noted[1]


@pytest.mark.parametrize(("minutes", "soak", "faults"), [(20, 240, 300), (150, 1_800, 1_000)])
def test_a_plan_fits_its_minutes(minutes: float, soak: float, faults: int) -> None:
    plan = Plan.of(minutes, workers=2)
    assert plan.soak == pytest.approx(soak)
    assert plan.faults == faults
    assert plan.overload <= 300
    assert 8 * plan.pace + 3 * plan.latency + plan.overload + plan.soak < 0.7 * 60 * minutes
