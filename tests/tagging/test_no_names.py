from __future__ import annotations

import pytest

from nisba_service.names.types import EntityType
from nisba_service.tagging.no_names import is_no_name
from nisba_service.tagging.words import texts_of

PERSON, ORGANIZATION, LOCATION = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.LOCATION


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("شُيّع", PERSON),
        ("أمينا", PERSON),
        ("المشيعون", PERSON),
        ("ابن شقيقة", PERSON),
        ("فان", PERSON),
        ("التنظيم", ORGANIZATION),
        ("القوات الأجنبية", ORGANIZATION),
        ("حزب عربي", ORGANIZATION),
        ("البلدات العربية", LOCATION),
        ("السلطنة", LOCATION),
        ("للبلدات العربية", LOCATION),
        ("لحزب عربي", ORGANIZATION),
        ("وسيطا", LOCATION),
    ],
)
def test_these_name_nobody(text: str, type_: EntityType) -> None:
    assert is_no_name(texts_of(text), type_)


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("أمين", PERSON),
        ("ابن سينا", PERSON),
        ("فان غوخ", PERSON),
        ("شُيّع المبحوح", PERSON),
        ("القوات اللبنانية", ORGANIZATION),
        ("حزب كولانو", ORGANIZATION),
        ("المدينة المنورة", LOCATION),
        ("الأندلس", LOCATION),
        ("Movement", ORGANIZATION),
    ],
)
def test_near_misses_may(text: str, type_: EntityType) -> None:
    assert not is_no_name(texts_of(text), type_)
