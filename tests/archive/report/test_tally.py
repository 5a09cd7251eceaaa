"""Counts by key: of mentions, of documents, over shards."""

from __future__ import annotations

import pyarrow as pa
import pytest

from nisba_service.archive.report import tally
from nisba_service.archive.report.tally import Count, Tally, count_of, joined, joined_key

SHARDS: list[list[tuple[str, str | None, float]]] = [
    [("a", "حماس", 0.9), ("a", "حماس", 0.4), ("b", "Fatah", 0.8)],
    [("c", "حماس", 0.6), ("d", None, 0.1), ("d", None, 0.2)],
]


def rows(shard: list[tuple[str, str | None, float]]) -> pa.Table:
    documents, names, confidences = zip(*shard, strict=True)
    columns = {"document_id": documents, "name": names, "confidence": confidences}
    return pa.table({name: list(values) for name, values in columns.items()})


@pytest.mark.parametrize("waiting", [0, 1 << 15])
def test_mentions_and_documents_of_each_key(waiting: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "_WAITING", waiting)
    counts = Tally(["name"], lowest="confidence")
    for shard in SHARDS:
        counts.count(rows(shard))
    assert counts.distinct == 3
    best, second, _ = counts.top(None, ("mentions", "descending"), ("confidence", "ascending"))
    assert (best["name"], count_of(best), best["confidence"]) == ("حماس", Count(3, 2), 0.4)
    assert (second["name"], count_of(second), second["confidence"]) == (None, Count(2, 1), 0.1)


def test_equals_stand_in_the_order_of_their_keys() -> None:
    counts = Tally(["name"])
    counts.count(rows([("1", "b", 1.0), ("2", "a", 1.0), ("3", "c", 1.0)]))
    assert [row["name"] for row in counts.top(2, ("mentions", "descending"))] == ["a", "b"]


def test_nothing_counted() -> None:
    counts = Tally(["name"])
    assert (counts.distinct, counts.top(5, ("mentions", "descending"))) == (0, [])


def test_several_columns_as_one_key() -> None:
    table = pa.table({"x": ["a", None], "y": ["ب", "b"]})
    keys = joined(table, ["x", "y"]).to_pylist()
    assert keys == [joined_key(row, ["x", "y"]) for row in table.to_pylist()]
    assert len(set(keys)) == 2
