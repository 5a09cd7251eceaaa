from __future__ import annotations

import pytest

from nisba_service.names.types import EntityType
from nisba_service.tagging.model import TaggedSpan
from nisba_service.tagging.spotter import Spotter
from nisba_service.tagging.trim import Trimmed, Trimmer
from nisba_service.tagging.words import Words

PERSON, ORGANIZATION, LOCATION = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.LOCATION


def trim(spotter: Spotter, text: str, tagged: str, type_: EntityType) -> Trimmed | None:
    start = text.index(tagged)
    span = TaggedSpan(start, start + len(tagged), type_)
    return Trimmer(spotter.knows_name, spotter.knows).trim(Words.of(text), span)


@pytest.mark.parametrize(
    ("text", "tagged", "type_", "name"),
    [
        ("President Walid Nassar said", "President Walid Nassar", PERSON, "Walid Nassar"),
        ("former Prime Minister Nassar", "Prime Minister Nassar", PERSON, "Nassar"),
        ("Nassar's house", "Nassar's", PERSON, "Nassar"),
        ("“Nassar”, he", "“Nassar”,", PERSON, "Nassar"),
        ("the Kenya Union", "the Kenya Union", ORGANIZATION, "Kenya Union"),
        ("in The Hague", "The Hague", LOCATION, "The Hague"),
        ("King Farid bin Ali", "Farid bin Ali", PERSON, "King Farid bin Ali"),
        ("القيادي وليد نصار", "القيادي وليد نصار", PERSON, "وليد نصار"),
        ("الملك فريد بن علي", "الملك فريد بن علي", PERSON, "الملك فريد بن علي"),
        ("وكلّف نصار وزيرا", "وكلّف نصار", PERSON, "نصار"),
        ("حزب الأمة", "حزب الأمة", ORGANIZATION, "حزب الأمة"),
        ("محمد «نصار»", "«نصار»", PERSON, "نصار"),
    ],
)
def test_what_is_left_of_a_span(
    spotter: Spotter, text: str, tagged: str, type_: EntityType, name: str
) -> None:
    found = trim(spotter, text, tagged, type_)
    assert found is not None
    assert found.name == text[found.start : found.end].replace("\u0651", "") == name


@pytest.mark.parametrize(
    ("tagged", "prefix", "surface", "name"),
    [
        ("والعاروري", "و", "العاروري", "العاروري"),
        ("بالحديدة", "ب", "الحديدة", "الحديدة"),
        ("للحديدة", "ل", "لحديدة", "الحديدة"),
        ("وَمحمود نصار", "وَ", "محمود نصار", "محمود نصار"),
        ("وائل نصار", "", "وائل نصار", "وائل نصار"),
    ],
)
def test_particles_are_reported(
    spotter: Spotter, tagged: str, prefix: str, surface: str, name: str
) -> None:
    found = trim(spotter, tagged, tagged, PERSON)
    assert found is not None
    assert (found.prefix, tagged[found.start : found.end], found.name) == (prefix, surface, name)


@pytest.mark.parametrize("tagged", ["...", "المتحدث", "the President", "«»"])
def test_a_span_without_a_name_is_dropped(spotter: Spotter, tagged: str) -> None:
    assert trim(spotter, f"x {tagged} y", tagged, PERSON) is None
