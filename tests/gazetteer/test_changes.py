"""A gazetteer in memory is turned into another revision; the one before stays as it is."""

from __future__ import annotations

from types import MappingProxyType

from nisba_service.gazetteer.changes import GazetteerChanges, changes_between, replaced, updated
from nisba_service.gazetteer.model import Entity, Gazetteer, Name
from nisba_service.names.types import EntityType, Language


def place(entity_id: str, *names: str) -> Entity:
    return Entity(entity_id, EntityType.LOCATION, tuple(Name(name, Language.AR) for name in names))


GAZA, TYRE = place("loc:gaza", "غزة"), place("loc:tyre", "صور")
BEFORE = Gazetteer(
    MappingProxyType({"loc:gaza": GAZA, "loc:tyre": TYRE}),
    "v1",
    MappingProxyType({"loc:ghazza": "loc:gaza"}),
    1,
)


def changes(
    *changed: Entity,
    removed: tuple[str, ...] = (),
    redirects: dict[str, str] | None = None,
    dropped: tuple[str, ...] = (),
) -> GazetteerChanges:
    return GazetteerChanges(changed, removed, MappingProxyType(redirects or {}), dropped, "v2", 2)


def test_a_new_entity_stands_in_order_of_id() -> None:
    sidon = place("loc:sidon", "صيدا", "Sidon")

    after = updated(BEFORE, changes(sidon))

    assert list(after.entities) == ["loc:gaza", "loc:sidon", "loc:tyre"]
    assert (after.version, after.revision) == ("v2", 2)
    assert list(BEFORE.entities) == ["loc:gaza", "loc:tyre"]


def test_a_merged_entity_leads_on() -> None:
    after = updated(BEFORE, changes(removed=("loc:tyre",), redirects={"loc:tyre": "loc:gaza"}))

    assert list(after.entities) == ["loc:gaza"]
    assert after.find("loc:tyre") == GAZA


def test_what_is_not_there_is_removed_in_vain() -> None:
    # A preview may be worked out on a revision that this server does not serve yet.
    after = updated(BEFORE, changes(removed=("loc:sidon",), dropped=("loc:ghazza", "loc:sayda")))

    assert list(after.entities) == ["loc:gaza", "loc:tyre"]
    assert dict(after.redirects) == {}


def test_what_changes_put_something_else_in_the_place_of() -> None:
    edited, new = place("loc:tyre", "صور", "Tyre"), place("loc:sidon", "صيدا")

    assert replaced(BEFORE, changes(new, edited, removed=("loc:gaza",))) == [GAZA, TYRE]
    assert replaced(BEFORE, changes(new)) == []


def test_what_turns_one_gazetteer_into_another() -> None:
    edited, sidon = place("loc:tyre", "صور", "Tyre"), place("loc:sidon", "صيدا")
    after = updated(BEFORE, changes(sidon, edited, removed=("loc:gaza",), dropped=("loc:ghazza",)))

    between = changes_between(BEFORE, after)

    assert between.changed == (sidon, edited)
    assert between.removed == ("loc:gaza",)
    assert (dict(between.redirects), between.dropped_redirects) == ({}, ("loc:ghazza",))
    assert updated(BEFORE, between) == after
    assert changes_between(after, after).changed == ()
