"""A real server in a thread of its own, calls by bytes, and what must hold of every answer."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import grpc
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from google.rpc import error_details_pb2
from google.rpc.status_pb2 import Status
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_health.v1.health_pb2_grpc import HealthStub
from grpc_status import rpc_status

from nisba.v1 import linking_service_pb2 as pb
from nisba.v1.linking_service_pb2_grpc import LinkingServiceStub
from nisba_service.gazetteer.location import Database, StoreUrl
from nisba_service.gazetteer.store.store import Store
from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.model import TaggedSpan
from tests.fuzz.contract import ENDLESS, Rpc
from tests.fuzz.messages import SECRETS, is_map
from tests.support.records import seeded
from tests.support.serving import serving

SECONDS: Final = 60
"""After which a call hangs, on a machine however crowded."""

_AWHILE: Final = 0.3
"""Seconds for which a call is listened to that never ends."""

_PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "operations.md"
DOCUMENTED: Final = frozenset(
    re.findall(r"^\| `([A-Z_]+)` \| ([A-Z_]+) \|", _PAGE.read_text(encoding="utf-8"), re.MULTILINE)
) - {("INTERNAL", "INTERNAL")}
"""The reasons on the page for operators, each with its code."""

_WITHOUT_DETAILS: Final = re.compile(r"larger than max|metadata size exceeds")
"""What gRPC itself refuses."""

_WORD: Final = re.compile(r"\w{3,}")

Metadata = Sequence[tuple[str, str | bytes]]


@dataclass(frozen=True, slots=True)
class Live:
    """A server that runs, and the calls that it has been sent."""

    address: str
    channel: grpc.Channel
    called: set[str] = field(default_factory=set)


@contextmanager
def live(folder: Path) -> Iterator[Live]:
    """Serve a small store to everybody, as a curator."""
    with Store.open(StoreUrl(Database.SQLITE, str(folder / "gazetteer.db"))) as store:
        seeded(store)
        with _in_a_thread(store) as address, grpc.insecure_channel(address) as channel:
            yield Live(address, channel)


@contextmanager
def _in_a_thread(store: Store) -> Iterator[str]:
    address: list[str] = []
    started, stop = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        try:
            async with serving(store) as served:
                served.tagger.find = _every_word
                address.append(served.address)
                started.set()
                await stop.wait()
        finally:
            started.set()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    try:
        started.wait()
        yield address[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


def _every_word(texts: Sequence[str], language: Language) -> list[list[TaggedSpan]]:
    """Tag every word, each as another type: what comes after the tagger has much to do."""
    types = list(EntityType)
    return [
        [
            TaggedSpan(*found.span(), types[number % len(types)])
            for number, found in enumerate(_WORD.finditer(text))
        ]
        for text in texts
    ]


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a call."""

    code: grpc.StatusCode
    details: str
    status: Status | None
    answers: list[bytes]


def call(live: Live, rpc: Rpc, requests: Sequence[bytes], metadata: Metadata = ()) -> Heard:
    """Send these bytes, all of them where the call takes many, else the first."""
    live.called.add(rpc.path)
    kinds = {False: "unary", True: "stream"}
    make: Callable[..., Any] = getattr(
        live.channel, f"{kinds[rpc.sends_many]}_{kinds[rpc.answers_many]}"
    )
    request = iter(requests) if rpc.sends_many else requests[0]
    timeout = _AWHILE if rpc.name in ENDLESS else SECONDS
    answers: list[bytes] = []
    try:
        answer = make(rpc.path)(request, timeout=timeout, metadata=metadata)
        answers.extend(answer if rpc.answers_many else [answer])
    except grpc.RpcError as error:
        failed: Any = error
        return Heard(failed.code(), failed.details(), rpc_status.from_call(failed), answers)
    return Heard(grpc.StatusCode.OK, "", None, answers)


def check(rpc: Rpc, heard: Heard, sent: Sequence[Message] = ()) -> None:
    """Hold what came of a call against what is promised of every call."""
    if heard.status is not None:
        check_status(heard.status)
        assert heard.status.code == heard.code.value[0]
    elif heard.code is not grpc.StatusCode.OK:
        is_endless = rpc.name in ENDLESS and heard.code is grpc.StatusCode.DEADLINE_EXCEEDED
        refused = heard.code is grpc.StatusCode.RESOURCE_EXHAUSTED
        is_grpcs = refused and _WITHOUT_DETAILS.search(heard.details) is not None
        assert is_endless or is_grpcs, (heard.code, heard.details)
    texts = [text for message in sent for text in _texts(message)]
    for data in heard.answers:
        check_answer(GetMessageClass(rpc.response).FromString(data), texts)


def check_status(status: Status) -> None:
    """An error is one of those on the page for operators, and repeats nothing that was sent."""
    info = error_details_pb2.ErrorInfo()
    assert any(detail.Unpack(info) for detail in status.details), status
    codes = {code.value[0]: code.name for code in grpc.StatusCode}
    assert (info.reason, codes[status.code]) in DOCUMENTED, status
    written = status.SerializeToString()
    assert not [secret for secret in SECRETS if secret.encode() in written], status


def check_answer(message: Message, texts: Sequence[str]) -> None:
    """Every span is one of a text that was sent, and says what stands there."""
    if isinstance(message, Status):
        check_status(message)
    names = set(message.DESCRIPTOR.fields_by_name)
    if {"start", "end"} <= names:
        _check_span(message, texts)
    for inner in _inner(message):
        check_answer(inner, texts)


def _check_span(span: Any, texts: Sequence[str]) -> None:
    assert 0 <= span.start < span.end
    if "text" in span.DESCRIPTOR.fields_by_name:
        assert any(text[span.start : span.end] == span.text for text in texts)
    else:
        assert span.end <= max(map(len, texts))


def _texts(message: Message) -> Iterator[str]:
    for descriptor, value in message.ListFields():
        if descriptor.name == "text":
            yield value
    for inner in _inner(message):
        yield from _texts(inner)


def _inner(message: Message) -> Iterator[Message]:
    """Yield the messages that are fields of a message."""
    for descriptor, value in message.ListFields():
        if descriptor.message_type is not None and not is_map(descriptor):
            yield from value if descriptor.is_repeated else [value]


def check_serves(live: Live) -> None:
    """The server is healthy, and links a text in each language."""
    health = HealthStub(live.channel).Check(HealthCheckRequest(), timeout=SECONDS)
    assert health.status == HealthCheckResponse.SERVING
    for text in ("Leaders met in Gaza.", "التقى القادة في غزة."):
        request = pb.LinkTextRequest(document=pb.Document(text=text))
        answer = LinkingServiceStub(live.channel).LinkText(request, timeout=SECONDS)
        assert any(text[m.start : m.end] == m.text for m in answer.document.mentions)
