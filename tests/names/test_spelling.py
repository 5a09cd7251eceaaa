import pytest

from nisba_service.names.spelling import agreement, join, spell


@pytest.mark.parametrize(
    ("left", "right"),
    [("shahabi", "شهابي"), ("qaddafi", "قذافي"), ("haniyeh", "هنية"), ("arouri", "aruri")],
)
def test_letters_that_stand_for_one_another_speak_for_a_pair(left: str, right: str) -> None:
    found = agreement(spell(left), spell(right))
    assert found.log_odds > 0
    assert found.share > 0.7


@pytest.mark.parametrize(("left", "right"), [("tikriti", "دليمي"), ("tikriti", "dulaimi")])
def test_other_letters_speak_against_it(left: str, right: str) -> None:
    found = agreement(spell(left), spell(right))
    assert found.log_odds < 0
    assert found.share < 0.5


def test_agreement_is_the_same_both_ways() -> None:
    assert agreement(spell("gaza"), spell("غزة")) == agreement(spell("غزة"), spell("gaza"))


def test_joined_words_are_spelt_as_one() -> None:
    joined = join((spell("hamd"), spell("allah")))
    assert joined.symbols == spell("hamd").symbols + spell("allah").symbols


def test_a_word_of_another_script_has_no_symbols() -> None:
    assert spell("加沙").symbols == b""
