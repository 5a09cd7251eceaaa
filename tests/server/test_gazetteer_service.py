"""GazetteerService over a real socket: one entity, several, pages, and a search."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable
from typing import Any

import grpc
import pytest

from nisba.v1 import gazetteer_service_pb2 as pb
from nisba.v1.entity_pb2 import (
    ENTITY_TYPE_LOCATION,
    ENTITY_TYPE_MISC,
    ENTITY_TYPE_ORGANIZATION,
    ENTITY_TYPE_PERSON,
    ENTITY_VIEW_BASIC,
    ENTITY_VIEW_FULL,
    NAME_KIND_PRIMARY,
    EntityType,
)
from tests.support.engine import ENTITIES
from tests.support.serving import RichError, Served, rich_error, serving

IN_ORDER = [
    "loc:gaza",
    "org:fatah",
    "org:hamas",
    "org:plo",
    "per:rami-hamdallah",
    "per:saleh-al-arouri",
]


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    async with serving() as running:
        yield running


async def failure(call: Awaitable[Any]) -> RichError:
    with pytest.raises(grpc.aio.AioRpcError) as failed:
        await call
    return rich_error(failed.value)


async def test_it_says_what_is_served_and_how_much(served: Served) -> None:
    gazetteer = (await served.gazetteer.GetGazetteer(pb.GetGazetteerRequest())).gazetteer
    assert gazetteer.version == "stand-in-1"
    assert gazetteer.entity_count == 6
    assert gazetteer.name_count == sum(len(entity.names) for entity in ENTITIES)
    assert {c.type: c.count for c in gazetteer.type_counts} == {
        ENTITY_TYPE_PERSON: 2,
        ENTITY_TYPE_ORGANIZATION: 3,
        ENTITY_TYPE_LOCATION: 1,
    }


async def test_an_entity_is_whole_unless_less_is_asked_for(served: Served) -> None:
    request = pb.GetEntityRequest(id="per:saleh-al-arouri")
    entity = (await served.gazetteer.GetEntity(request)).entity
    assert [n.name for n in entity.names] == ["Saleh al-Arouri", "صالح العاروري", "Al-Aruri"]
    assert [n.language for n in entity.names] == ["en", "ar", "en"]
    assert (entity.type, entity.wikidata_id) == (ENTITY_TYPE_PERSON, "Q2215434")
    assert entity.other_ids == {"viaf": "1"}
    assert [(r.rel, r.target_id) for r in entity.relations] == [("member_of", "org:hamas")]


async def test_the_basic_view_has_what_tells_an_entity_from_others(served: Served) -> None:
    request = pb.GetEntityRequest(id="per:saleh-al-arouri", view=ENTITY_VIEW_BASIC)
    response = await served.gazetteer.GetEntity(request)
    entity = response.entity
    assert [n.name for n in entity.names] == ["Saleh al-Arouri", "صالح العاروري"]
    assert {n.kind for n in entity.names} == {NAME_KIND_PRIMARY}
    assert entity.description
    assert entity.wikidata_id == "Q2215434"
    assert not entity.other_ids
    assert not entity.relations
    assert response.provenance.gazetteer_version == "stand-in-1"
    assert response.provenance.model_version == response.provenance.policy_version == ""


async def test_an_unknown_entity_is_not_found(served: Served) -> None:
    error = await failure(served.gazetteer.GetEntity(pb.GetEntityRequest(id="per:nobody")))
    assert error.code is grpc.StatusCode.NOT_FOUND
    assert error.reason == "ENTITY_NOT_FOUND"
    assert error.metadata == {"entity_ids": "per:nobody"}


@pytest.mark.parametrize(
    ("id", "reason"), [("", "FIELD_REQUIRED"), ("صالح", "FIELD_INVALID"), ("a b", "FIELD_INVALID")]
)
async def test_what_is_no_id_is_refused_as_such(served: Served, id: str, reason: str) -> None:
    error = await failure(served.gazetteer.GetEntity(pb.GetEntityRequest(id=id)))
    assert (error.code, error.reason) == (grpc.StatusCode.INVALID_ARGUMENT, reason)
    assert error.fields == ["id"]


async def test_an_unknown_view_is_refused(served: Served) -> None:
    request = pb.GetEntityRequest(id="org:hamas", view=9)  # type: ignore[arg-type]  # the point
    assert (await failure(served.gazetteer.GetEntity(request))).fields == ["view"]


async def test_several_entities_come_in_the_order_of_the_request(served: Served) -> None:
    ids = ["per:rami-hamdallah", "loc:gaza", "per:rami-hamdallah"]
    request = pb.BatchGetEntitiesRequest(ids=ids)
    response = await served.gazetteer.BatchGetEntities(request)
    assert [entity.id for entity in response.entities] == ids


async def test_several_entities_come_together_or_not_at_all(served: Served) -> None:
    nobody = [f"per:nobody-{i}" for i in range(20)]
    request = pb.BatchGetEntitiesRequest(ids=["loc:gaza", *nobody])
    error = await failure(served.gazetteer.BatchGetEntities(request))
    assert error.code is grpc.StatusCode.NOT_FOUND
    assert error.metadata["entity_ids"].split(",") == nobody[:10]


@pytest.mark.parametrize(
    ("ids", "reason", "field"),
    [
        ([], "FIELD_REQUIRED", "ids"),
        (["loc:gaza"] * 1_001, "TOO_MANY_ITEMS", "ids"),
        (["loc:gaza", "غزة"], "FIELD_INVALID", "ids[1]"),
    ],
)
async def test_a_batch_has_its_limits(
    served: Served, ids: list[str], reason: str, field: str
) -> None:
    error = await failure(served.gazetteer.BatchGetEntities(pb.BatchGetEntitiesRequest(ids=ids)))
    assert (error.reason, error.fields) == (reason, [field])


async def listed(served: Served, **fields: Any) -> list[list[str]]:
    """Return the IDs of every page."""
    pages, token = [], ""
    while True:
        request = pb.ListEntitiesRequest(page_token=token, **fields)
        response = await served.gazetteer.ListEntities(request)
        pages.append([entity.id for entity in response.entities])
        token = response.next_page_token
        if not token:
            return pages


async def test_pages_hold_every_entity_once_in_order_of_id(served: Served) -> None:
    assert await listed(served, page_size=2) == [IN_ORDER[:2], IN_ORDER[2:4], IN_ORDER[4:]]
    assert await listed(served) == [IN_ORDER]
    assert await listed(served, page_size=1_000_000) == [IN_ORDER]


@pytest.mark.parametrize(
    ("type", "pages"),
    [
        (ENTITY_TYPE_ORGANIZATION, [["org:fatah"], ["org:hamas"], ["org:plo"]]),
        (ENTITY_TYPE_MISC, [[]]),
    ],
)
async def test_pages_of_one_type(served: Served, type: EntityType, pages: list[list[str]]) -> None:
    assert await listed(served, page_size=1, type=type) == pages


async def test_a_token_belongs_to_its_listing(served: Served) -> None:
    first = await served.gazetteer.ListEntities(pb.ListEntitiesRequest(page_size=1))
    for other in (
        pb.ListEntitiesRequest(page_token=first.next_page_token, type=ENTITY_TYPE_PERSON),
        pb.ListEntitiesRequest(page_token=first.next_page_token, view=ENTITY_VIEW_FULL),
        pb.ListEntitiesRequest(page_token="رمز"),
    ):
        error = await failure(served.gazetteer.ListEntities(other))
        assert (error.reason, error.fields) == ("PAGE_TOKEN_INVALID", ["page_token"])


async def test_a_negative_page_size_is_refused(served: Served) -> None:
    error = await failure(served.gazetteer.ListEntities(pb.ListEntitiesRequest(page_size=-1)))
    assert (error.reason, error.fields) == ("FIELD_INVALID", ["page_size"])


@pytest.mark.parametrize("query", ["Saleh al-Arouri", "Salih Aruri", "صالح العاروري"])
async def test_a_search_finds_an_entity_by_a_name_in_either_script(
    served: Served, query: str
) -> None:
    response = await served.gazetteer.SearchEntities(pb.SearchEntitiesRequest(query=query))
    best = response.results[0]
    assert best.entity.id == "per:saleh-al-arouri"
    assert 0 < best.score <= 1
    assert best.matched_name in {name.name for name in ENTITIES[0].names}
    assert not best.entity.relations


async def test_a_search_keeps_to_a_type_and_a_size(served: Served) -> None:
    request = pb.SearchEntitiesRequest(query="حماس", type=ENTITY_TYPE_PERSON)
    results = (await served.gazetteer.SearchEntities(request)).results
    assert all(result.entity.type == ENTITY_TYPE_PERSON for result in results)
    request = pb.SearchEntitiesRequest(query="Hamas", page_size=1)
    assert len((await served.gazetteer.SearchEntities(request)).results) == 1


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Ham", "org:hamas"),
        ("Hamd", "per:rami-hamdallah"),
        ("حمد", "per:rami-hamdallah"),
        ("Rami Ham", "per:rami-hamdallah"),
        ("رامي الحم", "per:rami-hamdallah"),
        ("Palest", "org:plo"),
        ("منظمة التح", "org:plo"),
    ],
)
async def test_a_search_finds_a_name_by_its_beginning(
    served: Served, query: str, first: str
) -> None:
    request = pb.SearchEntitiesRequest(query=query)
    results = (await served.gazetteer.SearchEntities(request)).results
    assert results[0].entity.id == first
    assert results[0].score >= 0.5
    assert [result.score for result in results] == sorted((r.score for r in results), reverse=True)
    assert len({result.entity.id for result in results}) == len(results)
    assert (await served.gazetteer.SearchEntities(request)).results == results


async def test_a_shorter_search_has_the_same_first_results(served: Served) -> None:
    long = (await served.gazetteer.SearchEntities(pb.SearchEntitiesRequest(query="حم"))).results
    request = pb.SearchEntitiesRequest(query="حم", page_size=1)
    assert (await served.gazetteer.SearchEntities(request)).results == long[:1]
    assert len(long) > 1


@pytest.mark.parametrize("query", ["؟!", "...", "哈马斯", "zzzz", "ظظظظ", "Wxq", "Tarek Mansour"])
async def test_a_search_for_no_name_finds_nothing(served: Served, query: str) -> None:
    request = pb.SearchEntitiesRequest(query=query)
    assert list((await served.gazetteer.SearchEntities(request)).results) == []


@pytest.mark.parametrize(
    ("query", "reason"), [("", "FIELD_REQUIRED"), ("ح" * 501, "TEXT_TOO_LONG")]
)
async def test_a_query_has_1_to_500_code_points(served: Served, query: str, reason: str) -> None:
    error = await failure(served.gazetteer.SearchEntities(pb.SearchEntitiesRequest(query=query)))
    assert (error.reason, error.fields) == (reason, ["query"])
