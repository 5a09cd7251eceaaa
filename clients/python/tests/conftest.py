"""Real servers on this machine, and one way to drive both clients.

`client` runs a test twice: with `Client`, and with `AsyncClient` behind a bridge that makes its
methods blocking. So whatever is tested of one is tested of the other.
"""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import pytest

from nisba import AsyncClient, Client, Entity, EntityType, Name, NameKind, Relation
from nisba.testing import FakeNisba
from nisba.testing._fake import _health
from nisba.v1.gazetteer_service_pb2_grpc import (
    GazetteerServiceServicer,
    add_GazetteerServiceServicer_to_server,
)
from nisba.v1.linking_service_pb2_grpc import (
    LinkingServiceServicer,
    add_LinkingServiceServicer_to_server,
)

ARURI = Entity(
    id="per:saleh-al-arouri",
    type=EntityType.PERSON,
    names=(
        Name("Saleh al-Arouri", "en", NameKind.PRIMARY),
        Name("صالح العاروري", "ar", NameKind.PRIMARY),
        Name("Aruri", "en", NameKind.SHORT),
        Name("العاروري", "ar", NameKind.SHORT),
    ),
    description="Deputy head of the political bureau of Hamas",
    wikidata_id="Q3470463",
    other_ids={"viaf": "1"},
    relations=(Relation("member_of", "org:hamas"),),
)
HAMDALLAH = Entity(
    id="per:rami-hamdallah",
    type=EntityType.PERSON,
    names=(
        Name("Rami Hamdallah", "en", NameKind.PRIMARY),
        Name("رامي الحمد الله", "ar", NameKind.PRIMARY),
        Name("Hamdallah", "en", NameKind.SHORT),
        Name("الحمد الله", "ar", NameKind.SHORT),
    ),
)
HAMAS = Entity(
    id="org:hamas",
    type=EntityType.ORGANIZATION,
    names=(Name("Hamas", "en", NameKind.PRIMARY), Name("حماس", "ar", NameKind.PRIMARY)),
)


class Bridge:
    """Makes an `AsyncClient` blocking: coroutines are run, asynchronous iterators iterated.

    Clients of one test share a runner: gRPC is not made for several event loops in one thread.
    """

    def __init__(self, runner: asyncio.Runner, *args: Any, **kwargs: Any) -> None:
        self._runner = runner
        self._client = AsyncClient(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._client, name)
        return self._blocking(attribute) if callable(attribute) else attribute

    def _blocking(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            result = method(*args, **kwargs)
            if inspect.isasyncgen(result):
                return self._iterate(result)
            return self._runner.run(result) if inspect.iscoroutine(result) else result

        return call

    def _iterate(self, generator: Any) -> Iterator[Any]:
        async def step() -> list[Any]:
            return [item async for item in _first(generator)]

        try:
            while item := self._runner.run(step()):
                yield item[0]
        finally:
            self._runner.run(generator.aclose())

    def shut_down(self) -> None:
        self._runner.run(self._client.close())


async def _first(generator: Any) -> Any:
    try:
        yield await anext(generator)
    except StopAsyncIteration:
        return


@pytest.fixture(autouse=True)
def _no_leaks() -> Iterator[None]:
    """No test leaves a thread of ours behind."""
    yield
    ours = ("nisba-stream", "fake-nisba", "hostile")
    assert [t.name for t in threading.enumerate() if t.name.startswith(ours)] == []


@pytest.fixture(params=["sync", "async"])
def connect(request: pytest.FixtureRequest) -> Iterator[Callable[..., Any]]:
    """Make clients of one kind, and close them at the end."""
    made: list[Any] = []
    with asyncio.Runner() as runner:

        def make(*args: Any, **kwargs: Any) -> Any:
            is_sync = request.param == "sync"
            made.append(Client(*args, **kwargs) if is_sync else Bridge(runner, *args, **kwargs))
            return made[-1]

        yield make
        for client in made:
            client.shut_down() if isinstance(client, Bridge) else client.close()


@pytest.fixture
def fake() -> Iterator[FakeNisba]:
    with FakeNisba([ARURI, HAMDALLAH, HAMAS]) as served:
        yield served


@pytest.fixture
def client(fake: FakeNisba, connect: Callable[..., Any]) -> Any:
    return connect(fake.target)


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    """Serve handlers by the names of their calls, `serve(LinkText=...)`, and return the target.

    Calls without a handler are UNIMPLEMENTED. `credentials` and `options` are gRPC's.
    """
    running: list[tuple[grpc.Server, ThreadPoolExecutor]] = []

    def start(
        *,
        credentials: grpc.ServerCredentials | None = None,
        options: tuple[tuple[str, int], ...] = (),
        **handlers: Callable[..., Any],
    ) -> str:
        executor = ThreadPoolExecutor(16, thread_name_prefix="hostile")
        server = grpc.server(executor, options=[("grpc.so_reuseport", 0), *options])
        linking = LinkingServiceServicer()  # type: ignore[abstract]  # only in its stubs
        gazetteer = GazetteerServiceServicer()  # type: ignore[abstract]  # only in its stubs
        for name, handler in handlers.items():
            setattr(linking if hasattr(linking, name) else gazetteer, name, handler)
        add_LinkingServiceServicer_to_server(linking, server)
        add_GazetteerServiceServicer_to_server(gazetteer, server)
        server.add_generic_rpc_handlers((_health(),))
        if credentials is None:
            port = server.add_insecure_port("127.0.0.1:0")
        else:
            port = server.add_secure_port("127.0.0.1:0", credentials)
        server.start()
        running.append((server, executor))
        return f"127.0.0.1:{port}"

    yield start
    for server, executor in running:
        server.stop(None).wait()
        executor.shutdown()
