"""The answers of a gazetteer to the questions of linking."""

from __future__ import annotations

import gc
import weakref
from datetime import date

import pytest

from nisba_service.linking.knowledge import GazetteerKnowledge
from nisba_service.linking.parts import Parts
from nisba_service.linking.policy import POLICY
from nisba_service.names.types import EntityType, Language
from tests.linking.world import (
    ORGANIZATION,
    PERSON,
    WORLD,
    answers,
    entity,
    gazetteer,
    linker,
    name,
)

PARTS = Parts.of(WORLD)


@pytest.fixture(scope="module")
def known() -> GazetteerKnowledge:
    return GazetteerKnowledge(PARTS, POLICY)


def test_who_is_shown_how(known: GazetteerKnowledge) -> None:
    card = known.card("per:michel-aoun")
    assert card.type is EntityType.PERSON
    assert card.names == {Language.EN: "Michel Aoun", Language.AR: "ميشال عون"}


def test_what_an_entity_is_a_part_of_and_related_to(known: GazetteerKnowledge) -> None:
    assert known.holders("loc:tunis") == {"loc:tunisia"}
    assert known.holders("per:joseph-aoun") == frozenset()
    assert known.neighbours("per:joseph-aoun") == {"org:lebanese-army"}
    assert known.fame("org:fatah") == 4  # two names, two members


@pytest.mark.parametrize("written", ["Fatah", "فتح"])
def test_a_type_that_is_certain_leaves_no_other(known: GazetteerKnowledge, written: str) -> None:
    assert [m.entity_id for m in known.matches(written, ORGANIZATION)] == ["org:fatah"]
    assert known.matches(written, PERSON) == ()


@pytest.mark.parametrize("written", ["Michel Aoun", "ميشال عون"])
def test_the_matches_of_a_name_are_found_once(known: GazetteerKnowledge, written: str) -> None:
    assert known.matches(written, None) is known.matches(written, None)


@pytest.mark.parametrize("written", ["President of the Republic", "رئيس الجمهورية"])
def test_a_name_may_stand_for_several_terms_of_office(written: str) -> None:
    terms = (
        name(written, valid_from=date(2000, 1, 1), valid_to=date(2004, 12, 31)),
        name(written, valid_from=date(2010, 1, 1), valid_to=date(2014, 12, 31)),
    )
    world = gazetteer(entity("per:x", "=Ziad Rahbani", "=زياد الرحباني", *terms))
    (match,) = GazetteerKnowledge(Parts.of(world), POLICY).matches(written, None)
    assert {match.name, *match.others} == set(terms)
    by = linker(world)
    said = {year: answers(by, f"[P:{written}]", date(year, 6, 1)) for year in (2002, 2007, 2012)}
    assert said == {2002: ["per:x"], 2007: ["NIL"], 2012: ["per:x"]}


def test_what_is_kept_goes_with_its_gazetteer() -> None:
    """At once, not when the collector comes: an engine that is replaced holds much."""
    gc.disable()
    try:
        knowledge = GazetteerKnowledge(Parts.of(WORLD), POLICY)
        knowledge.matches("عون", None)
        gone = weakref.ref(knowledge)
        del knowledge
        assert gone() is None
    finally:
        gc.enable()
