"""What a report says of a small archive in both languages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nisba_service.archive.diff import compare
from nisba_service.archive.reading import Reader
from nisba_service.archive.report.facts import Changes, Named, Report
from nisba_service.archive.report.gather import gather
from nisba_service.archive.report.tally import Count
from nisba_service.archive.tables import Change
from nisba_service.linking.model import Outcome
from nisba_service.names.types import EntityType
from tests.support.archives import Article, Row, SmallArchive, links

AROURI, HAMDALLAH, OTHER = "per:saleh-al-arouri", "per:rami-hamdallah", "per:hamdallah-2"
EN = Article("en-1", "Saleh al-Arouri met Hamdallah. Later Tarek Mansour spoke.", date(2023, 5, 2))
AR = Article("ar-1", "قال صالح العاروري إن الحمد الله وصل مع طارق منصور.", date(2023, 6, 2))
AR_2 = Article("ar-2", "عاد صالح العاروري، ورحب الحمد الله بطارق منصور.", date(2023, 6, 9))
UNDATED = Article("en-2", "Arouri and Hamdallah, with the Daily Star.")
KEY = "person:mnsr-trk"


def arouri(article: Article, text: str, **given: object) -> Row:
    name = "Saleh al-Arouri" if article.text.isascii() else "صالح العاروري"
    return article.link(text, AROURI, name=name, **given)


def before() -> list[list[Row]]:
    return [
        [arouri(EN, "Saleh al-Arouri"), EN.link("Hamdallah"), EN.link("Mansour", OTHER)],
        [arouri(AR, "صالح العاروري"), AR.link("الحمد الله")],
    ]


def after() -> list[list[Row]]:
    new = {"new_name_key": KEY}
    return [
        [
            arouri(EN, "Saleh al-Arouri"),
            EN.link("Hamdallah", HAMDALLAH, name="Rami Hamdallah", confidence=0.55),
            EN.link("Tarek Mansour", **new),
            AR.link("صالح العاروري", AROURI, name="صالح العاروري"),
            AR.link("الحمد الله", HAMDALLAH, name="رامي الحمد الله"),
            AR.link("طارق منصور", **new),
        ],
        [
            arouri(AR_2, "صالح العاروري"),
            AR_2.ambiguous("الحمد الله", HAMDALLAH, OTHER),
            AR_2.link("طارق منصور", **new),
            arouri(UNDATED, "Arouri", confidence=0.95),
            UNDATED.link("Daily Star", type="MISC", new_name_key="misc:dl-str"),
            UNDATED.ambiguous("Hamdallah", HAMDALLAH, OTHER),
        ],
    ]


@pytest.fixture
def archive(tmp_path: Path) -> SmallArchive:
    made = SmallArchive.of(tmp_path / "archive", [EN, AR], [AR_2, UNDATED])
    first, second = after()
    old = [*before()[0], *before()[1]]
    made.link("r000001", old, completed="2026-01-01")
    made.link("r000002", first, second, completed="2026-01-02")
    because = {"en-1": [HAMDALLAH], "ar-1": [HAMDALLAH, "per:new"]}
    made.delta("r000001", "r000002", compare(links(*old), links(*first), because))
    return made


@pytest.fixture
def report(archive: SmallArchive) -> Report:
    reader = Reader.open(archive.layout.root)
    return gather(reader, reader.state("1"), reader.state("2"))


@pytest.fixture
def changes(report: Report) -> Changes:
    assert report.changes is not None
    return report.changes


def test_totals(report: Report) -> None:
    totals = report.totals
    assert (totals.documents, totals.mentions, totals.entities, totals.undated) == (4, 12, 2, 3)
    assert dict(totals.outcomes) == {
        Outcome.LINKED: Count(6, 4),
        Outcome.AMBIGUOUS: Count(2, 2),
        Outcome.NIL: Count(4, 4),
    }
    assert dict(totals.languages) == {"ar": Count(6, 2), "en": Count(6, 2)}


def test_entities_over_time_with_both_of_their_names(report: Report) -> None:
    first, second = report.entities
    assert first.entity == Named(AROURI, "Saleh al-Arouri", "صالح العاروري")
    assert first.count == Count(4, 4)
    assert first.months == ((12 * 2023 + 4, 1), (12 * 2023 + 5, 2))  # the fourth has no date
    assert second.entity == Named(HAMDALLAH, "Rami Hamdallah", "رامي الحمد الله")


def test_new_names_come_with_their_spellings_in_both_scripts(report: Report) -> None:
    (name,) = report.new_names  # the Daily Star is MISC, which nobody proposes
    assert (name.type, name.count) == (EntityType.PERSON, Count(3, 3))
    assert name.spellings == (("طارق منصور", 2), ("Tarek Mansour", 1))
    assert (name.first, name.last) == (date(2023, 5, 2), date(2023, 6, 9))
    assert [example.document_id for example in name.examples] == ["en-1", "ar-1"]
    assert name.examples[1].context.before.endswith("وصل مع ")


def test_links_to_review(report: Report) -> None:
    (weak,) = report.weak
    assert (weak.name, weak.lowest, weak.count) == ("Hamdallah", 0.55, Count(1, 1))
    assert weak.entity.id == HAMDALLAH
    latin, arabic = report.ambiguous
    assert (latin.name, latin.examples[0].document_id) == ("Hamdallah", "en-2")
    assert [(entity.id, score) for entity, score in arabic.candidates] == [
        (HAMDALLAH, 0.5),
        (OTHER, 0.5),
    ]
    assert arabic.candidates[1][0].arabic == "الحمد الله"  # nothing is linked to it


def test_what_changed(changes: Changes) -> None:
    assert (changes.before, changes.documents, changes.not_compared) == ("r000001", 2, 2)
    assert changes.total == Count(5, 2)
    assert [(kind.change, kind.count) for kind in changes.kinds] == [
        (Change.NEWLY_LINKED, Count(2, 2)),
        (Change.REMOVED, Count(1, 1)),
        (Change.ADDED, Count(2, 2)),
    ]
    (way,) = changes.kinds[0].ways
    assert way.before is not None
    assert way.before.outcome is Outcome.NIL
    assert way.after is not None
    assert way.after.entity == Named(HAMDALLAH, "Rami Hamdallah", "رامي الحمد الله")
    assert [example.context.mention for example in way.examples] == ["Hamdallah", "الحمد الله"]


def test_why_it_changed(changes: Changes) -> None:
    assert changes.reasons_known
    assert [(entity.id, count) for entity, count in changes.reasons] == [
        (HAMDALLAH, Count(5, 2)),
        ("per:new", Count(2, 1)),
    ]
    (way,) = changes.kinds[0].ways
    assert [entity.id for entity in way.because] == [HAMDALLAH, "per:new"]


def test_an_entity_that_is_gone_keeps_its_name(changes: Changes) -> None:
    (way,) = changes.kinds[1].ways
    assert way.before is not None
    assert way.before.entity is not None
    assert (way.before.entity.id, way.before.entity.english) == (OTHER, "Mansour")
    assert way.after is None


def test_the_first_state_has_no_changes(archive: SmallArchive) -> None:
    reader = Reader.open(archive.layout.root)
    report = gather(reader, None, reader.state("1"))
    assert (report.changes, report.state, report.totals.mentions) == (None, "r000001", 5)
