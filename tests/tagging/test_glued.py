from __future__ import annotations

import pytest

from nisba_service.names.types import EntityType
from nisba_service.tagging.glued import Glue, ends_of_people
from nisba_service.tagging.model import TaggedSpan
from nisba_service.tagging.spotter import Spotter
from nisba_service.tagging.words import Words

PERSON = EntityType.PERSON


def cut(spotter: Spotter, text: str, *tagged: str) -> list[tuple[str, str]]:
    words, spans, begin = Words.of(text), [], 0
    for surface in tagged:
        begin = text.index(surface, begin)
        spans.append(TaggedSpan(begin, begin + len(surface), PERSON))
        begin += len(surface)
    glue = Glue(words, ends_of_people(words, spans), spotter.knows_name)
    return [(text[span.start : span.end], span.type.value) for span in glue.cut(spans)]


FULL = "ينس ستولتنبرغ"


@pytest.mark.parametrize(
    ("text", "glued", "parts"),
    [
        (
            "وصل ينس ستولتنبرغ. ويلتقي ستولتنبرغ خالد نصار",
            "ستولتنبرغ خالد نصار",
            [("ستولتنبرغ", "PERSON"), ("خالد نصار", "PERSON")],
        ),
        (
            "وصل ينس ستولتنبرغ. وهنأ الرئيس ستولتنبرغ محمود عباس",
            "ستولتنبرغ محمود عباس",
            [("ستولتنبرغ", "PERSON"), ("محمود عباس", "PERSON")],
        ),
        (
            "وصل ينس ستولتنبرغ. وزار ستولتنبرغ عين التينة",
            "ستولتنبرغ عين التينة",
            [("ستولتنبرغ", "PERSON"), ("عين التينة", "LOCATION")],
        ),
        (
            "وصل ينس ستولتنبرغ. وقال إن ستولتنبرغ سيغيب",
            "ستولتنبرغ سيغيب",
            [("ستولتنبرغ", "PERSON")],
        ),
        (
            "وصل ينس ستولتنبرغ. وأدار ستولتنبرغ الجلسة",
            "ستولتنبرغ الجلسة",
            [("ستولتنبرغ", "PERSON")],
        ),
    ],
)
def test_a_last_name_that_the_document_knows_ends_a_name(
    spotter: Spotter, text: str, glued: str, parts: list[tuple[str, str]]
) -> None:
    assert cut(spotter, text, FULL, glued)[1:] == parts


@pytest.mark.parametrize(
    ("text", "tagged"),
    [
        ("وصل ينس ستولتنبرغ. وزار ستولتنبرغ المصري", "ستولتنبرغ المصري"),  # a nisba
        ("وصل ينس ستولتنبرغ. بيان ستولتنبرغ خالد", "ستولتنبرغ خالد"),  # no verb
        ("وصل ينس ستولتنبرغ. وزار كيتل خالد", "كيتل خالد"),  # nobody's last name
    ],
)
def test_near_misses_stay_whole(spotter: Spotter, text: str, tagged: str) -> None:
    assert cut(spotter, text, FULL, tagged)[1:] == [(tagged, "PERSON")]


def test_a_given_name_may_begin_another_name(spotter: Spotter) -> None:
    text = "وسجل بهاء فيصل هدفين. وقال فيصل محمد"
    assert cut(spotter, text, "بهاء فيصل", "فيصل محمد")[1:] == [("فيصل محمد", "PERSON")]


def test_english_has_its_verb_between(spotter: Spotter) -> None:
    text = "Jens Stoltenberg left. Stoltenberg Khaled"
    assert cut(spotter, text, "Jens Stoltenberg", "Stoltenberg Khaled")[1:] == [
        ("Stoltenberg Khaled", "PERSON")
    ]
