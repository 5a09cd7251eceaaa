"""What surrounds every call of nisba.v1: request ID, log line, rich errors, malformed bytes.

Health and reflection are left alone: probes would drown the log, and they have no request IDs.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

import grpc
import structlog
from google.protobuf.message import DecodeError, Message
from google.rpc.status_pb2 import Status

from nisba_service.server import calls, errors, logs
from nisba_service.server.calls import Call

_OURS = "/nisba."
_STATUS_DETAILS = "grpc-status-details-bin"
_PUSHBACK = "grpc-retry-pushback-ms"

_log = structlog.get_logger(__name__)

Context = grpc.aio.ServicerContext[Any, Any]


class _Malformed:
    """Stands for a request whose bytes are no message."""


_MALFORMED: Final = _Malformed()


class CallInterceptor(grpc.aio.ServerInterceptor):
    """Wraps the handlers of our own services."""

    async def intercept_service(
        self,
        continuation: Callable[
            [grpc.HandlerCallDetails], Awaitable[grpc.RpcMethodHandler[Any, Any] | None]
        ],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> grpc.RpcMethodHandler[Any, Any] | None:
        """Return the call's handler, wrapped if it is ours; None stays None: unknown method."""
        handler = await continuation(handler_call_details)
        path = handler_call_details.method
        return wrap(handler, path) if handler is not None and path.startswith(_OURS) else handler


def wrap(handler: Any, path: str) -> Any:
    """Return a handler that does the same within `answering`.

    Streams of ours are coroutines that write to their context, not generators: a generator that
    is abandoned in the middle of a write is closed at some later time, by another task.
    """

    async def unary(request: Message | _Malformed, context: Context) -> Message:
        async with answering(path, context):
            if isinstance(request, _Malformed):
                raise errors.MalformedRequest
            response: Message = await handler.unary_unary(request, context)
            return response

    async def stream(requests: AsyncIterator[Message | _Malformed], context: Context) -> None:
        async with answering(path, context):
            await handler.stream_stream(_sound(requests), context)

    kinds = {"request_deserializer": _tolerant(handler.request_deserializer)}
    if handler.unary_unary is not None:
        make: Any = grpc.unary_unary_rpc_method_handler
        return make(unary, **kinds, response_serializer=handler.response_serializer)
    assert handler.stream_stream is not None, "no call of ours streams one way; this is a bug"
    make = grpc.stream_stream_rpc_method_handler
    return make(stream, **kinds, response_serializer=handler.response_serializer)


def _tolerant(parse: Callable[[bytes], Message]) -> Callable[[bytes], Message | _Malformed]:
    # Left to itself, gRPC answers bad bytes with INTERNAL, as if the fault were ours.
    def parse_or_mark(data: bytes) -> Message | _Malformed:
        try:
            return parse(data)
        except DecodeError:
            return _MALFORMED

    return parse_or_mark


async def _sound(requests: AsyncIterator[Message | _Malformed]) -> AsyncIterator[Message]:
    async for request in requests:
        if isinstance(request, _Malformed):
            raise errors.MalformedRequest
        yield request


@asynccontextmanager
async def answering(path: str, context: Context) -> AsyncIterator[None]:
    """Run a call within: it gets a request ID, one log line, and a rich status if it fails."""
    call = calls.begin(path, context.invocation_metadata() or ())
    context.set_trailing_metadata(((calls.REQUEST_ID_HEADER, call.request_id),))
    try:
        yield
    except asyncio.CancelledError:
        remaining = context.time_remaining()
        late = remaining is not None and remaining <= 0
        _log_call(call, "DEADLINE_EXCEEDED" if late else "CANCELLED")
        raise
    except Exception as error:
        status = status_of(error)
        kind = errors.kind_of(error)
        _log_call(call, kind.code.name, reason=errors.reason_name(kind.reason))
        await context.abort(kind.code, status.message, _trailers(call, error, status))
    else:
        _log_call(call, "OK")


def status_of(error: Exception) -> Status:
    """Return the status of an error of the current call, or of one item of it; log our faults."""
    request_id = calls.current().request_id
    if errors.is_fault(error):
        _log.error("fault", request_id=request_id, **logs.without_words(error))
    return errors.to_status(error, request_id)


def _trailers(call: Call, error: Exception, status: Status) -> tuple[tuple[str, str | bytes], ...]:
    trailers: list[tuple[str, str | bytes]] = [
        (calls.REQUEST_ID_HEADER, call.request_id),
        (_STATUS_DETAILS, status.SerializeToString()),
    ]
    if isinstance(error, errors.Overloaded):
        # gRPC clients with a retry policy obey this by themselves (gRFC A6).
        trailers.append((_PUSHBACK, str(max(1, round(error.retry_after * 1000)))))
    return tuple(trailers)


def _log_call(call: Call, code: str, **more: str) -> None:
    _log.info(
        "call",
        method=call.method,
        code=code,
        ms=call.milliseconds,
        request_id=call.request_id,
        **more,
        **call.facts.for_log(),
    )
