from __future__ import annotations

import pytest

from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.latin_names import latin_names
from nisba_service.tagging.model import Mention, Passage, Source


def found(text: str, language: Language, *mentions: str) -> list[tuple[str, str]]:
    known = [
        Mention(text.index(m), text.index(m) + len(m), m, m, "", None, language, Source.TAGGER)
        for m in mentions
    ]
    spans = latin_names(text, [Passage(0, len(text), language)], known)
    return [(text[span.start : span.end], span.type.value) for span in spans]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the pro-Kurdish HDP stood by", ["HDP"]),
        ("a charity, IHH, whose chairman", ["IHH"]),
        ("Hamdok and the FDFC signed", ["FDFC"]),
    ],
)
def test_initials(text: str, names: list[str]) -> None:
    assert found(text, Language.EN) == [(name, "ORGANIZATION") for name in names]


@pytest.mark.parametrize(
    "text",
    [
        "AID AGENCIES SAY NO",  # a headline
        "on TV, the CEO, 5 MW, COVID",
        "the RN won",  # two letters are too few
        "see www.HDP.org, M&HDP, @HDP",
        "a U.S.A.-led mission, 5G",
    ],
)
def test_capitals_that_are_no_initials(text: str) -> None:
    assert found(text, Language.EN) == []


def test_what_is_a_mention_already_is_none_again() -> None:
    assert found("the HDP of Ankara", Language.EN, "HDP") == []


@pytest.mark.parametrize(
    ("text", "name", "type_"),
    [
        ("وأرسلت IRC فريقا", "IRC", EntityType.ORGANIZATION),
        ("برئاسة AU في", "AU", EntityType.ORGANIZATION),
        ("ورأى Miliband أن المجاعة وشيكة", "Miliband", EntityType.PERSON),
        ("وفقدت World Central Kitchen سبعة", "World Central Kitchen", EntityType.ORGANIZATION),
    ],
)
def test_latin_names_in_arabic(text: str, name: str, type_: EntityType) -> None:
    assert found(text, Language.AR) == [(name, type_.value)]


@pytest.mark.parametrize("text", ["نظام Solaris الجديد", "عبر GPS", "شاشة iPhone", "ملف PDF"])
def test_latin_things_in_arabic_are_none(text: str) -> None:
    assert found(text, Language.AR) == []


@pytest.mark.parametrize(
    "text", ["ANNAPOLIS, Maryland – Bush", "AL-ULA – On the tarmac", "A text.\nHOMS (Reuters) – A"]
)
def test_a_dispatch_begins_with_its_place(text: str) -> None:
    ((name, type_),) = found(text, Language.EN)
    assert name in ("ANNAPOLIS", "AL-ULA", "HOMS")
    assert type_ == "LOCATION"


def test_a_shouted_headline_is_no_dispatch() -> None:
    assert found("AID AGENCIES: LET US WORK", Language.EN) == []


@pytest.mark.parametrize("stroke", ["ـ", "ــــ", "ـ "])
def test_a_stroke_that_only_stretches_is_no_word_before_a_name(stroke: str) -> None:
    assert found(f"{stroke}Saleh al-Arouri", Language.AR) == []
    assert found(f"قال {stroke}Saleh al-Arouri", Language.AR) == []
