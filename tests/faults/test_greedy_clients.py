"""A client that takes more than its share is refused and told when to come again; others pass."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import chain
from pathlib import Path
from typing import Any

import grpc
import pytest
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_health.v1.health_pb2_grpc import HealthStub
from grpc_reflection.v1alpha.reflection_pb2 import ServerReflectionRequest
from grpc_reflection.v1alpha.reflection_pb2_grpc import ServerReflectionStub

import nisba
from nisba.v1 import linking_service_pb2 as pb
from nisba.v1.linking_service_pb2_grpc import LinkingServiceStub
from nisba_service.gazetteer.location import Database, StoreUrl
from nisba_service.gazetteer.store.store import Store
from nisba_service.gazetteer.store.tokens import Role
from tests.support.records import seeded
from tests.support.serving import Served, rich_error, serving

ENGLISH = "Leaders of Hamas met in Gaza. "
ARABIC = "التقى قادة حماس في غزة. "
TEXTS = pytest.mark.parametrize("text", [ENGLISH, ARABIC], ids=["en", "ar"])
ONCE = nisba.ClientConfig(retry=nisba.RetryConfig(max_attempts=1))


@pytest.fixture
def store_url(tmp_path: Path) -> StoreUrl:
    return StoreUrl(Database.SQLITE, str(tmp_path / "gazetteer.db"))


def linked(served: Served, text: str) -> asyncio.Future[pb.LinkTextResponse]:
    request = pb.LinkTextRequest(document=pb.Document(text=text))
    return asyncio.ensure_future(served.linking.LinkText(request))


@asynccontextmanager
async def two_clients(
    store: Store, **limits: Any
) -> AsyncIterator[tuple[Served, nisba.AsyncClient, nisba.AsyncClient]]:
    seeded(store)
    secrets = [store.tokens.create(name, Role.CURATOR) for name in ("الجشع", "polite")]
    async with (
        serving(store, open_access="none", **limits) as served,
        nisba.AsyncClient(served.address, token=secrets[0], config=ONCE) as greedy,
        nisba.AsyncClient(served.address, token=secrets[1], config=ONCE) as polite,
    ):
        yield served, greedy, polite


@TEXTS
async def test_who_sends_too_much_text_is_refused_and_the_polite_client_is_not(
    store: Store, text: str
) -> None:
    long = text * (3_000 // len(text))
    async with two_clients(store, client_code_points=2_000, client_burst=2) as (_, greedy, polite):
        flood = [asyncio.ensure_future(greedy.link(long)) for _ in range(40)]
        answers = [await polite.link(text) for _ in range(10)]
        outcomes = await asyncio.gather(*flood, return_exceptions=True)
        assert all("loc:gaza" in answer.entity_ids for answer in answers)
        refused = [outcome for outcome in outcomes if isinstance(outcome, nisba.Overloaded)]
        assert 0 < len(outcomes) - len(refused) < 40
        assert len(refused) + sum(isinstance(o, nisba.LinkedDocument) for o in outcomes) == 40
        for error in refused:
            assert error.reason == nisba.ErrorReason.CLIENT_LIMIT_EXCEEDED
            # A text costs about 3,200, and at most as much is missing, at 2,000 a second.
            assert error.retry_after is not None
            assert 0 < error.retry_after <= 3_300 / 2_000
        await asyncio.sleep(max(error.retry_after or 0 for error in refused))
        assert "loc:gaza" in (await greedy.link(long)).entity_ids


@TEXTS
async def test_who_has_too_many_calls_at_once_is_refused_and_the_polite_client_is_not(
    store: Store, text: str
) -> None:
    async with two_clients(store, client_calls=4) as (served, greedy, polite):
        served.tagger.gate.clear()
        flood = [asyncio.ensure_future(greedy.link(text)) for _ in range(30)]
        refused = 0
        while refused < 26:
            refused = sum(call.done() for call in flood)
            await asyncio.sleep(0.005)
        waiting = asyncio.ensure_future(polite.link(text))
        served.tagger.gate.set()
        assert "loc:gaza" in (await waiting).entity_ids
        outcomes = await asyncio.gather(*flood, return_exceptions=True)
        errors = [outcome for outcome in outcomes if isinstance(outcome, nisba.Overloaded)]
        assert len(errors) == 26
        assert {error.reason for error in errors} == {nisba.ErrorReason.CLIENT_LIMIT_EXCEEDED}
        assert all(error.retry_after and error.retry_after <= 30 for error in errors)
        assert "loc:gaza" in (await greedy.link(text)).entity_ids


@TEXTS
async def test_a_client_that_retries_as_it_is_told_gets_through(store: Store, text: str) -> None:
    async with two_clients(store, client_code_points=1_000, client_burst=1) as (served, _, _):
        secret = store.tokens.create("ingest", Role.READER)
        async with nisba.AsyncClient(served.address, token=secret) as client:
            long = text * (700 // len(text))
            for _ in range(3):
                assert (await client.link(long)).entity_ids


@TEXTS
async def test_streams_are_slowed_down_and_lose_nothing(text: str) -> None:
    async with serving(client_code_points=4_000, client_burst=1, client_calls=2) as served:

        async def keys(stream: int) -> list[str]:
            requests = (
                pb.StreamLinkTextsRequest(key=f"{stream}-{i}", document=pb.Document(text=text * 20))
                for i in range(3)
            )
            answers = [answer async for answer in served.linking.StreamLinkTexts(requests)]
            assert all(answer.result.document.mentions for answer in answers)
            return [answer.key for answer in answers]

        answered = await asyncio.gather(*map(keys, range(4)))
        assert sorted(chain(*answered)) == sorted(f"{s}-{i}" for s in range(4) for i in range(3))


@TEXTS
async def test_batches_tags_names_and_imports_are_counted_too(store: Store, text: str) -> None:
    async with two_clients(store, client_code_points=1_000, client_burst=5) as (_, greedy, polite):
        await greedy.link_batch([text * 10] * 30)
        with pytest.raises(nisba.Overloaded):
            await greedy.link_batch([text])
        with pytest.raises(nisba.Overloaded):
            await greedy.resolve(["غزة"])
        with pytest.raises(nisba.Overloaded):
            await greedy.get_entity("loc:gaza")
        assert await polite.get_entity("loc:gaza")

        def people() -> Iterator[nisba.Entity]:
            for n in range(3):
                name = nisba.Name(f"يحيى السنوار {n}", "ar", nisba.NameKind.PRIMARY)
                yield nisba.Entity(f"per:n{n}", nisba.EntityType.PERSON, (name,), notes="x" * 500)

        revision = await polite.import_entities(people())
        assert revision.created_count == 3
        with pytest.raises(nisba.Overloaded):
            await polite.link(text * 200)


async def test_health_and_reflection_are_never_counted() -> None:
    async with serving(client_calls=1, client_code_points=100, client_burst=1) as served:
        served.tagger.gate.clear()
        calls = [linked(served, ENGLISH) for _ in range(5)]
        done, _ = await asyncio.wait(calls, return_when=asyncio.FIRST_COMPLETED)
        failed = done.pop().exception()
        assert isinstance(failed, grpc.aio.AioRpcError)
        assert rich_error(failed).reason == "CLIENT_LIMIT_EXCEEDED"
        for _ in range(20):
            answer = await HealthStub(served.channel).Check(HealthCheckRequest())
            assert answer.status == HealthCheckResponse.SERVING
        ask = ServerReflectionStub(served.channel).ServerReflectionInfo
        async for described in ask(iter([ServerReflectionRequest(list_services="")] * 20)):
            assert described.list_services_response.service
        served.tagger.gate.set()
        await asyncio.gather(*calls, return_exceptions=True)


async def test_a_refusal_tells_its_limit_and_the_pushback_of_grpc() -> None:
    async with serving(client_code_points=1_000, client_burst=1) as served:
        await linked(served, ARABIC * 30)
        with pytest.raises(grpc.aio.AioRpcError) as failed:
            await linked(served, ARABIC * 30)
        error = rich_error(failed.value)
        assert error.code is grpc.StatusCode.RESOURCE_EXHAUSTED
        assert error.metadata == {"limit": "1000 code points a second"}
        assert error.retry_after is not None
        trailers = dict(failed.value.trailing_metadata() or ())
        assert int(trailers["grpc-retry-pushback-ms"]) == round(error.retry_after * 1000)


async def test_callers_of_one_address_share_whatever_their_connections(tmp_path: Path) -> None:
    address = f"unix:{tmp_path / 'nisba.sock'}"
    for where in ("127.0.0.1:0", address):
        async with serving(address=where, client_code_points=1_000, client_burst=1) as served:
            await linked(served, ENGLISH * 25)
            own_socket = [("grpc.use_local_subchannel_pool", 1)]
            async with grpc.aio.insecure_channel(served.address, own_socket) as channel:
                request = pb.LinkTextRequest(document=pb.Document(text=ENGLISH * 25))
                with pytest.raises(grpc.aio.AioRpcError) as failed:
                    await LinkingServiceStub(channel).LinkText(request)
            assert rich_error(failed.value).reason == "CLIENT_LIMIT_EXCEEDED"
