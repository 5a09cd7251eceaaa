"""Short names and their longer forms in the same document."""

from __future__ import annotations

from nisba_service.linking.antecedents import (
    EXAMINED,
    Bond,
    Reference,
    Tie,
    longer_forms,
    references,
)
from nisba_service.linking.groups import NameGroup
from nisba_service.names.types import EntityType, Language

PERSON, ORGANIZATION = EntityType.PERSON, EntityType.ORGANIZATION


def ties(*names: str, type: EntityType = PERSON, stored: bool = False) -> list[list[Tie]]:
    groups = [NameGroup.alone(name, type) for name in names]
    return longer_forms(groups, [stored] * len(groups))


def forms(*names: str, type: EntityType = PERSON, stored: bool = False) -> list[list[str]]:
    """Return the longer forms of each name, as names."""
    found = ties(*names, type=type, stored=stored)
    return [[names[tie.group] for tie in own] for own in found]


def bond(short: str, long: str) -> Bond | None:
    """Return how a short name is tied to a longer one, None if it is not."""
    return next((tie.bond for tie in ties(short, long)[0]), None)


def test_a_family_name_is_short_for_the_full_name() -> None:
    assert forms("Hamdallah", "Rami Hamdallah") == [["Rami Hamdallah"], []]
    assert forms("الحمد الله", "رامي الحمد الله") == [["رامي الحمد الله"], []]


def test_so_is_a_given_name_or_a_kunya() -> None:
    assert forms("Saddam", "Saddam Hussein")[0] == ["Saddam Hussein"]
    assert forms("أبو يوسف", "واصل أبو يوسف")[0] == ["واصل أبو يوسف"]


def test_spelling_and_script_may_differ() -> None:
    assert forms("Aruri", "Saleh al-Arouri")[0] == ["Saleh al-Arouri"]
    assert forms("العاروري", "Saleh al-Arouri")[0] == ["Saleh al-Arouri"]
    assert forms("Aruri", "صالح العاروري")[0] == ["صالح العاروري"]


def test_a_name_in_the_middle_is_not_a_short_form() -> None:
    assert forms("Abdullah", "Ramadan Abdullah Shallah")[0] == []
    assert forms("عبد الله", "رمضان عبد الله شلح")[0] == []


def test_another_family_name_is_no_longer_form() -> None:
    assert forms("Hamdan", "Rami Hamdallah")[0] == []
    assert forms("Omar", "Amir Peretz")[0] == []


def test_two_longer_forms_are_both_found() -> None:
    assert forms("Abbas", "Mahmoud Abbas", "Mansour Abbas")[0] == ["Mahmoud Abbas", "Mansour Abbas"]


def test_an_organisation_that_is_known_by_this_name_is_nobodys_short_form() -> None:
    assert forms("Fatah", "Fatah al-Islam", type=ORGANIZATION, stored=True) == [[], []]
    assert forms("فتح", "فتح الإسلام", type=ORGANIZATION, stored=True) == [[], []]
    assert forms("Abbas", "Mahmoud Abbas", stored=True)[0] == ["Mahmoud Abbas"]


def test_types_must_agree() -> None:
    groups = [NameGroup.alone("Jordan", ORGANIZATION), NameGroup.alone("Vernon Jordan", PERSON)]
    assert longer_forms(groups, [False, False]) == [[], []]


def test_the_number_examined_is_bounded() -> None:
    names = [f"N{number} Abbas" for number in range(10 * EXAMINED)]
    assert len(forms("Abbas", *names)[0]) == EXAMINED


def test_the_end_of_a_name_is_the_family_name_its_beginning_the_given_name() -> None:
    assert bond("Hamdallah", "Rami Hamdallah") is Bond.FAMILY
    assert bond("الحمد الله", "رامي الحمد الله") is Bond.FAMILY
    assert bond("Saddam", "Saddam Hussein") is Bond.GIVEN
    assert bond("صدام", "صدام حسين") is Bond.GIVEN


def test_a_given_name_must_have_the_same_letters_in_its_own_script() -> None:
    assert bond("البشير", "بشار الأسد") is None
    assert bond("Bashir", "Bashar Assad") is None
    assert bond("صدام", "Saddam Hussein") is Bond.GIVEN


def group(name: str, *mentions: int) -> NameGroup:
    return NameGroup(name, PERSON, Language.EN, mentions)


def seen(
    mention: int, groups: list[NameGroup], *tied: Tie, headline: int = 0
) -> list[tuple[str, int]]:
    """Return what a mention refers to: the other name and its mention."""
    found = references(mention, tied, groups, headline)
    return [(groups[reference.tie.group].name, reference.mention) for reference in found]


def test_a_mention_refers_to_what_was_named_before_it() -> None:
    """A headline (0), then Mustafa (1), Barghouti (2), Marwan (3), Barghouti (4)."""
    groups = [
        group("Barghouti", 0, 2, 4),
        group("Mustafa Barghouti", 1),
        group("Marwan Barghouti", 3),
    ]
    both = Tie(1, Bond.FAMILY), Tie(2, Bond.FAMILY)
    assert seen(2, groups, *both) == [("Mustafa Barghouti", 1)]
    assert seen(4, groups, *both) == [("Marwan Barghouti", 3), ("Mustafa Barghouti", 1)]


def test_only_a_headline_looks_ahead_to_the_next_first() -> None:
    groups = [group("Abbas", 0), group("Abbas Zaki", 2), group("Mahmoud Abbas", 1)]
    both = Tie(1, Bond.GIVEN), Tie(2, Bond.FAMILY)
    assert seen(0, groups, *both) == []
    assert seen(0, groups, *both, headline=1) == [("Mahmoud Abbas", 1), ("Abbas Zaki", 2)]


def test_it_refers_to_the_nearest_mention_of_the_other_name() -> None:
    groups = [group("Hamdallah", 4), group("Rami Hamdallah", 0, 3, 7)]
    assert seen(4, groups, Tie(1, Bond.FAMILY)) == [("Rami Hamdallah", 3)]


def test_a_definition_holds_from_its_place_on_even_for_the_name_that_stands_first() -> None:
    """Hemedti (1), defined by Mohamed Hamdan Dagalo (2), and long before both, Hemedti (0)."""
    groups = [group("Hemedti", 0, 1), group("Mohamed Hamdan Dagalo", 2)]
    defined = Tie(1, Bond.DEFINED, since=1)
    assert seen(1, groups, defined) == [("Mohamed Hamdan Dagalo", 2)]
    assert seen(0, groups, defined) == []


def test_a_name_without_ties_refers_to_nothing() -> None:
    assert references(0, (), [group("Hamas", 0)], headline=1) == ()


def test_a_reference_says_what_ties_it() -> None:
    groups = [group("Abbas", 1), group("Abu Mazen", 0)]
    same = Tie(1, Bond.SAME)
    assert references(1, [same], groups, headline=0) == (Reference(same, 0),)
