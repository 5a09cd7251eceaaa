import pytest

from nisba_service.names.compare import compare
from nisba_service.names.explain import Ground, Verdict
from nisba_service.names.rules import Rule


def test_every_part_of_both_names_is_accounted_for() -> None:
    parts = compare("Hatem Ali al-Tikriti", "Hatem al-Dulaimi").explanation.parts
    assert [(part.left, part.right, part.verdict) for part in parts] == [
        ("hatem", "hatem", Verdict.SAME),
        ("ali", "", Verdict.DIFFERENT),
        ("tikriti", "", Verdict.DIFFERENT),
        ("", "dulaimi", Verdict.DIFFERENT),
    ]


@pytest.mark.parametrize(
    ("left", "right", "rule"),
    [
        ("Saleh al-Arouri", "saleh el arouri", Ground.IDENTICAL),
        ("محمود عباس", "محمود عبّاس", Ground.IDENTICAL),
        ("Saleh al-Arouri", "صالح العاروري", Ground.ALL_PARTS),
        ("العاروري", "صالح العاروري", Ground.MISSING_PART),
        ("Hatem al-Tikriti", "Hatem al-Dulaimi", Ground.DIFFERENT_PART),
        ("PLO", "Palestine Liberation Organization", Ground.ACRONYM),
        ("March 8 Alliance", "March 14 Alliance", Rule.NUMBERS_DIFFER),
        ("IAF", "IOF", Rule.ACRONYMS_DIFFER),
        ("...", "Gaza", Ground.NO_PARTS),
    ],
)
def test_the_rule_that_fired(left: str, right: str, rule: Rule | Ground) -> None:
    assert compare(left, right).explanation.rule is rule


def test_plain_text_isolates_names_of_both_directions() -> None:
    text = str(compare("صالح العاروري", "Saleh al-Arouri").explanation)
    assert "\u2068صالح العاروري\u2069 = \u2068Saleh al-Arouri\u2069?" in text
    assert "\u2068عاروري\u2069 / \u2068arouri\u2069: " in text
