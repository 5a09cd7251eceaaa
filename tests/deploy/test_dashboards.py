"""The dashboard and the alerts ask for what a server really tells, and the dashboard for all of it.

Prometheus's own grammar reads the queries; a running server, scraped over HTTP, says what there is.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import promql_parser as promql
import pytest
import yaml

from nisba_service.server.telemetry.metrics import METRICS
from tests.support.scraping import scraped
from tests.support.serving import serving
from tests.support.use import used

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
DASHBOARD = json.loads((DEPLOY / "grafana" / "nisba.json").read_text(encoding="utf-8"))
ALERTS = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yaml").read_text(encoding="utf-8"))
RULES = [rule for group in ALERTS["groups"] for rule in group["rules"]]
PANELS = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]
TARGETS = [target for panel in PANELS for target in panel["targets"]]

OF_PROMETHEUS = {"job", "instance"}
"""Labels that Prometheus adds."""

_SELECTOR = re.compile(r"\{\{\s*\$?(?:labels\.)?(\w+)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A series that a query asks for, with the values of its labels where they are named."""

    name: str
    labels: tuple[tuple[str, str, str], ...]


def parsed(query: str) -> Any:
    return promql.parse(query.replace("$__rate_interval", "5m"))


def within(expression: Any) -> list[Any]:
    """Return an expression and all that is within it."""
    found: list[Any] = []

    def visit(visited: Any) -> None:
        found.append(visited)
        if isinstance(visited, promql.MatrixSelector):
            found.append(visited.vector_selector)

    promql.walk(expression, visit)
    return found


def selectors(query: str) -> list[Asked]:
    found = [e for e in within(parsed(query)) if isinstance(e, promql.VectorSelector)]
    assert found, query
    return [
        Asked(str(e.name), tuple((m.name, str(m.op), m.value) for m in e.matchers.matchers))
        for e in found
    ]


def grouped_by(query: str) -> set[str]:
    """Return the labels that a query groups or joins by."""
    found: set[str] = set()
    for expression in within(parsed(query)):
        modifier = getattr(expression, "modifier", None)
        matching = getattr(modifier, "matching", modifier)
        found |= set(getattr(matching, "labels", None) or ())
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """What a server tells: the labels of each name, and their values."""

    labels: dict[str, dict[str, set[str]]]


@pytest.fixture
async def told() -> Told:
    async with serving(metrics_address="127.0.0.1:0") as served:
        await used(served)
        page = await scraped(served.server.metrics_address)
    labels: dict[str, dict[str, set[str]]] = {"up": {}}
    for sample in page.samples:
        of = labels.setdefault(sample.name, {})
        for label, value in sample.labels.items():
            of.setdefault(label, set()).add(value)
    return Told(labels)


def queries() -> list[str]:
    return [target["expr"] for target in TARGETS] + [rule["expr"] for rule in RULES]


async def test_every_query_asks_for_series_and_labels_that_there_are(told: Told) -> None:
    for query in queries():
        for asked in selectors(query):
            assert asked.name in told.labels, f"{asked.name} in {query}"
            known = told.labels[asked.name].keys() | OF_PROMETHEUS
            assert {label for label, _, _ in asked.labels} <= known, query
        all_known = {x for a in selectors(query) for x in told.labels[a.name]} | OF_PROMETHEUS
        assert grouped_by(query) <= all_known, query


def test_every_value_that_a_query_names_is_one_that_its_label_may_have() -> None:
    values = {label.name: label.values for metric in METRICS for label in metric.labels}
    for query in queries():
        for asked in selectors(query):
            for label, _, written in asked.labels:
                if label not in OF_PROMETHEUS:
                    for value in written.split("|"):
                        pattern = re.compile(value)
                        assert any(map(pattern.fullmatch, values[label])), f"{value} in {query}"


def test_every_metric_is_on_the_dashboard() -> None:
    asked = {s.name for target in TARGETS for s in selectors(target["expr"])}
    bare = {re.sub(r"_(bucket|count|sum)$", "", name) for name in asked}
    assert {metric.prometheus_name for metric in METRICS} <= bare | asked


async def test_a_legend_and_a_sentence_name_labels_that_their_query_has(told: Told) -> None:
    texts = [(t["expr"], t["legendFormat"]) for t in TARGETS]
    texts += [(r["expr"], " ".join(r["annotations"].values())) for r in RULES]
    for query, text in texts:
        names = set(_SELECTOR.findall(text)) - {"value"}
        known = {x for asked in selectors(query) for x in told.labels[asked.name]} | OF_PROMETHEUS
        assert names <= known, f"{text} over {query}"
        groups = grouped_by(query)
        if any(isinstance(e, promql.AggregateExpr) for e in within(parsed(query))):
            assert names <= groups, f"{text} over {query}"


def test_an_alert_says_what_is_wrong_and_how_urgent_it_is() -> None:
    names = [rule["alert"] for rule in RULES]
    assert len(names) == len(set(names))
    for rule in RULES:
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert rule["annotations"].keys() == {"summary", "description"}


def test_panels_have_titles_and_places_of_their_own() -> None:
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])
    assert len({panel["title"] for panel in PANELS}) == len(PANELS)
    cells = [
        (panel["gridPos"]["x"] + x, panel["gridPos"]["y"] + y)
        for panel in DASHBOARD["panels"]
        for x in range(panel["gridPos"]["w"])
        for y in range(panel["gridPos"]["h"])
    ]
    assert len(cells) == len(set(cells))
