"""Several server processes on one store: they converge, and the death of one harms nothing."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import grpc
import pytest

from nisba.v1 import entity_pb2 as entity
from nisba.v1 import gazetteer_service_pb2 as pb
from nisba.v1 import linking_service_pb2 as linking
from nisba.v1.gazetteer_service_pb2_grpc import GazetteerServiceStub
from nisba.v1.linking_service_pb2_grpc import LinkingServiceStub
from nisba_service.gazetteer.location import StoreUrl
from nisba_service.gazetteer.store.store import Store
from tests.support.process import ServerProcess, started
from tests.support.records import seeded
from tests.support.replicas import location

SERVER = ("-m", "tests.support.stand_in_server")
IMPORTED = 4_000


@dataclass(frozen=True, slots=True)
class Replica:
    server: ServerProcess
    channel: grpc.aio.Channel

    async def create(self, entity_id: str, *names: str) -> pb.CreateEntityResponse:
        made = entity.Entity(id=entity_id, type=entity.ENTITY_TYPE_PERSON)
        for name in names:
            made.names.add(name=name)
        request = pb.CreateEntityRequest(entity=made)
        return await GazetteerServiceStub(self.channel).CreateEntity(request)

    async def linked(self, text: str) -> tuple[list[str], entity.Provenance]:
        request = linking.LinkTextRequest(document=linking.Document(text=text))
        answer = await LinkingServiceStub(self.channel).LinkText(request)
        return [m.entity_id for m in answer.document.mentions], answer.provenance

    async def watched(self, after: int, upto: int) -> list[int]:
        """Watch until a revision comes, and return the numbers of all that came."""
        numbers = []
        request = pb.WatchGazetteerRequest(after_revision=after)
        async for news in GazetteerServiceStub(self.channel).WatchGazetteer(request):
            numbers.append(news.revision.number)
            if numbers[-1] >= upto:
                break
        return numbers

    async def reach(self, revision: int) -> None:
        """Return when the replica serves this revision or a later one."""
        while True:
            request = pb.GetGazetteerRequest()
            answer = await GazetteerServiceStub(self.channel).GetGazetteer(request)
            if answer.gazetteer.revision >= revision:
                return
            await asyncio.sleep(0.05)


@pytest.fixture
async def replicas(store: Store, store_url: StoreUrl) -> AsyncIterator[tuple[Replica, Replica]]:
    """Run two servers on one store."""
    seeded(store)
    async with AsyncExitStack() as stack:
        made = []
        for _ in range(2):
            settings = {"gazetteer": location(store_url), "drain_delay": "0"}
            server = await stack.enter_async_context(started(SERVER, **settings))
            address = (await server.logged("serving"))["address"]
            channel = await stack.enter_async_context(grpc.aio.insecure_channel(address))
            made.append(Replica(server, channel))
        yield made[0], made[1]


async def test_edits_on_either_are_served_by_both_and_watched_in_order(
    replicas: tuple[Replica, Replica],
) -> None:
    one, other = replicas
    watches = [asyncio.create_task(r.watched(after=0, upto=13)) for r in replicas]
    for number in range(6):
        await asyncio.gather(
            one.create(f"per:a{number}", f"Zaydan Number{'abcdef'[number]}"),
            other.create(f"per:b{number}", f"زيدان {'أبتثجح'[number]}ول"),
        )
    assert [await watch for watch in watches] == [list(range(1, 14))] * 2
    for replica in replicas:
        await replica.reach(13)
        english, first = await replica.linked("Zaydan Numberc spoke in Gaza.")
        arabic, second = await replica.linked("تحدث زيدان تول في غزة.")
        assert english == ["per:a2", "loc:gaza"]
        assert arabic == ["per:b2", "loc:gaza"]
        assert first.gazetteer_revision == second.gazetteer_revision == 13
    versions = {(await replica.linked("غزة"))[1].gazetteer_version for replica in replicas}
    assert len(versions) == 1


@pytest.mark.parametrize("seconds", [0.02, 0.2, 0.6])
async def test_a_replica_that_is_killed_while_it_writes_leaves_all_or_nothing(
    replicas: tuple[Replica, Replica], store: Store, seconds: float
) -> None:
    victim, survivor = replicas
    last = asyncio.Event()

    async def messages() -> AsyncIterator[pb.ImportEntitiesRequest]:
        yield pb.ImportEntitiesRequest(options=pb.ImportOptions())
        for start in range(0, IMPORTED, 1_000):
            batch = pb.EntityBatch()
            for number in range(start, start + 1_000):
                made = batch.entities.add(id=f"per:n{number}", type=entity.ENTITY_TYPE_PERSON)
                made.names.add(name=f"شخص رقم {number}", language="ar")
            yield pb.ImportEntitiesRequest(batch=batch)
        yield pb.ImportEntitiesRequest(end=pb.ImportEnd(entity_count=IMPORTED))
        last.set()

    importing = asyncio.ensure_future(
        GazetteerServiceStub(victim.channel).ImportEntities(messages())
    )
    await last.wait()
    await asyncio.sleep(seconds)
    victim.server.process.send_signal(signal.SIGKILL)
    await asyncio.gather(importing, return_exceptions=True)
    await victim.server.process.wait()

    created = await survivor.create("per:after", "أبو الوليد")
    head = created.revision
    assert (head.number, head.entity_count) in {(2, 5), (3, 5 + IMPORTED)}
    assert store.head().entity_count == head.entity_count
    assert sum(1 for _ in store.records()) == head.entity_count
    assert (await survivor.linked("حضر أبو الوليد."))[0] == ["per:after"]
