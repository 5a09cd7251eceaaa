"""The table of metrics: what each may say, and that the page for operators says the same."""

from __future__ import annotations

import re
from math import prod
from pathlib import Path

import pytest

from nisba_service.server.reading import Task
from nisba_service.server.telemetry.metric import OTHER, Kind, Metric, prometheus_name
from nisba_service.server.telemetry.metrics import DOCUMENTS, LANGUAGE, METHOD, METRICS, REASON

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "operations.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(nisba_\w+)` \| (\w+) \| (.+?) \| (.+) \|$", re.MULTILINE)


def row(metric: Metric) -> tuple[str, str, str, str]:
    labels = ", ".join(f"`{label.name}`" for label in metric.labels) or "–"
    return metric.prometheus_name, metric.kind, labels, metric.says


def test_the_page_for_operators_has_the_same_table() -> None:
    assert ROW.findall(PAGE) == [row(metric) for metric in METRICS]


@pytest.mark.parametrize(
    ("name", "unit", "kind", "told"),
    [
        ("nisba.call.duration", "s", Kind.HISTOGRAM, "nisba_call_duration_seconds"),
        ("nisba.links", "{mention}", Kind.COUNTER, "nisba_links_total"),
        ("nisba.queue.filled", "1", Kind.GAUGE, "nisba_queue_filled_ratio"),
        ("nisba.workers.alive", "{worker}", Kind.GAUGE, "nisba_workers_alive"),
    ],
)
def test_a_name_in_prometheus_has_its_unit(name: str, unit: str, kind: Kind, told: str) -> None:
    assert prometheus_name(name, unit, kind) == told


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_only_histograms_have_bounds_and_they_rise(metric: Metric) -> None:
    assert bool(metric.bounds) == (metric.kind is Kind.HISTOGRAM)
    assert list(metric.bounds) == sorted(set(metric.bounds))


@pytest.mark.parametrize("word", ["Hamas", "حماس", "", "EN", "LinkTexts"])
def test_a_label_says_nothing_but_its_values(word: str) -> None:
    assert LANGUAGE.of(word) == METHOD.of(word) == REASON.of(word) == OTHER


def test_labels_know_the_contract() -> None:
    assert METHOD.of("LinkText") == "LinkText"
    assert METHOD.of("ImportEntities") == "ImportEntities"
    assert REASON.of("OVERLOADED") == "OVERLOADED"
    assert REASON.of("UNSPECIFIED") == OTHER


def test_a_member_of_an_enum_and_its_value_are_one_series() -> None:
    written = DOCUMENTS.attributes((Task.LINK, "ar"))
    assert written == DOCUMENTS.attributes(("link", "ar")) == {"task": "link", "language": "ar"}
    assert {type(value) for value in written.values()} == {str}


def test_the_number_of_series_is_bounded() -> None:
    for metric in METRICS:
        # OTHER is a value, too.
        series = prod(len(label.values) + 1 for label in metric.labels)
        assert series <= 500, metric.name
