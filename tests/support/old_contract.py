"""The contract as it was published first: a client and a server that know nothing else.

`first.binpb` is its descriptor set. Both make their messages from those old descriptors.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message import Message

FIRST = Path(__file__).parents[1] / "contract" / "first.binpb"
_SERVICES = ("nisba.v1.LinkingService", "nisba.v1.GazetteerService")


class OldContract:
    """The messages and methods of the first contract."""

    def __init__(self) -> None:
        self.pool = descriptor_pool.DescriptorPool()
        for file in descriptor_pb2.FileDescriptorSet.FromString(FIRST.read_bytes()).file:
            self.pool.Add(file)

    def message(self, name: str, **fields: Any) -> Any:
        """Return a message of `nisba.v1`."""
        return self._made(self.pool.FindMessageTypeByName(f"nisba.v1.{name}"))(**fields)

    def methods(self) -> list[MethodDescriptor]:
        """Return every method of both services."""
        services = [self.pool.FindServiceByName(name) for name in _SERVICES]
        return [method for service in services for method in service.methods]

    def as_understood(self, data: bytes, kind: Any) -> bytes:
        """Return a message without what the first contract does not know."""
        message: Message = self._made(kind).FromString(data)
        message.DiscardUnknownFields()
        return message.SerializeToString()

    def _made(self, descriptor: Any) -> Any:
        return message_factory.GetMessageClass(descriptor)


class OldClient:
    """A client that was built from the first contract."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._channel = channel
        self._contract = OldContract()

    def message(self, name: str, **fields: Any) -> Any:
        """Return a message of `nisba.v1`."""
        return self._contract.message(name, **fields)

    async def call(self, service: str, method: str, **fields: Any) -> Any:
        """Call a method of a service of `nisba.v1` with these fields."""
        request = self.message(f"{method}Request", **fields)
        response = type(self.message(f"{method}Response"))
        call = self._channel.unary_unary(
            f"/nisba.v1.{service}/{method}",
            request_serializer=type(request).SerializeToString,
            response_deserializer=response.FromString,
        )
        return await call(request)


@asynccontextmanager
async def old_server(today: grpc.aio.Channel) -> AsyncIterator[str]:
    """Run a server that was built from the first contract; yield its address.

    Today's server, behind `today`, answers for it: what the first contract does not know is dropped
    on both ways, and methods that it lacks are not there.
    """
    contract = OldContract()
    server = grpc.aio.server()
    for service in _SERVICES:
        handlers = {
            method.name: _handler(contract, method, today)
            for method in contract.methods()
            if method.containing_service.full_name == service
        }
        server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler(service, handlers)])
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        await server.stop(None)


def _handler(
    contract: OldContract, method: MethodDescriptor, today: grpc.aio.Channel
) -> grpc.RpcMethodHandler[bytes, bytes]:
    path = f"/{method.containing_service.full_name}/{method.name}"

    async def unary(request: bytes, context: Any) -> bytes:
        call: Any = today.unary_unary(path)
        try:
            answer = await call(contract.as_understood(request, method.input_type))
        except grpc.aio.AioRpcError as error:
            trailers = tuple(error.trailing_metadata() or ())
            await context.abort(error.code(), error.details(), trailers)
        return contract.as_understood(answer, method.output_type)

    async def stream(requests: AsyncIterator[bytes], context: Any) -> AsyncIterator[bytes]:
        call: Any = today.stream_stream(path)
        asked = (contract.as_understood(r, method.input_type) async for r in requests)
        async for answer in call(asked):
            yield contract.as_understood(answer, method.output_type)

    if method.client_streaming:
        return grpc.stream_stream_rpc_method_handler(stream)
    return grpc.unary_unary_rpc_method_handler(unary)
