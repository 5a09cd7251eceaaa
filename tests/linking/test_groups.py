"""The distinct names of a document."""

from __future__ import annotations

from nisba_service.linking.groups import NameGroup, group
from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.model import Mention, Source

PERSON, PLACE = EntityType.PERSON, EntityType.LOCATION


def mention(name: str, type: EntityType | None, language: Language = Language.EN) -> Mention:
    return Mention(0, len(name), name, name, "", type, language, Source.TAGGER)


def test_spellings_of_one_normal_form_are_one_name() -> None:
    groups = group([mention("Al-Aruri", PERSON), mention("al Aruri", PERSON)])
    assert [(g.name, g.mentions) for g in groups] == [("Al-Aruri", (0, 1))]
    arabic = group(
        [mention("إسماعيل", PERSON, Language.AR), mention("اسماعيل", PERSON, Language.AR)]
    )
    assert [g.mentions for g in arabic] == [(0, 1)]


def test_a_kunya_is_one_name_in_every_case() -> None:
    groups = group([mention(name, PERSON, Language.AR) for name in ("أبو مازن", "أبي مازن")])
    assert [g.mentions for g in groups] == [(0, 1)]
    assert len(group([mention("Abu Mazen", PERSON), mention("Abou Mazen", PERSON)])) == 1
    assert len(group([mention("أبو مازن", PERSON), mention("أم مازن", PERSON)])) == 2


def test_one_name_of_two_types_is_two() -> None:
    groups = group([mention("Jordan", PLACE), mention("Jordan", PERSON)])
    assert [(g.type, g.mentions) for g in groups] == [(PLACE, (0,)), (PERSON, (1,))]


def test_a_name_without_a_type_takes_that_of_its_tagged_mentions() -> None:
    groups = group([mention("غزة", None, Language.AR), mention("غزة", PLACE, Language.AR)])
    assert [(g.type, g.mentions) for g in groups] == [(PLACE, (0, 1))]


def test_a_name_that_nobody_tagged_has_no_type() -> None:
    assert [g.type for g in group([mention("Amal", None)])] == [None]


def test_misc_is_left_out() -> None:
    assert group([mention("Nakba", EntityType.MISC)]) == []


def test_a_name_alone_has_the_language_of_its_script() -> None:
    assert NameGroup.alone("العاروري", None).language is Language.AR
    assert NameGroup.alone("Aruri", PERSON).language is Language.EN
