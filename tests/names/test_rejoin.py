import pytest

from nisba_service.names.parse import parse
from nisba_service.names.rejoin import rejoined


def texts(left: str, right: str) -> tuple[list[str], list[str]]:
    parts = rejoined(parse(left).parts, parse(right).parts)
    return [part.text for part in parts[0]], [part.text for part in parts[1]]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (
            "Ahmad Jan Akhund Zada",
            "Ahmad Jan Akhundzada",
            (["ahmad", "jan", "akhundzada"], ["ahmad", "jan", "akhundzada"]),
        ),
        ("Allahdad", "Allah Dad Matin", (["allahdad"], ["allahdad", "matin"])),
        ("Kafr Ram", "Kafarrām", (["kafrram"], ["kafarram"])),
        ("آخوند زاده", "آخوندزاده", (["اخوندزاده"], ["اخوندزاده"])),
        ("Akhundzada", "آخوند زاده", (["akhundzada"], ["اخوندزاده"])),
    ],
)
def test_words_that_the_other_name_has_as_one_are_joined(
    left: str, right: str, expected: tuple[list[str], list[str]]
) -> None:
    assert texts(left, right) == expected
    assert texts(right, left) == expected[::-1]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Saleh al-Arouri", "Saleh al-Arouri"),
        ("Hasan Ali", "Hasan"),
        ("حسن علي", "حسن"),
        ("Hasan Omar", "Hassoun"),
        ("Hatem al-Tikriti", "Hatem al-Dulaimi"),
        ("حاتم التكريتي", "Hatem al-Dulaimi"),
    ],
)
def test_other_words_stay_apart(left: str, right: str) -> None:
    parts = [part.text for part in parse(left).parts], [part.text for part in parse(right).parts]
    assert texts(left, right) == parts
