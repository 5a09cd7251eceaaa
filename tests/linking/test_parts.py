"""The parts of a gazetteer that followed changes are equal to parts made anew."""

from __future__ import annotations

from nisba_service.gazetteer.changes import GazetteerChanges, updated
from nisba_service.linking.parts import Parts
from nisba_service.tagging.words import Words
from tests.linking.world import WORLD, entity

CHANGES = GazetteerChanges(
    changed=(
        entity("per:mahmoud-abbas", "=Mahmoud Abbas", "=محمود عباس", "الرئيس عباس", to=["org:plo"]),
        entity("per:nawaf-salam", "=Nawaf Salam", "=نواف سلام", to=["loc:lebanon"]),
    ),
    removed=("per:abbas-zaki",),
    redirects={},
    dropped_redirects=(),
    version="later",
    revision=2,
)
TEXT = "The Nawaf Salam cabinet and Abu Mazen; نواف سلام والرئيس عباس وأبو مازن"


def test_parts_after_changes_are_those_made_anew() -> None:
    later, anew = Parts.of(WORLD).updated(CHANGES), Parts.of(updated(WORLD, CHANGES))
    assert later.gazetteer == anew.gazetteer
    words = Words.of(TEXT)
    assert later.spotter.spot(words) == anew.spotter.spot(words)
    for name in ("Nawaf Salam", "نواف سلام", "الرئيس عباس", "أبو مازن", "Abbas Zaki"):
        assert later.index.match(name) == anew.index.match(name)
    for id in later.gazetteer.entities:
        assert later.graph.neighbours(id) == anew.graph.neighbours(id)


def test_the_parts_before_stay_as_they_were() -> None:
    parts = Parts.of(WORLD)
    parts.updated(CHANGES)
    assert parts.gazetteer == WORLD
    assert parts.index.match("أبو مازن")[0].probability > 0.9
    assert parts.graph.neighbours("per:abbas-zaki") == frozenset({"org:fatah"})
    assert not parts.spotter.knows_name("نواف سلام")
    assert not parts.spotter.knows_name("Nawaf Salam")
