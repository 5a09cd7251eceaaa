from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from nisba_service.evaluation import report_html, report_json, report_table
from nisba_service.evaluation.calibration import calibration
from nisba_service.evaluation.evaluate import Evaluation
from nisba_service.evaluation.reliability_plot import plot
from nisba_service.evaluation.tables import Table, tables


def rows(table: Table) -> dict[str, tuple[str, ...]]:
    return {row[0]: row[1:] for row in table.rows}


def test_figures_stand_side_by_side(evaluation: Evaluation) -> None:
    figures = tables(evaluation)[0]
    assert figures.header == ("", "en", "ar", "all")
    found = rows(figures)
    assert found["gold mentions"] == ("7", "7", "14")
    assert found["InKB (P R F1), end to end"] == ("0.500 0.500 0.500",) * 3
    assert found["InKB (P R F1), spans given"] == ("– 0.000 0.000",) * 3
    assert found["NIL persons linked to somebody, end to end"][2] == "1.000 (2/2)"
    assert found["links of confidence ≥ 0.9 that are right"][0] == "1.000 (2/2)"


def test_tags_say_how_their_mentions_were_answered(evaluation: Evaluation) -> None:
    english = tables(evaluation)[1]
    assert english.title == "By tag, end to end: en"
    assert rows(english)["ambiguous"] == ("3", "1", "1", "1", "0", "0", "0.333", "0.000")


def test_columns_of_text_are_aligned() -> None:
    table = Table("Title", ("", "en", "ar"), (("F1", "0.5", "1.000"), ("recall", "–", "0.1")))
    assert report_table.report([table]).split("\n") == [
        "Title",
        "         en     ar",
        "F1      0.5  1.000",
        "recall    –    0.1",
    ]


def test_a_mistake_is_a_line_whose_text_keeps_its_direction(evaluation: Evaluation) -> None:
    lines = report_table.mistakes(evaluation.mistakes).split("\n")
    assert len(lines) == 10
    assert (
        "case-ar\t33-44\tmissed\tNIL → per:mushir-al-masri 0.60 at 38-44\t\u2068منيب المصري\u2069"
        "\tnamesake"
    ) in lines
    assert (
        "case-en\t63-72\tambiguous\tper:rami-hamdallah → AMBIGUOUS 0.50\t\u2068Hamdallah\u2069\t"
        "ambiguous short-name"
    ) in lines


SCORE_KEYS = {
    "documents", "tokens", "mentions", "mentions_overlap", "in_kb", "nil", "nil_linked",
    "nil_persons_linked", "links_outside", "links_outside_per_1000_tokens", "tags", "calibration",
}  # fmt: skip


def test_json_has_the_documented_keys(evaluation: Evaluation) -> None:
    report = json.loads(report_json.report(evaluation))
    assert report.keys() == {"sections"}
    assert report["sections"].keys() == {"en", "ar", "all"}
    for section in report["sections"].values():
        assert section.keys() == {"end_to_end", "spans_given"}
        assert section["end_to_end"].keys() == SCORE_KEYS == section["spans_given"].keys()
    arabic = report["sections"]["ar"]["end_to_end"]
    assert arabic["in_kb"] == {
        "precision": 0.5, "recall": 0.5, "f1": 0.5, "right": 3, "answered": 6, "gold": 6,
    }  # fmt: skip
    assert arabic["nil_persons_linked"] == {"share": 1.0, "count": 1, "of": 1}
    assert arabic["tags"]["ambiguous"]["accuracy"] == 0.333333
    assert report["sections"]["ar"]["spans_given"]["in_kb"]["precision"] is None


def test_json_quotes_texts_only_when_errors_are_asked_for(evaluation: Evaluation) -> None:
    assert "منيب" not in report_json.report(evaluation)
    errors = json.loads(report_json.report(evaluation, with_mistakes=True))["errors"]
    assert errors[0] == {
        "document": "case-ar", "kind": "wrong", "start": 12, "end": 15, "text": "فتح",
        "gold": "org:fatah", "tags": ["ambiguous"],
        "answers": [
            {"start": 12, "end": 15, "outcome": "LINKED", "entity_id": "org:fatah-al-islam",
             "confidence": 0.7},
        ],
    }  # fmt: skip


class _Tags(HTMLParser):
    """Checks that tags close in order, and counts them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_fetches_nothing(evaluation: Evaluation) -> None:
    page = report_html.page(evaluation, with_mistakes=True)
    tags = _Tags(page)
    assert tags.open == []
    assert tags.seen.count("svg") == 3
    assert not {"script", "link", "img", "iframe"} & set(tags.seen)
    assert not re.search(r"@import|url\(|https?:", page)
    assert "<bdi>منيب المصري</bdi>" in page
    assert "<td>0.500 0.500 0.500</td>" in page


def test_the_page_quotes_texts_only_when_errors_are_asked_for(evaluation: Evaluation) -> None:
    assert "منيب" not in report_html.page(evaluation)
    assert "Munib" not in report_html.page(evaluation)


@pytest.mark.parametrize("name", ['<b>"&', "غزة"])
def test_the_plot_has_a_dot_for_each_bin(name: str) -> None:
    drawn = plot(name, calibration([(0.5, True), (0.5, False), (1.0, True), (1.0, True)]))
    assert _Tags(drawn).seen.count("circle") == 2
    # Both on the diagonal, from (44, 304) to (304, 44): half way up, and at its end.
    assert 'cx="174.0" cy="174.0"' in drawn
    assert 'cx="304.0" cy="44.0"' in drawn
    assert "<b>" not in drawn


def test_a_plot_without_links_has_axes() -> None:
    assert "circle" not in plot("en", calibration([]))
    assert "diagonal" in plot("en", calibration([]))
