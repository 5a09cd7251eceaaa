"""Revisions over a real socket: listed, compared, watched."""

from __future__ import annotations

import asyncio
from typing import Any

import grpc
import pytest

from nisba.v1 import entity_pb2 as entity
from nisba.v1 import gazetteer_service_pb2 as pb
from nisba_service.gazetteer.store.model import Delete, Merge, Note, Put
from nisba_service.gazetteer.store.store import Store
from tests.support.records import GAZA, record
from tests.support.serving import Served, rich_error, serving


def rename(store: Store, number: int) -> None:
    """Make the next revision."""
    renamed = {**GAZA, "description": f"رقم {number}"}
    store.commit([Put(record(renamed))], Note("ليلى", f"الوصف {number}"))


async def reason(call: Any) -> str:
    with pytest.raises(grpc.aio.AioRpcError) as failed:
        await call
    return rich_error(failed.value).reason


class TestListRevisions:
    async def test_they_come_newest_first_page_by_page(self, stored: Served, store: Store) -> None:
        for number in range(4):
            rename(store, number)
        request = pb.ListRevisionsRequest(page_size=2)
        listed: list[pb.Revision] = []
        while True:
            page = await stored.gazetteer.ListRevisions(request)
            listed += page.revisions
            if not page.next_page_token:
                break
            request.page_token = page.next_page_token
        assert [revision.number for revision in listed] == [5, 4, 3, 2, 1]
        assert (listed[0].author, listed[0].reason) == ("ليلى", "الوصف 3")
        assert listed[0].create_time.ToDatetime() >= listed[1].create_time.ToDatetime()
        assert listed[-1].created_count == listed[-1].entity_count == 4

    async def test_those_of_one_entity(self, stored: Served, store: Store) -> None:
        rename(store, 1)
        store.commit([Delete("per:rami-hamdallah")], Note("ليلى"))
        rename(store, 2)
        request = pb.ListRevisionsRequest(entity_id="loc:gaza", page_size=2)
        page = await stored.gazetteer.ListRevisions(request)
        assert [revision.number for revision in page.revisions] == [4, 2]
        request.page_token = page.next_page_token
        rest = await stored.gazetteer.ListRevisions(request)
        assert [revision.number for revision in rest.revisions] == [1]
        assert not rest.next_page_token

    async def test_a_token_belongs_to_its_list(self, stored: Served, store: Store) -> None:
        rename(store, 1)
        page = await stored.gazetteer.ListRevisions(pb.ListRevisionsRequest(page_size=1))
        other = pb.ListRevisionsRequest(entity_id="loc:gaza", page_token=page.next_page_token)
        assert await reason(stored.gazetteer.ListRevisions(other)) == "PAGE_TOKEN_INVALID"
        negative = pb.ListRevisionsRequest(page_size=-1)
        assert await reason(stored.gazetteer.ListRevisions(negative)) == "FIELD_INVALID"


class TestDiffRevisions:
    async def changes(self, served: Served, before: int, after: int = 0) -> list[pb.EntityChange]:
        request = pb.DiffRevisionsRequest(from_revision=before, to_revision=after)
        return [c async for m in served.gazetteer.DiffRevisions(request) for c in m.changes]

    async def test_it_says_what_became_of_each_entity(self, stored: Served, store: Store) -> None:
        rename(store, 1)
        front = {"id": "org:front", "type": "ORGANIZATION", "names": [{"name": "الجبهة"}]}
        store.commit([Put(record(front)), Merge(("org:hamas",), "org:front")], Note("ليلى"))
        store.commit([Delete("per:rami-hamdallah")], Note("ليلى"))
        changes = {c.entity_id: c for c in await self.changes(stored, 1)}
        assert list(changes) == sorted(changes)
        gaza = changes["loc:gaza"]
        assert (gaza.before.description, gaza.after.description) == ("", "رقم 1")
        assert gaza.before.etag != gaza.after.etag
        hamas = changes["org:hamas"]
        assert hamas.HasField("before")
        assert not hamas.HasField("after")
        assert hamas.merged_into_after == "org:front"
        deleted = changes["per:rami-hamdallah"]
        assert deleted.HasField("before")
        assert not deleted.HasField("after")
        assert not deleted.merged_into_after
        relation = changes["per:saleh-al-arouri"].after.relations[0]
        assert relation.target_id == "org:front"

    async def test_backwards_it_is_the_other_way_round(self, stored: Served, store: Store) -> None:
        rename(store, 1)
        [back] = await self.changes(stored, 2, 1)
        assert (back.before.description, back.after.description) == ("رقم 1", "")

    async def test_from_nothing_it_is_everything(self, stored: Served) -> None:
        changes = await self.changes(stored, 0, 1)
        assert [change.HasField("before") for change in changes] == [False] * 4

    async def test_a_long_one_comes_in_messages(self, stored: Served, store: Store) -> None:
        people = [
            {"id": f"per:n{n:03}", "type": "PERSON", "names": [{"name": f"شخص {n}"}]}
            for n in range(250)
        ]
        store.commit([Put(record(person)) for person in people], Note("ليلى"))
        request = pb.DiffRevisionsRequest(from_revision=1)
        messages = [m async for m in stored.gazetteer.DiffRevisions(request)]
        assert [len(message.changes) for message in messages] == [100, 100, 50]

    async def test_both_must_be_there(self, stored: Served) -> None:
        assert await reason(self.changes(stored, 1, 9)) == "REVISION_NOT_FOUND"
        assert await reason(self.changes(stored, -1)) == "FIELD_INVALID"


class TestWatchGazetteer:
    async def test_the_first_answer_comes_at_once_and_the_others_in_order(
        self, stored: Served, store: Store
    ) -> None:
        watch = stored.gazetteer.WatchGazetteer(pb.WatchGazetteerRequest())
        assert await number(watch) == 1
        for edit in range(5):
            rename(store, edit)
        assert [await number(watch) for _ in range(5)] == [2, 3, 4, 5, 6]
        watch.cancel()

    async def test_it_goes_on_after_the_last_one_seen(self, stored: Served, store: Store) -> None:
        for edit in range(120):
            rename(store, edit)
        watch = stored.gazetteer.WatchGazetteer(pb.WatchGazetteerRequest(after_revision=3))
        assert [await number(watch) for _ in range(118)] == list(range(4, 122))
        watch.cancel()

    async def test_what_is_watched_is_served(self, stored: Served, store: Store) -> None:
        watch = stored.gazetteer.WatchGazetteer(pb.WatchGazetteerRequest(after_revision=1))
        rename(store, 1)
        assert await number(watch) == 2
        answer = await stored.gazetteer.GetEntity(pb.GetEntityRequest(id="loc:gaza"))
        assert answer.entity.description == "رقم 1"
        assert answer.provenance.gazetteer_revision >= 2
        watch.cancel()

    async def test_an_empty_store_is_revision_0(self, store: Store) -> None:
        async with serving(store) as served:
            watch = served.gazetteer.WatchGazetteer(pb.WatchGazetteerRequest())
            assert await number(watch) == 0
            made = entity.Entity(id="loc:gaza", type=entity.ENTITY_TYPE_LOCATION)
            made.names.add(name="غزة")
            await served.gazetteer.CreateEntity(pb.CreateEntityRequest(entity=made))
            assert await number(watch) == 1
            watch.cancel()

    async def test_files_have_one_state_and_the_end_is_told(self) -> None:
        async with serving() as served:
            watch = served.gazetteer.WatchGazetteer(pb.WatchGazetteerRequest())
            news = await watch.read()
            assert isinstance(news, pb.WatchGazetteerResponse)
            assert (news.revision.number, news.revision.version) == (0, "stand-in-1")
            assert news.revision.entity_count == 6
            stopping = asyncio.create_task(served.server.stop())
            assert await reason(watch.read()) == "SHUTTING_DOWN"
            await stopping


async def number(watch: grpc.aio.UnaryStreamCall[Any, pb.WatchGazetteerResponse]) -> int:
    news = await asyncio.wait_for(watch.read(), 30)
    assert isinstance(news, pb.WatchGazetteerResponse)
    return news.revision.number


async def test_the_gazetteer_says_which_revision_is_served(stored: Served) -> None:
    gazetteer = (await stored.gazetteer.GetGazetteer(pb.GetGazetteerRequest())).gazetteer
    assert (gazetteer.revision, gazetteer.newest_revision) == (1, 1)
    assert gazetteer.follow_state == pb.FOLLOW_STATE_CURRENT
