"""A server on a real loopback socket, the stubs to call it, and a reader of its rich errors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import grpc
from google.rpc import error_details_pb2
from google.rpc.status_pb2 import Status
from grpc_status import rpc_status

from nisba.v1.gazetteer_service_pb2_grpc import GazetteerServiceStub
from nisba.v1.linking_service_pb2_grpc import LinkingServiceStub
from nisba_service.gazetteer.store.serving import load_gazetteer
from nisba_service.gazetteer.store.store import Store
from nisba_service.gazetteer.store.tokens import Tokens
from nisba_service.server.app import Server
from nisba_service.server.engine import Engine
from nisba_service.server.stores import Stores
from nisba_service.settings import load_settings
from tests.support.engine import StandInTagger, engine

if TYPE_CHECKING:  # They exist for type checkers alone.
    from nisba.v1.gazetteer_service_pb2_grpc import GazetteerServiceAsyncStub
    from nisba.v1.linking_service_pb2_grpc import LinkingServiceAsyncStub


@dataclass(frozen=True, slots=True)
class Served:
    """A running server and its callers' side."""

    server: Server
    tagger: StandInTagger
    address: str
    channel: grpc.aio.Channel
    linking: LinkingServiceAsyncStub
    gazetteer: GazetteerServiceAsyncStub


@asynccontextmanager
async def serving(
    store: Store | None = None, tokens: Tokens | None = None, **settings: Any
) -> AsyncIterator[Served]:
    """Serve the stand-in engine, or a store; the caller's side takes answers of any size."""
    tagger = StandInTagger()
    defaults: dict[str, Any] = {"address": "127.0.0.1:0", "grace": 5}
    stores = Stores(store, tokens if store is None else tokens or store.tokens)
    served = engine(tagger) if store is None else Engine.of(load_gazetteer(store), tagger)
    server = Server(load_settings(**defaults | settings), served, stores)
    del served  # A server must be able to let go of it.
    address = await server.start()
    tagger.texts.clear()
    try:
        any_size = [("grpc.max_receive_message_length", -1)]
        async with grpc.aio.insecure_channel(address, any_size) as channel:
            yield Served(
                server,
                tagger,
                address,
                channel,
                LinkingServiceStub(channel),
                GazetteerServiceStub(channel),
            )
    finally:
        tagger.gate.set()
        await server.stop()


@dataclass(frozen=True, slots=True)
class RichError:
    """What a caller learns from an error."""

    code: grpc.StatusCode
    message: str
    reason: str
    metadata: dict[str, str]
    fields: list[str]
    retry_after: float | None


def rich_error(error: grpc.RpcError) -> RichError:
    """Return the details of the error of a call."""
    status = rpc_status.from_call(error)
    assert status is not None
    return read_status(status)


def read_status(status: Status) -> RichError:
    """Return the details of a google.rpc.Status."""
    info = error_details_pb2.ErrorInfo()
    bad = error_details_pb2.BadRequest()
    retry = error_details_pb2.RetryInfo()
    for detail in status.details:
        for kind in (info, bad, retry):
            detail.Unpack(kind)
    assert info.domain == "nisba"
    codes = {code.value[0]: code for code in grpc.StatusCode}
    return RichError(
        code=codes[status.code],
        message=status.message,
        reason=info.reason,
        metadata=dict(info.metadata),
        fields=[violation.field for violation in bad.field_violations],
        retry_after=retry.retry_delay.ToTimedelta().total_seconds() or None,
    )
