"""A bucket by a clock that the test sets: 100 a second, 10 seconds of them saved up."""

from __future__ import annotations

from nisba_service.server.quotas.bucket import Bucket


def full() -> Bucket:
    return Bucket(rate=100, seconds=10, now=0)


def test_what_is_saved_up_can_be_used_at_once() -> None:
    bucket = full()
    assert bucket.take(600, now=0) == 0
    assert bucket.take(400, now=0) == 0
    assert bucket.take(1, now=0) == 0.01


def test_a_refusal_takes_nothing_and_tells_when_it_fits() -> None:
    bucket = full()
    bucket.take(900, now=0)
    assert bucket.take(350, now=0) == 2.5
    assert bucket.take(350, now=2.4) > 0
    assert bucket.take(350, now=2.5) == 0


def test_no_more_is_saved_up_than_its_seconds_hold() -> None:
    bucket = full()
    assert bucket.take(1_000, now=500) == 0
    assert bucket.take(100, now=500) == 1


def test_what_costs_more_than_it_holds_passes_when_it_is_full_and_is_paid_for_afterwards() -> None:
    bucket = full()
    bucket.take(10, now=0)
    assert bucket.take(1_500, now=0) == 0.1
    assert bucket.take(1_500, now=0.1) == 0
    assert bucket.take(100, now=0.1) == 6


def test_what_is_owed_is_waited_for_in_turn() -> None:
    bucket = full()
    assert bucket.owe(1_000, now=0) == 0
    assert bucket.owe(100, now=0) == 1
    assert bucket.owe(100, now=0) == 2
    bucket.give_back(100)
    assert bucket.owe(50, now=0.5) == 1


def test_it_is_full_again_after_a_while() -> None:
    bucket = full()
    bucket.take(100, now=0)
    assert not bucket.is_full(now=0.9)
    assert bucket.is_full(now=1)
