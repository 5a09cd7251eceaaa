"""What a text says about each of its mentions beside the names themselves."""

from __future__ import annotations

from datetime import date

import pytest

from nisba_service.linking.clues import AROUND, Clues, read_clues
from nisba_service.linking.vocabulary import Vocabulary
from nisba_service.names.types import Language
from nisba_service.tagging.model import Document, Mention, Source
from tests.linking.world import WORLD, read

WORDS = Vocabulary.of(WORLD)
LEBANON, LIBYA, JORDAN = "loc:lebanon", "loc:libya", "loc:jordan"


def clues(marked: str, day: date | None = None) -> Clues:
    text, spans = read(marked)
    mentions = [
        Mention(s.start, s.end, name, name, "", s.type, Language.EN, Source.TAGGER)
        for s in spans
        for name in [text[s.start : s.end]]
    ]
    return read_clues(Document(text, date=day), mentions, WORDS.beginning)


def beside(marked: str) -> set[str]:
    """Return what stands beside the one mention of a text."""
    (found,) = clues(marked).beside
    return set(found)


def around(marked: str) -> set[str]:
    """Return the countries around the one mention of a text."""
    (found,) = clues(marked).around
    return set(found)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("in [L:Tripoli], Lebanon, on Monday", {LEBANON}),
        ("in [L:Tripoli] (Libya)", {LIBYA}),
        ("in the Libyan capital [L:Tripoli]", {LIBYA}),
        ("Jordan's [P:King Abdullah]", {JORDAN}),
        ("[P:Aoun], the Lebanese president, spoke", {LEBANON, "president"}),
        ("President [P:Aoun]", {"president"}),
        ("في [L:طرابلس] الليبية", {LIBYA}),
        ("العاهل الأردني [P:الملك عبد الله]", {JORDAN, "king"}),
        ("الرئيس [P:عون]", {"president"}),
    ],
)
def test_beside_a_mention(marked: str, expected: set[str]) -> None:
    assert beside(marked) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "They left Lebanon. [L:Tripoli] slept.",
        "Lebanon, where nobody had slept for days, and [L:Tripoli]",
        "[L:Tripoli] slept; Lebanon did not",
        "[L:Tripoli] has a port that Lebanon uses",
        "غادروا لبنان. نامت [L:طرابلس]",
    ],
)
def test_not_beside_it(marked: str) -> None:
    assert beside(marked) == set()


def test_a_country_behind_a_name_is_its_own_rather_than_one_before_it() -> None:
    assert beside("Jordan and [L:Tripoli], Libya") == {LIBYA}


def test_a_name_is_no_clue_to_itself() -> None:
    assert around("[L:Lebanon] slept") == set()
    assert beside("[P:King Abdullah] slept") == set()


def test_countries_around_a_mention_up_to_a_distance() -> None:
    assert around("Lebanon slept. [L:Tripoli] slept, not so Libya.") == {
        LEBANON,
        LIBYA,
    }
    assert around("Lebanon " + "and so on " * AROUND + "[L:Tripoli]") == set()
    assert around("President of nothing, in [L:Tripoli]") == set()


def test_the_headline_is_the_first_line_of_several() -> None:
    assert clues("[P:Abbas] back\n\n[P:Mahmoud Abbas] is back.").headline == 1
    assert clues("\n [P:عباس] يعود\nعاد [P:محمود عباس].").headline == 1
    assert clues("[P:Abbas] is back.").headline == 0


def test_the_date_and_the_latest_year_of_the_text() -> None:
    found = clues("[P:Abbas] spoke in 2005 of 1967.", date(2006, 1, 25))
    assert (found.date, found.latest_year) == (date(2006, 1, 25), 2005)
    assert clues("[P:عباس]").latest_year is None


def test_definitions_are_read() -> None:
    assert clues("[O:Rapid Relief Front] ([O:RRF])").definitions == {1: 0}
