from __future__ import annotations

import pytest

from nisba_service.names.types import EntityType
from nisba_service.tagging.coordination import apart
from nisba_service.tagging.model import TaggedSpan
from nisba_service.tagging.words import Words

PERSON, ORGANIZATION, LOCATION = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.LOCATION
NAMES = {"الأمن الوقائي", "حماس", "العدالة والتنمية"}


def parts(text: str, type_: EntityType) -> list[str]:
    spans = [TaggedSpan(0, len(text), type_)]
    found = apart(Words.of(text), spans, lambda name: name in NAMES, NAMES.__contains__)
    return [text[span.start : span.end] for span in found]


@pytest.mark.parametrize(
    ("text", "type_", "found"),
    [
        ("سعدات ومروان", PERSON, ["سعدات", "ومروان"]),
        ("نطنز وفوردو", LOCATION, ["نطنز", "وفوردو"]),
        ("هوكستين وبو صعب", PERSON, ["هوكستين", "وبو صعب"]),
        ("الأمن الوقائي والمخابرات العامة", ORGANIZATION, ["الأمن الوقائي", "والمخابرات العامة"]),
        ("مقار الأمن الوقائي والمخابرات", ORGANIZATION, ["مقار الأمن الوقائي", "والمخابرات"]),
    ],
)
def test_names_joined_by_and_come_apart(text: str, type_: EntityType, found: list[str]) -> None:
    assert parts(text, type_) == found


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("العدالة والتنمية", ORGANIZATION),
        ("الحرية والعدالة", ORGANIZATION),
        ("البوسنة والهرسك", LOCATION),
        ("محمد وليد", PERSON),
    ],
)
def test_a_name_that_says_and_stays_whole(text: str, type_: EntityType) -> None:
    assert parts(text, type_) == [text]
