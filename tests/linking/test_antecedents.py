"""Short names and their longer forms in the same document."""

from __future__ import annotations

from nisba_service.linking.antecedents import EXAMINED, longer_forms, visible_forms
from nisba_service.linking.groups import NameGroup
from nisba_service.names.types import EntityType, Language

PERSON, ORGANIZATION = EntityType.PERSON, EntityType.ORGANIZATION


def forms(*names: str, type: EntityType = PERSON, clear: bool = False) -> list[list[str]]:
    """Return the longer forms of each name, as names."""
    groups = [NameGroup.alone(name, type) for name in names]
    found = longer_forms(groups, [clear] * len(groups))
    return [[names[index] for index in indices] for indices in found]


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


def test_an_organisation_that_is_clear_is_nobodys_short_form() -> None:
    assert forms("Fatah", "Fatah al-Islam", type=ORGANIZATION, clear=True) == [[], []]
    assert forms("فتح", "فتح الإسلام", type=ORGANIZATION, clear=True) == [[], []]
    assert forms("Abbas", "Mahmoud Abbas", clear=True)[0] == ["Mahmoud Abbas"]


def test_types_must_agree() -> None:
    groups = [NameGroup.alone("Jordan", ORGANIZATION), NameGroup.alone("Vernon Jordan", PERSON)]
    assert longer_forms(groups, [False, False]) == ((), ())


def test_the_number_examined_is_bounded() -> None:
    names = [f"N{number} Abbas" for number in range(10 * EXAMINED)]
    assert len(forms("Abbas", *names)[0]) == EXAMINED


def test_a_mention_refers_to_what_was_named_before_it() -> None:
    """A headline (0), then Mustafa (1), Barghouti (2), Marwan (3), Barghouti (4)."""
    groups = [
        NameGroup("Barghouti", PERSON, Language.EN, (0, 2, 4)),
        NameGroup("Mustafa Barghouti", PERSON, Language.EN, (1,)),
        NameGroup("Marwan Barghouti", PERSON, Language.EN, (3,)),
    ]
    assert visible_forms(0, groups, (1, 2), 1) == {(1, 2): (0,), (1,): (2,), (2, 1): (4,)}


def test_only_a_headline_looks_ahead() -> None:
    groups = [
        NameGroup("Abbas", PERSON, Language.EN, (0,)),
        NameGroup("Abbas Zaki", PERSON, Language.EN, (1,)),
    ]
    assert visible_forms(0, groups, (1,), headline=0) == {(): (0,)}
    assert visible_forms(0, groups, (1,), headline=1) == {(1,): (0,)}


def test_a_name_without_longer_forms_has_one_reading() -> None:
    groups = [NameGroup("حماس", ORGANIZATION, Language.AR, (0, 5))]
    assert visible_forms(0, groups, ()) == {(): (0, 5)}
    assert visible_forms(0, [NameGroup.alone("حماس", None)], ()) == {(): ()}
