"""Pages in order of ID, counts by type."""

from __future__ import annotations

import pytest

from nisba_service.gazetteer.model import Entity, Gazetteer, Name, NameKind
from nisba_service.names.types import EntityType, Language
from nisba_service.server.catalogue import Catalogue


def entity(id: str, type: EntityType, *names: str) -> Entity:
    return Entity(id, type, tuple(Name(n, Language.AR, NameKind.PRIMARY) for n in names))


ENTITIES = (
    entity("per:b", EntityType.PERSON, "صالح العاروري", "العاروري"),
    entity("org:a", EntityType.ORGANIZATION, "حماس"),
    entity("per:a", EntityType.PERSON, "رامي الحمد الله"),
)
CATALOGUE = Catalogue.of(Gazetteer({e.id: e for e in ENTITIES}, "v1"))


def test_pages_follow_one_another_in_order_of_id() -> None:
    first = CATALOGUE.page(None, "", 2)
    assert [e.id for e in first.entities] == ["org:a", "per:a"]
    assert first.more
    last = CATALOGUE.page(None, first.last_id, 2)
    assert [e.id for e in last.entities] == ["per:b"]
    assert not last.more


def test_a_page_that_ends_with_the_list_is_the_last() -> None:
    assert not CATALOGUE.page(None, "", 3).more


def test_a_type_has_its_own_pages() -> None:
    page = CATALOGUE.page(EntityType.PERSON, "per:a", 5)
    assert [e.id for e in page.entities] == ["per:b"]


def test_a_type_without_entities_has_one_empty_page() -> None:
    page = CATALOGUE.page(EntityType.LOCATION, "", 5)
    assert (page.entities, page.more) == ([], False)


@pytest.mark.parametrize(
    ("type", "count"), [(None, 3), (EntityType.PERSON, 2), (EntityType.MISC, 0)]
)
def test_counts(type: EntityType | None, count: int) -> None:
    assert CATALOGUE.count(type) == count
    assert CATALOGUE.name_count == 4
