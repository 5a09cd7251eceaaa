"""Edits land while texts are linked: no call fails, and no answer is of two revisions.

Every revision moves two names, one in each language, from one person to the other at once. An
answer of one revision has both of the same person, by the number that its provenance states; an
answer of two would not.
"""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import AsyncIterator
from threading import Event

import grpc
import pytest
import sqlalchemy as sa
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_health.v1.health_pb2_grpc import HealthStub

from nisba.v1 import entity_pb2 as entity
from nisba.v1 import gazetteer_service_pb2 as pb
from nisba.v1 import linking_service_pb2 as linking
from nisba_service.gazetteer.location import Database, StoreUrl
from nisba_service.gazetteer.store.model import Note, Put
from nisba_service.gazetteer.store.store import Store
from nisba_service.gazetteer.store.tables import REVISION, STATE
from nisba_service.server.health import FOLLOWING
from tests.support.postgres import Postgres
from tests.support.records import record, seeded
from tests.support.serving import Served, rich_error, serving

EDITS = 25
TEXT = "Zaydan Marwani met leaders in Gaza. التقى زيدان المرواني قادة في غزة."
OWNERS = ("per:even", "per:odd")


def person(entity_id: str, *names: str) -> entity.Entity:
    made = entity.Entity(id=entity_id, type=entity.ENTITY_TYPE_PERSON)
    for name in names:
        made.names.add(name=name)
    return made


async def move(served: Served, number: int) -> int:
    """Make revision `number`, in which both names are of the person that its parity tells."""
    names = ("Zaydan Marwani", "زيدان المرواني")
    entities = [
        person(owner, f"Nobody Else {number}", *(names if number % 2 == parity else ()))
        for parity, owner in enumerate(OWNERS)
    ]

    async def messages() -> AsyncIterator[pb.ImportEntitiesRequest]:
        yield pb.ImportEntitiesRequest(options=pb.ImportOptions())
        yield pb.ImportEntitiesRequest(batch=pb.EntityBatch(entities=entities))
        yield pb.ImportEntitiesRequest(end=pb.ImportEnd(entity_count=len(entities)))

    return (await served.gazetteer.ImportEntities(messages())).revision.number


def check(document: linking.LinkedDocument, provenance: entity.Provenance) -> None:
    """Check that a document is linked as its revision would have it."""
    owner = OWNERS[provenance.gazetteer_revision % 2]
    linked = [mention.entity_id for mention in document.mentions]
    assert linked == [owner, "loc:gaza", owner, "loc:gaza"], provenance.gazetteer_revision


@pytest.fixture
async def served(store: Store) -> AsyncIterator[Served]:
    seeded(store)
    async with serving(store) as running:
        assert await move(running, 2) == 2
        yield running


async def link_on(served: Served, stop: asyncio.Event) -> set[int]:
    """Link until told to stop, by single calls, batches and a stream; return the revisions met."""
    document = linking.Document(text=TEXT)
    met = set()
    while not stop.is_set():
        one = await served.linking.LinkText(linking.LinkTextRequest(document=document))
        check(one.document, one.provenance)
        met.add(one.provenance.gazetteer_revision)
        batch = linking.BatchLinkTextsRequest(documents=[document] * 3)
        several = await served.linking.BatchLinkTexts(batch)
        for result in several.results:
            check(result.document, several.provenance)
        requests = [linking.StreamLinkTextsRequest(document=document)] * 3
        async for answer in served.linking.StreamLinkTexts(iter(requests)):
            check(answer.result.document, answer.provenance)
    return met


async def test_no_call_fails_and_no_answer_is_of_two_revisions(served: Served) -> None:
    stop = asyncio.Event()
    load = [asyncio.create_task(link_on(served, stop)) for _ in range(4)]
    for number in range(3, EDITS + 3):
        assert await move(served, number) == number
        answer = await served.linking.LinkText(
            linking.LinkTextRequest(document=linking.Document(text=TEXT))
        )
        check(answer.document, answer.provenance)
        assert answer.provenance.gazetteer_revision >= number, "a writer reads what it wrote"
    stop.set()
    met = set().union(*await asyncio.gather(*load))
    assert len(met) > 3, "the load ran while edits landed"


async def test_a_running_call_ends_on_the_revision_it_began_with(served: Served) -> None:
    served.tagger.gate.clear()
    request = linking.BatchLinkTextsRequest(documents=[linking.Document(text=TEXT)] * 2)
    running = asyncio.ensure_future(served.linking.BatchLinkTexts(request))
    await asyncio.to_thread(served.tagger.begun.acquire)
    assert await move(served, 3) == 3
    waiting = asyncio.ensure_future(served.linking.BatchLinkTexts(request))
    served.tagger.gate.set()
    for call, revision in ((running, 2), (waiting, 3)):
        response = await call
        assert response.provenance.gazetteer_revision == revision
        for result in response.results:
            check(result.document, response.provenance)


async def test_an_engine_is_freed_when_its_last_call_has_ended(served: Served) -> None:
    old = weakref.ref(served.server.live.current)
    old_linker = weakref.ref(served.server.live.current.linker)
    served.tagger.gate.clear()
    request = linking.LinkTextRequest(document=linking.Document(text=TEXT))
    running = asyncio.ensure_future(served.linking.LinkText(request))
    await asyncio.to_thread(served.tagger.begun.acquire)
    await move(served, 3)
    gc.collect()
    assert old_linker() is not None, "the call that runs needs it"
    served.tagger.gate.set()
    await running
    for _ in range(1_000):  # an answer leaves before its batch is put away
        gc.collect()
        if old_linker() is None:
            break
        await asyncio.sleep(0.001)
    assert (old(), old_linker()) == (None, None)


def damage(store: Store, number: int) -> None:
    """Make a revision that no edit can: with a record that is none. A hand in the database can."""
    newest = sa.select(REVISION).order_by(REVISION.c.number.desc()).limit(1)
    with store._database.writing() as connection:
        row = connection.execute(newest).one()._asdict()
        connection.execute(sa.insert(REVISION).values({**row, "number": number}))
        state = sa.select(STATE).where(STATE.c.entity_id == "org:hamas").limit(1)
        row = connection.execute(state).one()._asdict()
        broken = {**row, "revision": number, "record": '{"id": "org:hamas"}', "etag": "broken"}
        connection.execute(sa.insert(STATE).values(broken))


async def test_a_revision_that_cannot_be_loaded_leaves_the_one_before_serving(
    served: Served, store: Store
) -> None:
    damage(store, 3)
    while await follow_state(served) != pb.FOLLOW_STATE_LOAD_FAILED:
        await asyncio.sleep(0.05)
    health = HealthStub(served.channel)
    following = await health.Check(HealthCheckRequest(service=FOLLOWING))
    whole = await health.Check(HealthCheckRequest())
    assert following.status == HealthCheckResponse.NOT_SERVING
    assert whole.status == HealthCheckResponse.SERVING
    request = linking.LinkTextRequest(document=linking.Document(text=TEXT))
    answer = await served.linking.LinkText(request)
    assert answer.provenance.gazetteer_revision == 2
    check(answer.document, answer.provenance)
    gazetteer = (await served.gazetteer.GetGazetteer(pb.GetGazetteerRequest())).gazetteer
    assert (gazetteer.revision, gazetteer.newest_revision) == (2, 3)

    mended = {"id": "org:hamas", "type": "ORGANIZATION", "names": [{"name": "حماس"}]}
    store.commit([Put(record(mended))], Note("hand", "mended"))
    await asyncio.wait_for(served.server.live.reach(4), 30)
    while await follow_state(served) != pb.FOLLOW_STATE_CURRENT:
        await asyncio.sleep(0.05)


async def test_no_error_ends_the_following(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    wait, failures = store.wait, iter([RuntimeError("no error of the store's"), MemoryError()])

    def failing(after: int, timeout: float, stop: Event | None = None) -> int:
        for error in failures:
            raise error
        return wait(after, timeout, stop)

    monkeypatch.setattr(store, "wait", failing)
    seeded(store)
    async with serving(store) as served:
        mended = {"id": "org:hamas", "type": "ORGANIZATION", "names": [{"name": "حماس"}]}
        store.commit([Put(record(mended))], Note("layla"))
        await asyncio.wait_for(served.server.live.reach(2), 30)
        assert served.server.live.current.revision == 2
        assert next(failures, None) is None, "the following met no error"


async def test_while_the_database_is_away_reading_goes_on_and_edits_fail(
    postgres: Postgres,
) -> None:
    url = StoreUrl(Database.POSTGRESQL, postgres.new_store())
    with Store.open(url) as store:
        seeded(store)
        async with serving(store) as served:
            document = linking.Document(text="قادة حماس في غزة")
            request = linking.LinkTextRequest(document=document)
            await asyncio.to_thread(postgres.stop)
            try:
                answer = await served.linking.LinkText(request)
                assert len(answer.document.mentions) == 2
                await served.gazetteer.GetEntity(pb.GetEntityRequest(id="org:hamas"))
                with pytest.raises(grpc.aio.AioRpcError) as failed:
                    await served.gazetteer.DeleteEntity(pb.DeleteEntityRequest(id="loc:gaza"))
                error = rich_error(failed.value)
                assert (error.code, error.reason) == (
                    grpc.StatusCode.UNAVAILABLE,
                    "STORE_UNAVAILABLE",
                )
                assert error.retry_after
                while await follow_state(served) != pb.FOLLOW_STATE_STORE_UNAVAILABLE:
                    await asyncio.sleep(0.05)
            finally:
                await asyncio.to_thread(postgres.start)
            while await follow_state(served) != pb.FOLLOW_STATE_CURRENT:
                await asyncio.sleep(0.05)
            delete = pb.DeleteEntityRequest(id="loc:gaza")
            revision = (await served.gazetteer.DeleteEntity(delete)).revision
            assert revision.number == 2
            answer = await served.linking.LinkText(request)
            assert [m.entity_id for m in answer.document.mentions] == ["org:hamas"]


async def follow_state(served: Served) -> pb.FollowState:
    response = await served.gazetteer.GetGazetteer(pb.GetGazetteerRequest())
    return response.gazetteer.follow_state
