"""The page: whole, in both languages, and harmless whatever an archive holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from nisba_service.archive.reading import Reader
from nisba_service.archive.report.gather import gather
from nisba_service.archive.report.page import page
from nisba_service.archive.report.words import CHANGES, OUTCOMES, TYPES, Words
from nisba_service.archive.tables import Change
from nisba_service.linking.model import Outcome
from nisba_service.names.types import EntityType
from tests.support.archives import Article, SmallArchive

EVIL = '<script>alert("1")</script>&amp;\u202e'
AROURI = f"per:{EVIL}\"' onload=x"
EN = Article(f"en{EVIL}", f"{EVIL} Saleh al-Arouri met Hamdallah $state.", date(2023, 5, 2))
AR = Article("ar-1", "BBC: قال صالح العاروري إن الحمد الله وصل.", date(2024, 6, 2))
_EMPTY = {"meta", "path", "br"}


class Tree(HTMLParser):
    """Checks that elements close in order, and notes what they are."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in _EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, tag: str) -> Iterator[dict[str, str | None]]:
        return (attributes for seen, attributes in self.seen if seen == tag)


@pytest.fixture
def html(tmp_path: Path) -> str:
    archive = SmallArchive.of(tmp_path / "archive", [EN, AR])
    key = {"new_name_key": "person:hmdl"}
    archive.link("r000001", [EN.link("Saleh al-Arouri"), AR.link("صالح العاروري", "per:old")])
    archive.link(
        "r000002",
        [
            EN.link("Saleh al-Arouri", AROURI, name=EVIL, confidence=0.4),
            EN.link("Hamdallah", name=EVIL, **key),
            AR.link("صالح العاروري", AROURI),
            AR.ambiguous("الحمد الله", "per:rami-hamdallah", AROURI),
        ],
        completed="2026-01-02",
    )
    reader = Reader.open(archive.layout.root)
    return page(gather(reader, reader.state("1"), reader.state("2")))


@pytest.fixture
def tree(html: str) -> Tree:
    parsed = Tree()
    parsed.feed(html)
    assert parsed.open == []
    return parsed


def test_nothing_of_an_archive_is_markup(html: str, tree: Tree) -> None:
    assert not list(tree.all("script"))
    assert "&lt;script&gt;" in html
    assert "$state" in html  # as the text has it
    assert not any(name.startswith("on") for _, given in tree.seen for name in given)


def test_directions_do_not_leak(html: str) -> None:
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", html)


def test_nothing_is_fetched(html: str, tree: Tree) -> None:
    assert not [a for _, a in tree.seen if {"src", "srcset", "data", "poster"} & a.keys()]
    assert all((a["href"] or "").startswith("#") for a in tree.all("a"))
    assert not list(tree.all("link"))
    assert "url(" not in html
    assert "@import" not in html
    assert "default-src 'none'" in html


def test_links_of_the_page_lead_somewhere(tree: Tree) -> None:
    ids = {given["id"] for _, given in tree.seen if "id" in given}
    targets = {(a["href"] or "").removeprefix("#") for a in tree.all("a")}
    assert targets
    assert targets <= ids


def test_a_text_has_the_direction_of_most_of_its_letters(html: str, tree: Tree) -> None:
    assert {a["dir"] for a in tree.all("figure")} == {"ltr", "rtl"}
    assert {a["lang"] for a in tree.all("blockquote")} == {"en", "ar"}
    arabic = '<figure dir="rtl"><blockquote lang="ar">BBC: قال <mark>صالح العاروري</mark> إن'
    assert arabic in html


def test_names_are_isolated_and_say_their_language(html: str) -> None:
    assert '<bdi class="name" lang="ar">صالح العاروري</bdi>' in html
    assert '<bdi lang="ar">الحمد الله</bdi>' in html


def test_every_section_has_both_languages(html: str) -> None:
    for words in (
        *(Words.REPORT, Words.CHANGES, Words.OVER_TIME, Words.NEW_NAMES, Words.DOUBTS),
        *(Words.WEAK, Words.AMBIGUOUS, Words.MENTIONS),
    ):
        assert words.value.english in html
        assert words.value.arabic in html


def test_everything_has_a_label() -> None:
    assert set(CHANGES) == set(Change)
    assert set(OUTCOMES) == set(Outcome)
    assert set(TYPES) == set(EntityType)


def test_how_much_changed(html: str) -> None:
    assert "In both states: 2 documents. Changed: 4 mentions in 2 documents." in html


def test_where_no_run_says_why_the_page_does(html: str) -> None:
    assert "Why is not known" in html


def test_an_archive_without_mentions(tmp_path: Path) -> None:
    archive = SmallArchive.of(tmp_path / "archive", [AR])
    archive.link("r000001", [])
    reader = Reader.open(archive.layout.root)
    empty = page(gather(reader, None, reader.newest()))
    assert "Links to review" not in empty
    assert "<b>0</b>" in empty


def test_an_archive_without_dates(tmp_path: Path) -> None:
    undated = Article("ar-1", AR.text)
    archive = SmallArchive.of(tmp_path / "archive", [undated])
    archive.link("r000001", [undated.link("صالح العاروري", "per:saleh-al-arouri")])
    reader = Reader.open(archive.layout.root)
    html = page(gather(reader, None, reader.newest()))
    assert "No document has a date." in html
    assert "1 in documents without a date" in html
    assert "<svg" not in html


def test_a_state_that_is_as_the_one_before(tmp_path: Path) -> None:
    archive = SmallArchive.of(tmp_path / "archive", [AR])
    rows = [AR.link("صالح العاروري", "per:saleh-al-arouri")]
    archive.link("r000001", rows)
    archive.link("r000002", rows, completed="2026-01-02")
    reader = Reader.open(archive.layout.root)
    html = page(gather(reader, reader.state("1"), reader.state("2")))
    assert "In both states: 1 document. No mention has another answer." in html
