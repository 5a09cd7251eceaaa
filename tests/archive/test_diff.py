"""How a mention may change, and what is no change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pyarrow as pa
import pytest

from nisba_service.archive.diff import compare
from nisba_service.archive.tables import DELTA, Change
from tests.support.archives import Article, Row, candidate, links

EN = Article("en-1", "Saleh al-Arouri met Hamdallah in Cairo.", date(2023, 5, 2))
AR = Article("ar-1", "التقى صالح العاروري رامي الحمد الله في القاهرة.", date(2023, 5, 2))
AROURI, HAMDALLAH = "per:saleh-al-arouri", "per:rami-hamdallah"


def changes(before: Sequence[Row], after: Sequence[Row]) -> list[str]:
    return list(compare(links(*before), links(*after), {})["change"].to_pylist())


def only(before: Row | None, after: Row | None) -> Mapping[str, object]:
    rows = [links(*([] if row is None else [row])) for row in (before, after)]
    (delta,) = compare(rows[0], rows[1], {}).to_pylist()
    assert isinstance(delta, dict)
    return delta


@pytest.mark.parametrize(("article", "name"), [(EN, "Hamdallah"), (AR, "الحمد الله")])
class TestKinds:
    def test_added_and_removed(self, article: Article, name: str) -> None:
        row = article.link(name, HAMDALLAH)
        assert changes([], [row]) == [Change.ADDED]
        assert changes([row], []) == [Change.REMOVED]

    def test_linked_to_another(self, article: Article, name: str) -> None:
        before, after = article.link(name, HAMDALLAH), article.link(name, "per:hamdallah-2")
        assert changes([before], [after]) == [Change.REPOINTED]

    def test_new_to_known_and_back(self, article: Article, name: str) -> None:
        nil, linked = article.link(name), article.link(name, HAMDALLAH)
        assert changes([nil], [linked]) == [Change.NEWLY_LINKED]
        assert changes([linked], [nil]) == [Change.NEWLY_NIL]

    def test_ambiguous_and_back(self, article: Article, name: str) -> None:
        between = article.ambiguous(name, HAMDALLAH, "per:hamdallah-2")
        assert changes([article.link(name, HAMDALLAH)], [between]) == [Change.NEWLY_AMBIGUOUS]
        assert changes([article.link(name)], [between]) == [Change.NEWLY_AMBIGUOUS]
        assert changes([between], [article.link(name, HAMDALLAH)]) == [Change.RESOLVED]
        assert changes([between], [article.link(name)]) == [Change.NEWLY_NIL]

    def test_the_same_answer_told_otherwise(self, article: Article, name: str) -> None:
        row = article.link(name, HAMDALLAH)
        renamed = article.link(name, HAMDALLAH, name="Rami al-Hamdallah")
        assert changes([row], [renamed]) == [Change.REDESCRIBED]
        organisation = article.link(name, HAMDALLAH, type="ORGANIZATION", confidence=0.7)
        assert changes([row], [organisation]) == [Change.REDESCRIBED]
        surer = article.link(name, HAMDALLAH, confidence=0.95)
        assert changes([row], [surer]) == [Change.RESCORED]

    def test_ambiguous_between_others(self, article: Article, name: str) -> None:
        before = article.ambiguous(name, HAMDALLAH, "per:hamdallah-2")
        after = article.ambiguous(name, HAMDALLAH, "per:hamdallah-3")
        assert changes([before], [after]) == [Change.RESCORED]
        assert changes([before], [before]) == []

    def test_what_is_no_change(self, article: Article, name: str) -> None:
        row = article.link(name, HAMDALLAH)
        elsewhere = article.link(name, HAMDALLAH, mention=3, antecedent=1, source="SPOTTER")
        assert changes([row], [elsewhere]) == []
        other_loser = [candidate(HAMDALLAH, name), candidate("per:hamdallah-2", name, 0.1)]
        assert changes([row], [article.link(name, HAMDALLAH, candidates=other_loser)]) == []
        nil = article.link(name)
        assert changes([nil], [{**nil, "candidates": other_loser}]) == []


def test_a_span_that_grew_is_one_removed_and_one_added() -> None:
    short, long = AR.link("العاروري", AROURI), AR.link("صالح العاروري", AROURI)
    assert changes([short], [long]) == [Change.ADDED, Change.REMOVED]  # in order of start


def test_a_delta_says_what_was_and_what_is() -> None:
    before = AR.link("الحمد الله", confidence=0.2)
    after = AR.link("الحمد الله", HAMDALLAH, name="رامي الحمد الله", confidence=0.8)
    deltas = compare(links(before), links(after), {"ar-1": [HAMDALLAH, AROURI], "en-1": ["x"]})
    assert deltas.schema == DELTA
    start = AR.text.index("الحمد الله")
    assert deltas.to_pylist() == [
        {
            "document_id": "ar-1",
            "date": date(2023, 5, 2),
            "start": start,
            "end": start + 10,
            "text": "الحمد الله",
            "change": "newly_linked",
            "before_outcome": "NIL",
            "before_entity_id": None,
            "before_entity_name": None,
            "before_confidence": 0.2,
            "after_outcome": "LINKED",
            "after_entity_id": HAMDALLAH,
            "after_entity_name": "رامي الحمد الله",
            "after_confidence": 0.8,
            "because": [HAMDALLAH, AROURI],
        }
    ]


def test_a_side_that_lacks_the_mention_is_null() -> None:
    removed = only(EN.link("Hamdallah", HAMDALLAH), None)
    assert removed["before_entity_id"] == HAMDALLAH
    assert (removed["after_outcome"], removed["after_confidence"]) == (None, None)
    added = only(None, EN.link("Hamdallah", HAMDALLAH))
    assert (added["before_outcome"], added["after_entity_id"]) == (None, HAMDALLAH)
    assert added["because"] == []


def test_documents_keep_their_order_and_mentions_that_of_the_text() -> None:
    first, second = Article("z", "Arouri, then Hamdallah"), Article("a", "Arouri")
    before = [first.link("Hamdallah", HAMDALLAH), second.link("Arouri", AROURI)]
    after = [first.link("Arouri", AROURI)]
    deltas = compare(links(*before), links(*after), {}).to_pylist()
    assert [(d["document_id"], d["text"], d["change"]) for d in deltas] == [
        ("z", "Arouri", "added"),
        ("z", "Hamdallah", "removed"),
        ("a", "Arouri", "removed"),
    ]


def test_equal_rows_have_no_deltas() -> None:
    rows = [EN.link("Hamdallah", HAMDALLAH), AR.link("القاهرة"), AR.ambiguous("العاروري", "a", "b")]
    assert compare(links(*rows), links(*rows), {}).num_rows == 0
    assert compare(links(), links(), {}).num_rows == 0


def test_chunks_of_a_table_do_not_matter() -> None:
    row, other = EN.link("Hamdallah", HAMDALLAH), AR.link("القاهرة")
    chunked = pa.concat_tables([links(row), links(other)])
    assert compare(chunked, links(row, {**other, "confidence": 0.1}), {}).num_rows == 1
