import pytest

from nisba_service.names.compare import compare, probability
from nisba_service.names.parse import parse
from nisba_service.names.rules import Rule, broken_rule, is_acronym_of


@pytest.mark.parametrize(
    ("left", "right", "rule"),
    [
        ("March 8 Alliance", "March 14 Alliance", Rule.NUMBERS_DIFFER),
        ("تحالف 8 آذار", "تحالف ١٤ آذار", Rule.NUMBERS_DIFFER),
        ("تحالف 8 آذار", "تحالف ٨ آذار", None),
        ("March 8 Alliance", "Alliance", None),
        ("IAF", "IOF", Rule.ACRONYMS_DIFFER),
        ("I.A.F.", "IAF", None),
        ("Iaf", "Iof", None),
        ("HAMAS", "HAMMAS", None),
    ],
)
def test_broken_rules(left: str, right: str, rule: Rule | None) -> None:
    assert broken_rule(parse(left), parse(right)) is rule


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("PLO", "Palestine Liberation Organization", True),
        ("PFLP", "Popular Front for the Liberation of Palestine", True),
        ("PLA", "Palestine Liberation Organization", False),
        ("Ali", "Ahmad Latif Ismail", False),
    ],
)
def test_acronyms_are_written_in_capitals(short: str, long: str, expected: bool) -> None:
    assert is_acronym_of(parse(short), parse(long)) is expected
    assert is_acronym_of(parse(long), parse(short)) is expected
    assert (compare(short, long).probability > 0.5) is expected


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("PLO", "Palestine Liberation Organization"),
        ("العاروري", "Arouri"),
        ("加沙", "加沙"),
        ("", ""),
    ],
)
def test_the_probability_alone_is_that_of_the_comparison(left: str, right: str) -> None:
    assert probability(left, right) == pytest.approx(compare(left, right).probability)
