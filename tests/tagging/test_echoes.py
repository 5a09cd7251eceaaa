from __future__ import annotations

import pytest

from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.echoes import echoes
from nisba_service.tagging.model import Mention, Source
from nisba_service.tagging.words import Words


def met_again(text: str, name: str, type_: EntityType = EntityType.PERSON) -> list[str]:
    start = text.index(name)
    mention = Mention(start, start + len(name), name, name, "", type_, Language.EN, Source.TAGGER)
    return [text[span.start : span.end] for span in echoes(Words.of(text), [mention])]


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("Omar Soliman left. Soliman, for years", "Omar Soliman", ["Soliman"]),
        ("Soliman, for years. Omar Soliman left.", "Omar Soliman", ["Soliman"]),
        ("Waleed al-Hajj left; al-Hajj said", "Waleed al-Hajj", ["al-Hajj"]),
        ("غادر عمر القواسمي. وأضاف القواسمي", "عمر القواسمي", ["القواسمي"]),
        ("غادر رشيد أبو شباك. وأضاف أبو شباك", "رشيد أبو شباك", ["أبو شباك"]),
        ("غادر الياس بو صعب. وكان هو وبو صعب", "الياس بو صعب", ["وبو صعب"]),
        ("Tedros Adhanom left; signed as Tedros.", "Tedros Adhanom", ["Tedros"]),
        ("غادرت سهى عرفات. وانتقلت سهى لاحقا", "سهى عرفات", ["سهى"]),
        ("غادر عمر القواسمي والقواسمي وزير", "عمر القواسمي", ["والقواسمي"]),
    ],
)
def test_a_last_name_is_met_again(text: str, name: str, found: list[str]) -> None:
    assert met_again(text, name) == found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Marco Rice left; Rice prices rose", "Marco Rice"),
        ("Waleed Stone left a stone", "Waleed Stone"),
        ("Jo Lee left; Lee said", "Jo Lee"),
        ("Soliman left; Soliman said", "Soliman"),
        ("خرج محمد المصري والجيش المصري", "محمد المصري"),
    ],
)
def test_an_ordinary_or_short_or_single_word_is_not(text: str, name: str) -> None:
    assert met_again(text, name) == []


def test_only_people_are_met_again() -> None:
    text = "Kenya Railways ran. Railways said"
    assert met_again(text, "Kenya Railways", EntityType.ORGANIZATION) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tedros Adhanom left. Tedros Smith said", "Tedros Adhanom"),  # somebody else
        ("Tedros Adhanom left. Tedros said", "Tedros Adhanom"),  # any word has a capital here
        ("غادرت سهى عرفات. وقالت سهى كولانو", "سهى عرفات"),
        ("غادر إلياس صعب. والأمر صعب هنا", "إلياس صعب"),  # a short word without its أبو
    ],
)
def test_near_misses_of_a_first_or_a_short_name(text: str, name: str) -> None:
    assert met_again(text, name) == []
