"""Keys that group the spellings of new names."""

from __future__ import annotations

import pytest

from nisba_service.linking.new_names import new_name_key
from nisba_service.names.types import EntityType

PERSON, PLACE = EntityType.PERSON, EntityType.LOCATION


@pytest.mark.parametrize(
    "spellings",
    [
        ("Tarek Mansour", "Tareq Mansur", "طارق منصور"),
        ("Khaled al-Masri", "Khalid Masri", "خالد المصري"),
        ("Mansour, Tarek", "Tarek Mansour"),
    ],
)
def test_spellings_of_one_name_share_a_key(spellings: tuple[str, ...]) -> None:
    assert len({new_name_key(spelling, PERSON) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hatem al-Tikriti", "Hatem al-Dulaimi"),
        ("حاتم التكريتي", "حاتم الدليمي"),
        ("Khaled al-Masri", "Khaled Omar al-Masri"),
    ],
)
def test_other_names_do_not(one: str, other: str) -> None:
    assert new_name_key(one, PERSON) != new_name_key(other, PERSON)


def test_types_are_apart() -> None:
    assert new_name_key("Salem", PERSON) != new_name_key("Salem", PLACE)
