"""Names from elsewhere."""

from __future__ import annotations

import pytest

from nisba_service.gazetteer.exchange.drafts import Tally
from nisba_service.gazetteer.exchange.spellings import (
    MIXED,
    SIGNS,
    THIRD_SCRIPT,
    TOO_LONG,
    Spelling,
    name_records,
)
from nisba_service.gazetteer.model import NameKind, NameUse
from nisba_service.names.types import Language

PRIMARY, VARIANT = NameKind.PRIMARY, NameKind.VARIANT


def test_one_primary_name_a_language(tally: Tally) -> None:
    names = ("Hamas", "HAMAS Movement", "حماس", "حركة المقاومة الإسلامية")
    assert name_records([Spelling(name, PRIMARY) for name in names], tally) == [
        {"name": "Hamas", "kind": "primary"},
        {"name": "HAMAS Movement"},
        {"name": "حماس", "kind": "primary"},
        {"name": "حركة المقاومة الإسلامية"},
    ]


def test_without_a_primary_name_the_first_becomes_it(tally: Tally) -> None:
    weak = Spelling("أبو علي", VARIANT, NameUse.NEVER_ALONE)
    assert name_records([weak, Spelling("صالح العاروري"), Spelling("Saleh al-Arouri")], tally) == [
        {"name": "أبو علي", "use": "never-alone"},
        {"name": "صالح العاروري", "kind": "primary"},
        {"name": "Saleh al-Arouri"},
    ]


def test_a_spelling_once_and_under_its_better_kind(tally: Tally) -> None:
    spellings = [
        Spelling("UNRWA"),
        Spelling("UN  RWA "),
        Spelling("UN RWA"),
        Spelling("الأونروا", PRIMARY),
        Spelling("UNRWA", NameKind.ACRONYM),
    ]
    assert name_records(spellings, tally) == [
        {"name": "UN RWA"},
        {"name": "الأونروا", "kind": "primary"},
        {"name": "UNRWA", "kind": "acronym"},
    ]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Хамас", THIRD_SCRIPT),
        ("哈马斯", THIRD_SCRIPT),
        ("—", SIGNS),
        ("Hamаs", MIXED),  # a Cyrillic а
        ("حماس哈", MIXED),
        ("حم\x07اس", MIXED),
        ("ح" * 501, TOO_LONG),
    ],
)
def test_what_is_not_taken_is_counted(tally: Tally, name: str, why: str) -> None:
    assert name_records([Spelling(name, PRIMARY)], tally) == []
    assert tally.left_out == {why: 1}


def test_a_number_has_the_language_that_is_told_or_that_of_its_digits(tally: Tally) -> None:
    told = Spelling("8200", language=Language.AR)
    assert name_records([told, Spelling("8200"), Spelling("٨٢٠٠"), Spelling("وحدة")], tally) == [
        {"name": "8200", "lang": "ar", "kind": "primary"},
        {"name": "8200", "lang": "en"},
        {"name": "٨٢٠٠", "lang": "ar"},
        {"name": "وحدة"},
    ]


def test_an_empty_name_is_nothing(tally: Tally) -> None:
    assert name_records([Spelling(" ")], tally) == []
    assert not tally.left_out
