import pickle
from pathlib import Path

import pytest

from nisba_service.gazetteer.index import NameIndex
from nisba_service.gazetteer.index_build import build
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
        entity("arouri", EntityType.PERSON, "Saleh al-Arouri"),
        entity("hamdallah", EntityType.PERSON, "رامي الحمد الله"),
        entity("hamdan", EntityType.PERSON, "Osama Hamdan"),
        entity("fatah", EntityType.ORGANIZATION, "Fatah", "فتح"),
        entity("fatah-al-islam", EntityType.ORGANIZATION, "Fatah al-Islam", "فتح الإسلام"),
        entity("gaza", EntityType.LOCATION, "Gaza", "غزة"),
    ]
)


@pytest.mark.parametrize(
    ("name", "entity_id"),
    [
        ("Saleh al-Arouri", "arouri"),
        ("Salih el-'Arouri", "arouri"),
        ("صالح العاروري", "arouri"),
        ("Rami Hamdallah", "hamdallah"),
        ("فتح", "fatah"),
        ("Fatah al Islam", "fatah-al-islam"),
        ("غزه", "gaza"),
    ],
)
def test_any_spelling_in_either_script_finds_its_entity(name: str, entity_id: str) -> None:
    best = INDEX.match(name)[0]
    assert best.entity_id == entity_id
    assert best.probability > 0.5


@pytest.mark.parametrize(
    ("name", "entity_id"),
    [("Aruri", "arouri"), ("العاروري", "arouri"), ("Hamdallah", "hamdallah")],
)
def test_a_last_name_alone_may_be_meant(name: str, entity_id: str) -> None:
    best = INDEX.match(name)[0]
    assert best.entity_id == entity_id
    assert best.probability > 0.2


@pytest.mark.parametrize("name", ["Angela Merkel", "أنجيلا ميركل"])
def test_a_stranger_is_nobody(name: str) -> None:
    assert all(match.probability < 0.5 for match in INDEX.match(name))


@pytest.mark.parametrize("name", ["", "...", "加沙", "123"])
def test_a_name_without_letters_matches_nothing(name: str) -> None:
    assert INDEX.match(name) == ()


def test_one_match_for_each_entity_best_first() -> None:
    matches = INDEX.match("Fatah")
    ids = [match.entity_id for match in matches]
    assert ids[0] == "fatah"
    assert len(ids) == len(set(ids))


def test_limit() -> None:
    assert len(INDEX.match("Fatah", limit=1)) == 1


def test_a_type_that_differs_lowers_the_probability() -> None:
    as_place = INDEX.match("Fatah", type=EntityType.LOCATION)[0]
    as_organisation = INDEX.match("Fatah", type=EntityType.ORGANIZATION)[0]
    assert as_place.probability < as_organisation.probability


def test_an_empty_index_matches_nothing() -> None:
    assert NameIndex.build([]).match("Fatah") == ()


def test_a_saved_index_answers_as_the_one_that_was_built(tmp_path: Path) -> None:
    INDEX.save(tmp_path / "index")
    opened = NameIndex.open(tmp_path / "index")
    assert len(opened) == len(INDEX)
    assert opened.match("العاروري") == INDEX.match("العاروري")


def test_what_rarity_is_measured_against_stays_as_names_come_and_go() -> None:
    def magnitude(count: int) -> int:
        names = (f"اسم {number}" for number in range(count))
        return build([entity("all", EntityType.PERSON, *names)]).magnitude

    assert [magnitude(count) for count in (1, 2, 3, 4, 5, 8, 9)] == [1, 2, 4, 4, 8, 8, 16]


def test_numbers_that_differ_are_other_things() -> None:
    index = NameIndex.build(
        [entity("march-8", EntityType.ORGANIZATION, "March 8 Alliance", "تحالف 8 آذار")]
    )
    assert index.match("March 14 Alliance")[0].probability <= 0.1
    assert index.match("تحالف 14 آذار")[0].probability <= 0.1


def test_an_acronym_finds_the_long_name() -> None:
    plo = entity("plo", EntityType.ORGANIZATION, "Palestine Liberation Organization")
    assert NameIndex.build([plo]).match("PLO")[0].probability > 0.5


def test_an_equal_name_comes_before_one_in_the_other_script() -> None:
    index = NameIndex.build(
        [
            entity("lebanon", EntityType.LOCATION, "لبنان", "Lebanon"),
            entity("south-lebanon", EntityType.LOCATION, "South Lebanon"),
        ]
    )
    assert index.match("Lebanon")[0].name.name == "Lebanon"
    assert index.match("لبنان")[0].name.name == "لبنان"


@pytest.mark.parametrize("name", ["Rami Hamdallah", "رامي الحمد الله"])
def test_an_index_that_crosses_to_another_process_answers_the_same(name: str) -> None:
    assert pickle.loads(pickle.dumps(INDEX)).match(name) == INDEX.match(name)
