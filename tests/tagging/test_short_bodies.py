from __future__ import annotations

import pytest

from nisba_service.gazetteer.model import Entity, Name
from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.model import TaggedSpan
from nisba_service.tagging.short_bodies import short_bodies
from nisba_service.tagging.spotter import Spotter
from nisba_service.tagging.words import Words

ORGANIZATION = EntityType.ORGANIZATION
SPOTTER = Spotter.build(
    Entity(id_, ORGANIZATION, (Name(name, Language.AR),))
    for id_, name in (("org:pa", "السلطة الفلسطينية"), ("org:pij", "الجهاد الإسلامي"))
)


def found(text: str, *bodies: str) -> list[str]:
    spans = [TaggedSpan(text.index(b), text.index(b) + len(b), ORGANIZATION) for b in bodies]
    return [
        text[span.start : span.end] for span in short_bodies(Words.of(text), spans, SPOTTER.knows)
    ]


@pytest.mark.parametrize(
    ("text", "bodies", "word"),
    [
        ("أعلنت حماس والجهاد أن وفدهما", ["حماس"], "والجهاد"),
        ("بين السلطة وحماس", ["وحماس"], "السلطة"),
        ("أمام مقر السلطة.", [], "السلطة"),
        ("واعتقل أمن السلطة الناشط غسان", [], "السلطة"),
        ("قالت السلطة في بيان", [], "السلطة"),
        ("وقالت فتح إن السلطة لن تتفاوض", [], "السلطة"),
    ],
)
def test_the_word_is_a_body(text: str, bodies: list[str], word: str) -> None:
    assert found(text, *bodies) == [word]


@pytest.mark.parametrize(
    "text",
    [
        "وآلت السلطة إلى المجلس",
        "تسليم السلطة بلا إبطاء",
        "رئيس السلطة التنفيذية",
        "فصل بين السلطة والدين",
        "دعا إلى الجهاد والصبر",
        "استقبل الإخوان ضيوفهم",  # the gazetteer has no body of that name
        "مقر الإخوان",
    ],
)
def test_the_word_is_a_noun(text: str) -> None:
    assert found(text) == []


def test_a_place_that_is_a_mention_already_is_left_alone() -> None:
    assert found("مقر السلطة", "السلطة") == []
