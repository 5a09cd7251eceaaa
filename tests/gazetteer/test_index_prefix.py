"""Names that begin as somebody has begun to type."""

from __future__ import annotations

import pytest

from nisba_service.gazetteer.index import NameIndex
from nisba_service.gazetteer.model import Entity, Name
from nisba_service.names.types import EntityType, Language


def entity(entity_id: str, kind: EntityType, *names: str) -> Entity:
    return Entity(
        id=entity_id,
        type=kind,
        names=tuple(Name(n, Language.EN if n.isascii() else Language.AR) for n in names),
    )


INDEX = NameIndex.build(
    [
        entity("hamdallah", EntityType.PERSON, "Rami Hamdallah", "رامي الحمد الله"),
        entity("hamdan", EntityType.PERSON, "Osama Hamdan", "أسامة حمدان"),
        entity("hamd", EntityType.LOCATION, "Hamd", "حمد"),
        entity("hamas", EntityType.ORGANIZATION, "Hamas", "حماس"),
        entity("arouri", EntityType.PERSON, "Saleh al-Arouri", "صالح العاروري"),
        entity("saleh", EntityType.PERSON, "Saleh Hamed", "صالح حامد"),
    ]
)


def completed(prefix: str, kind: EntityType | None = None, limit: int = 10) -> list[str]:
    return [match.entity_id for match in INDEX.complete(prefix, type=kind, limit=limit)]


@pytest.mark.parametrize("prefix", ["Hamd", "hamd", "HAMD", "حمد"])
def test_the_beginning_of_any_word_short_names_first(prefix: str) -> None:
    assert completed(prefix) in (["hamd", "hamdan", "hamdallah"], ["hamd", "hamdallah", "hamdan"])


@pytest.mark.parametrize(
    ("prefix", "ids"),
    [
        ("Saleh Ar", ["arouri"]),
        ("Saleh al-Ar", ["arouri"]),
        ("صالح العار", ["arouri"]),
        ("صالح عار", ["arouri"]),
        ("Saleh Ha", ["saleh"]),
        ("صالح حا", ["saleh"]),
        ("Sale Ar", []),
        ("صال عار", []),
    ],
)
def test_only_the_last_word_may_be_unfinished(prefix: str, ids: list[str]) -> None:
    assert completed(prefix) == ids


@pytest.mark.parametrize("prefix", ["", "...", "zzzz", "ظظظ", "amd", "مد"])
def test_what_begins_no_name_finds_nothing(prefix: str) -> None:
    assert completed(prefix) == []


def test_type_and_limit() -> None:
    assert completed("Hamd", EntityType.LOCATION) == ["hamd"]
    assert completed("حم", EntityType.ORGANIZATION) == ["hamas"]
    assert completed("حم", limit=1) == completed("حم")[:1]


def test_an_entity_comes_once() -> None:
    index = NameIndex.build([entity("hamdan", EntityType.PERSON, "Hamdan", "Osama Hamdan")])
    assert [match.name.name for match in index.complete("Ham")] == ["Hamdan"]
