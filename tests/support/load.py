"""Load through a client that goes on until it is told to stop, and keeps every answer's account.

English and Arabic texts, by every kind of call: single texts, batches, names, and both streams.
Three clients do the same: the SDK for threads, the SDK for asyncio, and plain gRPC.
"""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc

import nisba
from nisba.v1 import linking_service_pb2 as pb
from nisba.v1.linking_service_pb2_grpc import LinkingServiceStub

ENGLISH = "Saleh al-Arouri met Rami Hamdallah in Gaza."
ARABIC = "التقى صالح العاروري رئيس الوزراء رامي الحمد الله في غزة."
TEXTS = (ENGLISH, ARABIC)
SINGLE = ("link", "batch", "resolve")
STREAMS = ("links", "tags")
NAMES = ("Aruri", "الحمد الله")
LINKED = ("per:saleh-al-arouri", "per:rami-hamdallah", "loc:gaza-strip")
RESOLVED = LINKED[:2]
TAGGED = ("PERSON", "PERSON", "LOCATION")
"""The types of what the bundled models tag in either text."""

COPIES = 8
"""Of each kind of single call: a replica that is killed has a dozen in hand."""
SHORT_STREAMS = nisba.ClientConfig(documents_per_stream=40)
"""Streams are renewed so often that both replicas have some."""

Work = Callable[[], Coroutine[Any, Any, None]]


@dataclass(slots=True)
class Load:
    """What was asked and what came of it. The threads of a load share it.

    Attributes:
        asks: how often each kind of call was answered.
        wrong: what came that should not have come: other answers, and errors.
        sent: how often each document went into a stream, by its ID.
        came: how often an answer to it came out.
    """

    asks: Counter[str]
    stopped: threading.Event = field(default_factory=threading.Event)
    wrong: list[object] = field(default_factory=list)
    sent: Counter[str] = field(default_factory=Counter)
    came: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, *kinds: str) -> Load:
        """Return a load of these kinds of calls, none of which was answered yet."""
        return cls(Counter(dict.fromkeys(kinds, 0)))

    def check(self, kind: str, answer: object, expected: object) -> None:
        self.asks[kind] += 1
        if answer != expected:
            self.wrong.append(answer)

    def documents(self, stream: str) -> Iterator[nisba.Document]:
        """Yield the texts in turn, each with an ID of its own, until the load is stopped."""
        number = 0
        while not self.stopped.is_set():
            document = nisba.Document(TEXTS[number % 2], id=f"{stream}-{number}")
            self.sent[document.id] += 1
            yield document
            number += 1

    def settle(self, document: nisba.Document, answer: object, expected: object) -> None:
        """Write down the answer to a document of a stream."""
        self.came[document.id] += 1
        self.check(document.id.partition("-")[0], answer, expected)


def linked(outcome: object) -> object:
    """Return the IDs of a linked document in order of the text, or the error that came instead."""
    if isinstance(outcome, nisba.LinkedDocument):
        return tuple(mention.entity_id for mention in outcome.mentions)
    return outcome


def tagged(outcome: object) -> object:
    """Return the types of a document's spans, or the error that came instead."""
    if isinstance(outcome, nisba.TaggedDocument):
        return tuple(span.type.name for span in outcome.spans)
    return outcome


@asynccontextmanager
async def of_threads(targets: list[str], copies: int = COPIES) -> AsyncIterator[Load]:
    """Keep a load going through one client for threads; at the end, wait for the last answers."""
    load = Load.of(*SINGLE, *STREAMS)
    with nisba.Client(targets, timeout=60, config=SHORT_STREAMS) as client:

        def link() -> None:
            load.check("link", tuple(linked(client.link(text)) for text in TEXTS), (LINKED, LINKED))

        def batch() -> None:
            load.check("batch", tuple(map(linked, client.link_batch(TEXTS))), (LINKED, LINKED))

        def resolve() -> None:
            load.check("resolve", tuple(name.entity_id for name in client.resolve(NAMES)), RESOLVED)

        def stream(name: str) -> None:
            for document, outcome in client.stream(load.documents(name)):
                load.settle(document, linked(outcome), LINKED)

        def stream_tags(name: str) -> None:
            for document, outcome in client.stream_tags(load.documents(name)):
                load.settle(document, tagged(outcome), TAGGED)

        def again(ask: Callable[[], None]) -> None:
            while not load.stopped.is_set():
                ask()

        def guarded(work: Callable[..., None], argument: object) -> None:
            try:
                work(argument)
            except nisba.NisbaError as lost:
                load.wrong.append(lost)

        jobs: list[tuple[Callable[..., None], object]] = [(stream, "links"), (stream_tags, "tags")]
        jobs += [(again, ask) for ask in (link, batch, resolve)] * copies
        with ThreadPoolExecutor(len(jobs)) as pool:
            run = asyncio.get_running_loop().run_in_executor
            async with _going_on(load, [run(pool, guarded, *job) for job in jobs]):
                yield load


@asynccontextmanager
async def of_asyncio(targets: list[str], copies: int = COPIES) -> AsyncIterator[Load]:
    """Keep a load going through one client for asyncio; at the end, wait for the last answers."""
    load = Load.of(*SINGLE, *STREAMS)
    async with nisba.AsyncClient(targets, timeout=60, config=SHORT_STREAMS) as client:

        async def link() -> None:
            documents = await asyncio.gather(*map(client.link, TEXTS))
            load.check("link", tuple(map(linked, documents)), (LINKED, LINKED))

        async def batch() -> None:
            load.check(
                "batch", tuple(map(linked, await client.link_batch(TEXTS))), (LINKED, LINKED)
            )

        async def resolve() -> None:
            load.check(
                "resolve", tuple(name.entity_id for name in await client.resolve(NAMES)), RESOLVED
            )

        async def stream() -> None:
            async for document, outcome in client.stream(load.documents("links")):
                load.settle(document, linked(outcome), LINKED)

        async def stream_tags() -> None:
            async for document, outcome in client.stream_tags(load.documents("tags")):
                load.settle(document, tagged(outcome), TAGGED)

        asks = [_again(load, ask) for ask in (link, batch, resolve) * copies]
        async with _going_on(load, [*asks, _guarded(load, stream), _guarded(load, stream_tags)]):
            yield load


@asynccontextmanager
async def of_plain_grpc(
    targets: list[str], config: str, copies: int = COPIES
) -> AsyncIterator[Load]:
    """Keep a load of single calls going through plain gRPC with a service config."""
    load = Load.of(*SINGLE)
    options = [("grpc.service_config", config)]
    async with grpc.aio.insecure_channel(f"ipv4:{','.join(targets)}", options) as channel:
        stub = LinkingServiceStub(channel)

        async def link(text: str) -> None:
            request = pb.LinkTextRequest(document=pb.Document(text=text))
            answer = await stub.LinkText(request, timeout=60)
            load.check("link", tuple(m.entity_id for m in answer.document.mentions), LINKED)

        async def batch() -> None:
            request = pb.BatchLinkTextsRequest(documents=[pb.Document(text=text) for text in TEXTS])
            for item in (await stub.BatchLinkTexts(request, timeout=60)).results:
                load.check("batch", tuple(m.entity_id for m in item.document.mentions), LINKED)

        async def resolve() -> None:
            request = pb.ResolveNamesRequest(names=[pb.NameQuery(name=name) for name in NAMES])
            answer = await stub.ResolveNames(request, timeout=60)
            load.check("resolve", tuple(result.entity_id for result in answer.results), RESOLVED)

        asks = (lambda: link(ENGLISH), lambda: link(ARABIC), batch, resolve) * copies
        async with _going_on(load, [_again(load, ask) for ask in asks]):
            yield load


@asynccontextmanager
async def _going_on(load: Load, work: Iterable[Awaitable[None]]) -> AsyncIterator[None]:
    going = asyncio.gather(*work)
    try:
        yield
    finally:
        load.stopped.set()
        await going


async def _again(load: Load, ask: Work) -> None:
    while not load.stopped.is_set():
        await _guarded(load, ask)


async def _guarded(load: Load, ask: Work) -> None:
    try:
        await ask()
    except (nisba.NisbaError, grpc.RpcError) as lost:
        load.wrong.append(lost)
