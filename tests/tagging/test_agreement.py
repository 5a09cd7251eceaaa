from __future__ import annotations

import pytest

from nisba_service.names.types import EntityType
from nisba_service.tagging.agreement import agreed
from nisba_service.tagging.model import TaggedSpan
from nisba_service.tagging.spotter import Spotter
from nisba_service.tagging.words import Words

PERSON, ORGANIZATION, LOCATION = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.LOCATION


def types(spotter: Spotter, text: str, *tagged: tuple[str, EntityType]) -> list[tuple[str, str]]:
    spans, begin = [], 0
    for surface, type_ in tagged:
        begin = text.index(surface, begin)
        spans.append(TaggedSpan(begin, begin + len(surface), type_))
        begin += len(surface)
    found = agreed(Words.of(text), spans, spotter.knows_name)
    return [(text[span.start : span.end], span.type.value) for span in found]


@pytest.mark.parametrize(
    ("text", "full", "short"),
    [
        ("Yukiya Amano left. Amano said", "Yukiya Amano", "Amano"),
        ("Ahmad Haj Ali left. Haj Ali said", "Ahmad Haj Ali", "Haj Ali"),
        ("غادر يوكيا أمانو. وقال أمانو", "يوكيا أمانو", "أمانو"),
    ],
)
def test_who_is_named_in_full_is_a_person_again(
    spotter: Spotter, text: str, full: str, short: str
) -> None:
    assert types(spotter, text, (full, PERSON), (short, LOCATION)) == [
        (full, "PERSON"),
        (short, "PERSON"),
    ]


def test_a_first_name_and_a_known_name_are_not_made_people(spotter: Spotter) -> None:
    text = "Jordan Amano left for Jordan."
    assert types(spotter, text, ("Jordan Amano", PERSON), ("Jordan", LOCATION))[1][1] == "LOCATION"
    text = "Michael Gaza left for Gaza."
    assert types(spotter, text, ("Michael Gaza", PERSON), ("Gaza", LOCATION))[1][1] == "LOCATION"


@pytest.mark.parametrize(
    ("text", "tagged", "found", "type_"),
    [
        ("at the al-Salam mosque", "al-Salam", "al-Salam mosque", "LOCATION"),
        ("the Ain al-Asad base", "Ain al-Asad", "Ain al-Asad", "LOCATION"),
        ("the ruins in Haret Hreik", "Haret Hreik", "Haret Hreik", "LOCATION"),
        ("وفي متسبيه هيلا انتظر", "متسبيه هيلا", "متسبيه هيلا", "LOCATION"),
        ("head of MI6, who", "MI6", "MI6", "ORGANIZATION"),
        ("of Haret Hreik", "Haret Hreik", "Haret Hreik", "PERSON"),
        ("in Mahmoud Abbas", "Mahmoud Abbas", "Mahmoud Abbas", "PERSON"),
        ("AL-ULA OPENS AGAIN", "OPENS", "OPENS", "PERSON"),
        ("head of Mi, who", "Mi", "Mi", "PERSON"),
    ],
)
def test_a_persons_span_by_what_is_around(
    spotter: Spotter, text: str, tagged: str, found: str, type_: str
) -> None:
    assert types(spotter, text, (tagged, PERSON)) == [(found, type_)]


@pytest.mark.parametrize("word", ["بالمشين", "للحشود", "كالجيد"])
def test_nobody_is_brought_in_by_a_particle_and_a_last_name(spotter: Spotter, word: str) -> None:
    assert types(spotter, f"وصفه {word}", (word, PERSON)) == []


def test_somebody_who_is_known_or_has_been_named_may_have_a_particle(spotter: Spotter) -> None:
    assert types(spotter, "التقى بالعاروري", ("بالعاروري", PERSON)) == [("بالعاروري", "PERSON")]
    text = "غادر جابر الحداد. وأشاد بالحداد"
    assert len(types(spotter, text, ("جابر الحداد", PERSON), ("بالحداد", PERSON))) == 2
