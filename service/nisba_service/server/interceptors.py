"""What surrounds every call of nisba.v1: request ID, the gate, log line, rich errors, bad bytes.

Health and reflection are left alone: probes would drown the log, and they have no request IDs.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

import grpc
import structlog
from google.protobuf.message import DecodeError, Message
from google.rpc.status_pb2 import Status

from nisba_service.errors import StoreError
from nisba_service.server import calls, error_status, errors, logs
from nisba_service.server.access import FRESH_SECONDS
from nisba_service.server.calls import Call
from nisba_service.server.gate import Gate
from nisba_service.server.quotas.client import Client
from nisba_service.server.telemetry.telemetry import Telemetry
from nisba_service.server.timing import SERVER_TIMING

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

    def __init__(self, gate: Gate, telemetry: Telemetry) -> None:
        self._gate = gate
        self._telemetry = telemetry

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
        if handler is None or not path.startswith(_OURS):
            return handler
        wrapped: grpc.RpcMethodHandler[Any, Any] = wrap(handler, path, self._gate, self._telemetry)
        return wrapped


def wrap(handler: Any, path: str, gate: Gate, telemetry: Telemetry) -> Any:
    """Return a handler that does the same, once the gate lets the call in, within `answering`.

    Streams of ours are coroutines that write to their context, not generators: a generator that
    is abandoned in the middle of a write is closed at some later time, by another task.
    """

    async def unary(request: Any, context: Context) -> Message:
        async with answering(path, context, telemetry):
            await gate.admit(path, context)
            act = handler.unary_unary or handler.stream_unary
            async with gate.place(context, patient=handler.request_streaming) as client:
                response: Message = await act(_sound(request, client), context)
            return response

    async def stream(request: Any, context: Context) -> None:
        async with answering(path, context, telemetry):
            await gate.admit(path, context)
            act = handler.unary_stream or handler.stream_stream
            async with gate.place(context, patient=handler.request_streaming) as client:
                work = act(_sound(request, client), context)
                await while_admitted(work, lambda: gate.admit(path, context))

    make: Any = getattr(grpc, f"{_kind(handler)}_rpc_method_handler")
    return make(
        stream if handler.response_streaming else unary,
        request_deserializer=_tolerant(handler.request_deserializer),
        response_serializer=handler.response_serializer,
    )


def _kind(handler: Any) -> str:
    streams = {False: "unary", True: "stream"}
    return f"{streams[handler.request_streaming]}_{streams[handler.response_streaming]}"


async def while_admitted(
    work: Coroutine[Any, Any, None], admit: Callable[[], Awaitable[None]]
) -> None:
    """Do the work of a stream for as long as its caller is let in: a stream may outlive a token.

    Raises:
        Unauthenticated, PermissionDenied: the caller is no longer let in; the work is cancelled.
    """
    task = asyncio.ensure_future(work)
    try:
        while not task.done():
            await asyncio.wait({task}, timeout=FRESH_SECONDS)
            if not task.done():
                with suppress(StoreError):
                    await admit()
        await task
    finally:
        if not task.done():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


def _tolerant(parse: Callable[[bytes], Message]) -> Callable[[bytes], Message | _Malformed]:
    # Left to itself, gRPC answers bad bytes with INTERNAL, as if the fault were ours.
    def parse_or_mark(data: bytes) -> Message | _Malformed:
        try:
            return parse(data)
        except DecodeError:
            return _MALFORMED

    return parse_or_mark


def _sound(request: Any, client: Client) -> Any:
    """Return a request, or a stream of them, that its client can pay for.

    Raises:
        MalformedRequest: it is none.
        ClientLimitExceeded: it is more than its client may send now.
    """
    if isinstance(request, AsyncIterator):
        return _all_sound(request, client)
    message = _message(request)
    client.charge(message)
    return message


async def _all_sound(
    requests: AsyncIterator[Message | _Malformed], client: Client
) -> AsyncIterator[Message]:
    async for request in requests:
        message = _message(request)
        await client.charge_patiently(message)
        yield message


def _message(request: Message | _Malformed) -> Message:
    if isinstance(request, _Malformed):
        raise errors.MalformedRequest
    return request


@asynccontextmanager
async def answering(path: str, context: Context, telemetry: Telemetry) -> AsyncIterator[None]:
    """Run a call within: it gets a request ID, a rich status if it fails, a log line, a span."""
    metadata = tuple(context.invocation_metadata() or ())
    call = telemetry.begin(path, metadata)
    context.set_trailing_metadata(((calls.REQUEST_ID_HEADER, call.request_id),))
    try:
        yield
    except asyncio.CancelledError:
        remaining = context.time_remaining()
        late = remaining is not None and remaining <= 0
        _end(call, telemetry, "DEADLINE_EXCEEDED" if late else "CANCELLED")
        raise
    except Exception as error:
        status = status_of(error)
        kind = error_status.kind_of(error)
        _end(call, telemetry, kind.code.name, error_status.reason_name(kind.reason))
        await context.abort(kind.code, status.message, _error_trailers(call, error, status))
    else:
        context.set_trailing_metadata(_trailers(call))
        _end(call, telemetry, "OK")


def status_of(error: Exception) -> Status:
    """Return the status of an error of the current call, or of one item of it; log our faults."""
    call = calls.current()
    if error_status.is_fault(error):
        _log.error("fault", **call.identity, **logs.without_words(error))
    call.refused(error_status.reason_name(error_status.kind_of(error).reason))
    return error_status.to_status(error, call.request_id)


def _trailers(call: Call) -> tuple[tuple[str, str | bytes], ...]:
    timing = call.phases.header(call.milliseconds)
    return (calls.REQUEST_ID_HEADER, call.request_id), (SERVER_TIMING, timing)


def _error_trailers(
    call: Call, error: Exception, status: Status
) -> tuple[tuple[str, str | bytes], ...]:
    trailers = (*_trailers(call), (_STATUS_DETAILS, status.SerializeToString()))
    if isinstance(error, errors.TryLater):
        # gRPC clients with a retry policy obey this by themselves (gRFC A6).
        return (*trailers, (_PUSHBACK, str(max(1, round(error.retry_after * 1000)))))
    return trailers


def _end(call: Call, telemetry: Telemetry, code: str, reason: str | None = None) -> None:
    telemetry.ended(call, code, reason)
    more = {} if reason is None else {"reason": reason}
    if call.callers:
        more["caller"] = call.principal.name
    phases = {f"{phase}_ms": ms for phase, ms in call.phases.milliseconds().items()}
    _log.info(
        "call",
        method=call.method,
        code=code,
        ms=call.milliseconds,
        **call.identity,
        **more,
        **phases,
        **call.facts.for_log(),
    )
