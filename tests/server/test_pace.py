"""How long work takes, as far as was seen."""

from __future__ import annotations

import pytest

from nisba_service.server.pace import Pace


def test_before_anything_was_seen_work_takes_no_time() -> None:
    assert Pace().seconds(1_000_000) == 0


def test_the_first_observation_is_believed() -> None:
    pace = Pace()
    pace.observe(1_000, 2.0)
    assert pace.seconds(500) == pytest.approx(1.0)


def test_one_odd_batch_moves_the_mean_a_fifth_of_the_way() -> None:
    pace = Pace()
    pace.observe(100, 1.0)
    pace.observe(100, 2.0)
    assert pace.seconds(100) == pytest.approx(1.2)
