"""The figures of `bench.names` mean what their names say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.names import exhaustive
from bench.names.__main__ import sections
from bench.names.tasks import (
    Hit,
    Query,
    Task,
    average_precision,
    best_f1,
    calibration_error,
    first_rate,
    is_arabic_type,
    precision_at,
)

LABELS = [True, False, True, False]
SCORES = [0.9, 0.8, 0.7, 0.1]


def test_a_tie_with_a_wrong_candidate_counts_half() -> None:
    task = Task((Query("Aruri", frozenset({0})),), ("Arouri", "Hamdan"))
    assert first_rate(task, [[Hit(0, 1.0), Hit(1, 0.5)]]) == 1.0
    assert first_rate(task, [[Hit(0, 1.0), Hit(1, 1.0)]]) == 0.5
    assert first_rate(task, [[Hit(1, 1.0)]]) == 0.0


def test_average_precision_and_the_threshold_of_the_best_f1() -> None:
    assert average_precision(LABELS, SCORES) == pytest.approx((1 + 2 / 3) / 2)
    assert list(best_f1(LABELS, SCORES)) == pytest.approx([0.8, 0.7])
    assert list(precision_at(LABELS, SCORES, 0.7)) == pytest.approx([2 / 3, 1.0])
    assert precision_at(LABELS, SCORES, 0.9) == (1.0, 0.5)


def test_calibration_error_is_the_mean_distance_of_said_and_true() -> None:
    error, bins = calibration_error([True, False, True, True], [0.55, 0.55, 0.95, 0.95])
    assert [*map(list, bins)] == [pytest.approx([2, 0.55, 0.5]), pytest.approx([2, 0.95, 1.0])]
    assert error == pytest.approx(0.05)


@pytest.mark.parametrize(
    "name",
    ["صالح", "Saleh al-Arouri", "Mohammed bin Salman", "Abu Mazen", "Abdullah Hasan", "ElBaradei"],
)
def test_names_of_arabic_type(name: str) -> None:
    assert is_arabic_type(name)


@pytest.mark.parametrize("name", ["Olaf Scholz", "Angela Merkel", "Acme Ltd", "Alan Turing", ""])
def test_names_of_other_types(name: str) -> None:
    assert not is_arabic_type(name)


def test_a_scan_loses_nothing_that_the_index_finds(tmp_path: Path) -> None:
    (tmp_path / "T1").mkdir()
    content = {
        "cands": ["صالح العاروري", "أسامة حمدان", "رامي الحمد الله", "غزة"],
        "queries": [
            {"q": "Saleh al-Arouri", "gold": [0]},
            {"q": "Rami Hamdallah", "gold": [2]},
            {"q": "Qqq", "gold": [3]},  # the scan returns everything of so few: lost
        ],
    }
    (tmp_path / "T1/task.dev.json").write_text(json.dumps(content), "utf-8")
    kept = exhaustive.measure(tmp_path, "T1/task", 4)
    assert (kept.found, kept.lost) == (2, 1)
    assert kept.recall == pytest.approx(2 / 3)


def test_sections_that_are_not_measured_again_stay() -> None:
    results = "# Heading\n\n<!-- speed -->\nfast\n\n<!-- scan -->\nall\n"
    assert sections(results) == {"speed": "\nfast\n\n", "scan": "\nall\n"}
