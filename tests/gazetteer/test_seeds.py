"""The seed gazetteer: complete, sound, and with its facts on the right entities."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from nisba_service.gazetteer.load import check
from nisba_service.gazetteer.model import Gazetteer, Name, NameKind, Relation
from nisba_service.names.types import EntityType, Language

SEEDS = Path(__file__).parents[2] / "seeds" / "gazetteer"


@pytest.fixture(scope="module")
def seeds() -> Gazetteer:
    report = check(SEEDS)
    assert report.errors == ()
    assert report.gazetteer is not None
    return report.gazetteer


def test_entities_by_type(seeds: Gazetteer) -> None:
    assert Counter(entity.type for entity in seeds.entities.values()) == {
        EntityType.PERSON: 378,
        EntityType.ORGANIZATION: 184,
        EntityType.LOCATION: 237,
    }


def test_ids_tell_the_type(seeds: Gazetteer) -> None:
    assert {(entity.id[:4], entity.type) for entity in seeds.entities.values()} == {
        ("per:", EntityType.PERSON),
        ("org:", EntityType.ORGANIZATION),
        ("loc:", EntityType.LOCATION),
    }


def test_names_by_language_and_kind(seeds: Gazetteer) -> None:
    names = [name for entity in seeds.entities.values() for name in entity.names]

    assert seeds.name_count == len(names) == 3392
    assert Counter(name.language for name in names) == {Language.EN: 1868, Language.AR: 1524}
    assert Counter(name.kind for name in names) == {
        NameKind.PRIMARY: 1598,
        NameKind.VARIANT: 963,
        NameKind.SHORT: 721,
        NameKind.ACRONYM: 91,
        NameKind.KUNYA: 19,
    }


def test_each_entity_has_a_primary_name_in_each_language(seeds: Gazetteer) -> None:
    for entity in seeds.entities.values():
        first, second = entity.names[:2]
        assert {first.kind, second.kind} == {NameKind.PRIMARY}
        assert {first.language, second.language} == {Language.EN, Language.AR}


def test_only_verified_wikidata_ids(seeds: Gazetteer) -> None:
    ids = [entity.wikidata_id for entity in seeds.entities.values() if entity.wikidata_id]

    assert len(set(ids)) == len(ids) == 326


def test_other_ids(seeds: Gazetteer) -> None:
    systems = Counter(key for entity in seeds.entities.values() for key in entity.other_ids)

    assert systems == {"geonames": 76, "whosonfirst": 64, "partyfacts": 51}


def test_relations(seeds: Gazetteer) -> None:
    relations = [r.rel for entity in seeds.entities.values() for r in entity.relations]

    assert Counter(relations) == {
        "located_in": 177,
        "member_of": 141,
        "leader_of": 96,
        "part_of": 31,
        "armed_wing_of": 4,
    }


@pytest.mark.parametrize(
    ("entity_id", "name", "language", "kind"),
    [
        ("per:saleh-al-arouri", "Aruri", Language.EN, NameKind.SHORT),
        ("per:saleh-al-arouri", "صالح العاروري", Language.AR, NameKind.PRIMARY),
        ("per:rami-hamdallah", "Hamdallah", Language.EN, NameKind.SHORT),
        ("per:rami-hamdallah", "الحمد الله", Language.AR, NameKind.SHORT),
        ("per:mahmoud-abbas", "Abu Mazen", Language.EN, NameKind.KUNYA),
        ("per:mahmoud-abbas", "أبو مازن", Language.AR, NameKind.KUNYA),
        ("org:unrwa", "UNRWA", Language.EN, NameKind.ACRONYM),
        ("org:unrwa", "الأونروا", Language.AR, NameKind.PRIMARY),
        ("loc:gaza-city", "Gaza", Language.EN, NameKind.VARIANT),
        ("loc:gaza-strip", "غزة", Language.AR, NameKind.VARIANT),
        ("loc:tripoli-libya", "طرابلس", Language.AR, NameKind.VARIANT),
        ("loc:tripoli-lebanon", "طرابلس", Language.AR, NameKind.PRIMARY),
    ],
)
def test_names_of_entities(
    seeds: Gazetteer, entity_id: str, name: str, language: Language, kind: NameKind
) -> None:
    assert Name(name, language, kind) in seeds.entities[entity_id].names


@pytest.mark.parametrize(
    ("entity_id", "name"),
    [
        ("per:saleh-al-arouri", "Saleh"),
        ("per:mansour-abbas", "أبو مازن"),
        ("loc:amman", "Oman"),
        ("loc:jordan", "نهر الأردن"),
    ],
)
def test_names_of_somebody_else(seeds: Gazetteer, entity_id: str, name: str) -> None:
    assert name not in {own.name for own in seeds.entities[entity_id].names}


def test_facts_other_than_names(seeds: Gazetteer) -> None:
    assert seeds.entities["per:yasser-arafat"].wikidata_id == "Q34211"
    assert seeds.entities["per:rami-hamdallah"].wikidata_id == ""
    assert seeds.entities["loc:karbala"].other_ids == {
        "geonames": "94824",
        "whosonfirst": "421199675",
    }
    assert seeds.entities["org:izz-ad-din-al-qassam-brigades"].relations == (
        Relation("armed_wing_of", "org:hamas"),
    )


def test_the_licence_of_every_source_is_told() -> None:
    readme = (SEEDS / "README.md").read_text(encoding="utf-8")

    for source in ("Party Facts", "ELEVANT", "EveryPolitician", "Who's On First", "mledoze"):
        assert source in readme
