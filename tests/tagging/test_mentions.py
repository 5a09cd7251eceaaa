from __future__ import annotations

from itertools import pairwise

import pytest

from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.mentions import Reading, merge
from nisba_service.tagging.model import Mention, Passage, Source, TaggedSpan
from nisba_service.tagging.spotter import Spotter
from nisba_service.tagging.trim import Trimmer
from nisba_service.tagging.words import Words

PERSON, ORGANIZATION, LOCATION = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.LOCATION
TAGGER, DICTIONARY, BOTH = Source.TAGGER, Source.DICTIONARY, Source.BOTH


def merged(
    spotter: Spotter, text: str, *tagged: tuple[str, EntityType]
) -> list[tuple[str, EntityType | None, Source]]:
    return [(m.text, m.type, m.source) for m in mentions(spotter, text, *tagged)]


def mentions(spotter: Spotter, text: str, *tagged: tuple[str, EntityType]) -> tuple[Mention, ...]:
    words = Words.of(text)
    spans = [TaggedSpan(text.index(s), text.index(s) + len(s), type_) for s, type_ in tagged]
    passages = (Passage(0, len(text), Language.EN),)
    reading = Reading(words, passages, spans, spotter.spot(words))
    found = merge(reading, Trimmer(spotter.knows_name, spotter.knows))
    assert all(text[m.start : m.end] == m.text for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    return found


def test_a_tagged_name_that_nobody_knows(spotter: Spotter) -> None:
    text = "President Walid Nassar said"
    tagged = ("President Walid Nassar", PERSON)
    assert merged(spotter, text, tagged) == [("Walid Nassar", PERSON, TAGGER)]


def test_a_known_name_that_the_tagger_missed(spotter: Spotter) -> None:
    assert merged(spotter, "into Gaza") == [("Gaza", LOCATION, DICTIONARY)]


def test_a_name_that_both_found(spotter: Spotter) -> None:
    assert merged(spotter, "into Gaza", ("Gaza", LOCATION)) == [("Gaza", LOCATION, BOTH)]


@pytest.mark.parametrize(
    ("text", "tagged", "name"),
    [
        ("met Rami Hamdallah today", ("Rami", PERSON), "Rami Hamdallah"),
        ("met Rami Hamdallah today", ("Hamdallah", PERSON), "Rami Hamdallah"),
        ("في قطاع غزة", ("غزة", LOCATION), "قطاع غزة"),
    ],
)
def test_the_tagger_has_cut_a_known_name_short(
    spotter: Spotter, text: str, tagged: tuple[str, EntityType], name: str
) -> None:
    assert merged(spotter, text, tagged) == [(name, tagged[1], BOTH)]


@pytest.mark.parametrize(
    ("text", "tagged", "names"),
    [
        ("القيادي صالح العاروري", PERSON, ["صالح العاروري"]),
        ("حركتي فتح وحماس", ORGANIZATION, ["فتح", "حماس"]),
        ("Hamas and Fatah", ORGANIZATION, ["Hamas", "Fatah"]),
        ("the Fatah movement", ORGANIZATION, ["Fatah"]),
        ("معابر غزة", ORGANIZATION, ["غزة"]),
    ],
)
def test_known_names_and_nothing_else_in_a_tagged_span(
    spotter: Spotter, text: str, tagged: EntityType, names: list[str]
) -> None:
    assert [m.text for m in mentions(spotter, text, (text, tagged))] == names


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Rami Hamdallah al-Masri", PERSON),
        ("رامي الحمد الله المصري", PERSON),
        ("Gaza University", ORGANIZATION),
        ("جامعة القاهرة", ORGANIZATION),
        ("مخيم غزة", LOCATION),
        ("Israel Rice", PERSON),
    ],
)
def test_somebody_else_with_a_longer_name(spotter: Spotter, text: str, type_: EntityType) -> None:
    assert merged(spotter, text, (text, type_)) == [(text, type_, TAGGER)]


def test_after_a_verb_subject_and_object_are_two(spotter: Spotter) -> None:
    text = "وأقال عباس هنية"
    found = merged(spotter, text, ("عباس هنية", PERSON))
    assert found == [("عباس", PERSON, BOTH), ("هنية", PERSON, BOTH)]
    text = "واستقبل صالح العاروري المبعدين"
    found = merged(spotter, text, ("صالح العاروري المبعدين", PERSON))
    assert found == [("صالح العاروري", PERSON, BOTH)]


@pytest.mark.parametrize(
    ("text", "type_", "names"),
    [
        ("سعدات ومروان خليل", PERSON, ["سعدات", "مروان خليل"]),
        ("نطنز وفوردو", LOCATION, ["نطنز", "فوردو"]),
        ("البوسنة والهرسك", LOCATION, ["البوسنة والهرسك"]),
        ("حزب العدالة والتنمية", ORGANIZATION, ["حزب العدالة والتنمية"]),
        ("جمال وليد", PERSON, ["جمال وليد"]),
    ],
)
def test_names_joined_by_and(
    spotter: Spotter, text: str, type_: EntityType, names: list[str]
) -> None:
    assert [m.text for m in mentions(spotter, text, (text, type_))] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Fatah of Omar Zaydan", [("Fatah", ORGANIZATION), ("Omar Zaydan", PERSON)]),
        ("Sons of Omar Zaydan", [("Sons of Omar Zaydan", ORGANIZATION)]),
        ("Fatah of Upper Galilee", [("Fatah of Upper Galilee", ORGANIZATION)]),
        ("فتح عمر زيدان", [("فتح عمر زيدان", ORGANIZATION)]),
    ],
)
def test_a_known_body_of_a_person(
    spotter: Spotter, text: str, names: list[tuple[str, EntityType]]
) -> None:
    found = mentions(spotter, text, (text, ORGANIZATION))
    assert [(m.text, m.type) for m in found] == names


def test_a_name_and_a_span_that_overlap_in_part_are_one(spotter: Spotter) -> None:
    text = "King Abdullah bin Abdelaziz spoke"
    assert merged(spotter, text, ("Abdullah bin Abdelaziz", PERSON)) == [
        ("King Abdullah bin Abdelaziz", PERSON, TAGGER)
    ]


def test_a_span_that_reaches_from_one_name_into_another_is_two(spotter: Spotter) -> None:
    text = "قال محمود عباس لحماس"
    found = merged(spotter, text, ("عباس لحماس", PERSON))
    assert found == [("محمود عباس", PERSON, BOTH), ("حماس", ORGANIZATION, BOTH)]


def test_two_halves_of_an_unknown_name_are_one(spotter: Spotter) -> None:
    text = "Waleed al-Masri spoke"
    halves = ("Waleed", PERSON), ("al-Masri", PERSON)
    assert merged(spotter, text, *halves) == [("Waleed al-Masri", PERSON, TAGGER)]
    arabic = "رؤوبين العاروري"
    halves = ("رؤوبين", PERSON), ("العاروري", PERSON)
    assert merged(spotter, arabic, *halves) == [(arabic, PERSON, TAGGER)]
    apart = "Waleed, Abbas spoke"
    found = merged(spotter, apart, ("Waleed", PERSON), ("Abbas", PERSON))
    assert [text for text, _, _ in found] == ["Waleed", "Abbas"]


def test_many_people_side_by_side_are_a_list(spotter: Spotter) -> None:
    text = "Waleed Farid Nassar Khalil"
    found = merged(spotter, text, *((name, PERSON) for name in text.split()))
    assert [name for name, _, _ in found] == text.split()


def test_a_word_that_the_tagger_cuts_up_is_one_mention(spotter: Spotter) -> None:
    found = merged(spotter, "Nassar'Khalil left", ("Nassar", PERSON), ("Khalil", PERSON))
    assert found == [("Nassar'Khalil", PERSON, TAGGER)]


def test_misc_gives_way_to_a_known_name(spotter: Spotter) -> None:
    text = "the Gaza war"
    assert merged(spotter, text, ("Gaza war", EntityType.MISC)) == [("Gaza", LOCATION, BOTH)]
    assert merged(spotter, "the Oslo Accords", ("Oslo Accords", EntityType.MISC)) == [
        ("Oslo Accords", EntityType.MISC, TAGGER)
    ]


def test_the_gazetteer_corrects_the_type(spotter: Spotter) -> None:
    assert merged(spotter, "Hamas", ("Hamas", LOCATION)) == [("Hamas", ORGANIZATION, BOTH)]


def test_particles_of_a_known_name(spotter: Spotter) -> None:
    (found,) = mentions(spotter, "للسلطة الفلسطينية", ("للسلطة الفلسطينية", ORGANIZATION))
    assert (found.prefix, found.text, found.name) == ("ل", "لسلطة الفلسطينية", "السلطة الفلسطينية")
