from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nisba_service.gazetteer.model import Entity, Name
from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.known_names import KnownNames
from nisba_service.tagging.spotter import Spotter
from nisba_service.tagging.words import Words

PERSON, ORGANIZATION, LOCATION = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.LOCATION


def entity(id: str, type: EntityType, *names: str) -> Entity:
    languages = (Language.EN if name.isascii() else Language.AR for name in names)
    return Entity(id, type, tuple(map(Name, names, languages)))


def found(names: KnownNames, text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(name.name, name.entity_ids) for name in Spotter(names).spot(Words.of(text))]


ABBAS = entity("per:abbas", PERSON, "Mahmoud Abbas", "Abbas", "محمود عباس", "عباس")
OTHER_ABBAS = entity("per:mansour-abbas", PERSON, "Mansour Abbas", "Abbas", "منصور عباس", "عباس")
GAZA = entity("loc:gaza", LOCATION, "Gaza", "غزة")
BASE = KnownNames.of([ABBAS, GAZA])


def test_an_added_entity_is_found() -> None:
    names = BASE.updated(removed=[], added=[entity("org:fatah", ORGANIZATION, "Fatah", "فتح")])
    assert found(names, "Fatah in Gaza") == [
        ("Fatah", ("org:fatah",)),
        ("Gaza", ("loc:gaza",)),
    ]
    assert found(names, "وفتح") == [("فتح", ("org:fatah",))]


def test_a_removed_entity_is_not_found_and_its_namesake_still_is() -> None:
    both = BASE.updated(removed=[], added=[OTHER_ABBAS])
    assert found(both, "وعباس") == [("عباس", ("per:abbas", "per:mansour-abbas"))]
    one = both.updated(removed=[ABBAS], added=[])
    assert found(one, "وعباس") == [("عباس", ("per:mansour-abbas",))]
    assert found(one, "Mahmoud Abbas") == [("Abbas", ("per:mansour-abbas",))]
    assert one.has_word("منصور")
    assert not one.has_word("محمود")


def test_an_edited_entity_has_its_new_names_and_type() -> None:
    edited = entity("loc:gaza", ORGANIZATION, "Gaza City", "غزة")
    names = BASE.updated(removed=[GAZA], added=[edited])
    assert found(names, "Gaza") == []
    assert found(names, "Gaza City") == [("Gaza City", ("loc:gaza",))]
    (name,) = Spotter(names).spot(Words.of("غزة"))
    assert name.types == (ORGANIZATION,)


def test_the_state_before_a_change_stays_as_it_is() -> None:
    BASE.updated(removed=[ABBAS, GAZA], added=[OTHER_ABBAS])
    assert found(BASE, "عباس في غزة") == [("عباس", ("per:abbas",)), ("غزة", ("loc:gaza",))]
    assert found(BASE, "Mansour Abbas") == [("Abbas", ("per:abbas",))]


def test_what_is_removed_and_added_again_is_as_before() -> None:
    names = BASE.updated(removed=[ABBAS], added=[]).updated(removed=[], added=[ABBAS])
    assert found(names, "لمحمود عباس") == [("محمود عباس", ("per:abbas",))]
    assert names.begins_people("محمود")
    assert not names.updated(removed=[ABBAS], added=[]).begins_people("محمود")


WORDS = ["محمود", "عباس", "السلطة", "اللجنة", "أبو", "مازن", "فتح", "Abbas", "al", "PA", "Gaza"]
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
TEXTS = st.lists(
    st.sampled_from([*WORDS, "وعباس", "للسلطة", "للجنة", "أبا", "لأبي", "وب", "،"]), max_size=12
).map(" ".join)


@st.composite
def entities(draw: st.DrawFn) -> Entity:
    names = draw(st.lists(NAMES, min_size=1, max_size=4))
    return entity(draw(st.sampled_from("abcdef")), draw(st.sampled_from([*EntityType][:3])), *names)


def _state(items: list[Entity]) -> dict[str, Entity]:
    return {item.id: item for item in items}


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(entities(), max_size=4), min_size=1, max_size=4), TEXTS)
def test_changes_one_by_one_give_what_building_anew_gives(
    states: list[list[Entity]], text: str
) -> None:
    current = _state(states[0])
    names = KnownNames.of(current.values())
    for items in states[1:]:
        after = _state(items)
        gone = [e for id_, e in current.items() if after.get(id_) != e]
        new = [e for id_, e in after.items() if current.get(id_) != e]
        names, current = names.updated(removed=gone, added=new), after
    spotter, anew = Spotter(names), Spotter.build(current.values())
    words = Words.of(text)
    assert spotter.spot(words) == anew.spot(words)
    for word in words.texts:
        assert spotter.knows(word) == anew.knows(word)
        assert spotter.knows_name(word) == anew.knows_name(word)
        assert spotter.is_given_name(word) == anew.is_given_name(word)


@pytest.mark.parametrize("word", ["محمد ", "al-", "غزة,"])
def test_names_that_begin_alike_at_every_word_are_found_in_one_pass(word: str) -> None:
    names = [word * length + "Gaza" for length in range(1, 9)]
    known = KnownNames.of([entity("loc:x", LOCATION, *names)])
    assert found(known, word * 20_000) == []
