from __future__ import annotations

import pytest

from nisba_service.names.types import EntityType
from nisba_service.tagging.model import TaggedSpan
from nisba_service.tagging.untagged import untagged
from nisba_service.tagging.words import Words

PERSON, ORGANIZATION, LOCATION = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.LOCATION


def found(text: str, *known: tuple[str, EntityType]) -> list[tuple[str, str]]:
    spans = [TaggedSpan(text.index(k), text.index(k) + len(k), type_) for k, type_ in known]
    return [(text[s.start : s.end], s.type.value) for s in untagged(Words.of(text), spans)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("اعترافات ساجدة الريشاوي، وهي", "ساجدة الريشاوي"),
        ("ثم غادر وخالد الحداد", "وخالد الحداد"),
        ("وقال المدير سلام عودة إن", "سلام عودة"),
    ],
)
def test_a_given_name_and_a_family_name(text: str, name: str) -> None:
    assert found(text) == [(name, "PERSON")]


@pytest.mark.parametrize(
    "text",
    [
        "ساجدة في البيت",
        "جمال الطبيعة",  # beauty
        "نزار الانتخابات",  # no family name by its form
        "سلام عودة",  # peace, return: no title before
        "محمد. الحداد",
        "said Khaled Haddad",
    ],
)
def test_near_misses(text: str) -> None:
    assert found(text) == []


def test_a_mention_is_not_found_again() -> None:
    assert found("ساجدة الريشاوي", ("الريشاوي", PERSON)) == []


def test_a_place_joined_to_a_place() -> None:
    assert found("بناء في الحمامات وسوسة", ("وسوسة", LOCATION)) == [("الحمامات", "LOCATION")]
    assert found("بناء الحمامات وسوسة", ("وسوسة", LOCATION)) == []
    assert found("في مدينة وسوسة", ("وسوسة", LOCATION)) == []
    assert found("في الحمامات ونصار", ("ونصار", PERSON)) == []
    assert found("في الحمامات وهران", ("وهران", LOCATION)) == []  # its own waw


def test_a_body_by_its_kind_and_its_nation() -> None:
    assert found("وانسحب اتحاد الناشرين العرب.") == [("اتحاد الناشرين العرب", "ORGANIZATION")]
    assert found("وانسحب اتحاد الناشرين.") == []
    assert found("اتحاد العرب") == []
