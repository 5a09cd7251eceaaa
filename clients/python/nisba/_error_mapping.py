"""From what gRPC says to the one fitting `NisbaError`.

`error_of_status` is the only mapping: by the reason of the `ErrorInfo` with domain "nisba", else by
the status code. A call's failure is first put in the form of a `google.rpc.Status`; a document's
failure inside a batch or stream already has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import grpc
from google.protobuf.message import DecodeError
from google.rpc import code_pb2, error_details_pb2
from google.rpc.status_pb2 import Status
from grpc_status import rpc_status

from nisba._errors import (
    Cancelled,
    Conflict,
    DeadlineExceeded,
    ErrorReason,
    InternalError,
    InvalidRequest,
    NisbaError,
    NotFound,
    Overloaded,
    Unauthenticated,
    Unavailable,
    Unsupported,
)

DOMAIN = "nisba"
REASON_PREFIX = "ERROR_REASON_"

# gRPC refuses a message beyond a side's receive limit with RESOURCE_EXHAUSTED and this sentence
# ("Received message larger than max (5000005 vs. 4194304)"), without details.
_TOO_LARGE = re.compile(r"message larger than max \((?P<actual>\d+) vs\. (?P<limit>\d+)\)")

# What grpc.aio says, in place of the real status, when it cannot send on because the stream broke.
# A service that restarts between two documents of a stream is enough to see it.
_BROKE_WHILE_SENDING = (grpc.StatusCode.INTERNAL, "Internal error from Core")


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a status says, whichever of its details say it."""

    message: str
    reason: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)
    violated_field: str = ""
    retry_after: float | None = None


def error_of_call(error: grpc.RpcError) -> NisbaError:
    """Return the error that a failed call means; raise it `from` the one given."""
    return error_of_status(_status_of_call(error))


def error_of_status(status: Status) -> NisbaError:
    """Return the error that a status means. The status is not OK."""
    facts = _read(status)
    too_large = _TOO_LARGE.search(facts.message)
    if status.code == code_pb2.RESOURCE_EXHAUSTED and not facts.reason and too_large:
        return _message_too_large(facts, too_large)
    build = _BY_REASON.get(facts.reason) or _BY_CODE.get(status.code, _internal_error)
    return build(facts)


def _status_of_call(error: grpc.RpcError) -> Status:
    if not isinstance(error, grpc.Call | grpc.aio.AioRpcError):
        return Status(code=code_pb2.UNKNOWN, message=str(error))
    if (error.code(), error.details()) == _BROKE_WHILE_SENDING:
        return Status(code=code_pb2.UNAVAILABLE, message="the connection broke while sending")
    try:
        status = rpc_status.from_call(error)
    except (ValueError, DecodeError):
        status = None  # details that contradict the call or are damaged: a proxy's, not ours
    if status is not None:
        return status
    return Status(code=error.code().value[0], message=error.details() or "")


def _read(status: Status) -> _Facts:
    info = error_details_pb2.ErrorInfo()
    bad_request = error_details_pb2.BadRequest()
    retry = error_details_pb2.RetryInfo()
    retry_after = None
    for detail in status.details:
        with suppress(DecodeError):  # a damaged detail must not hide the error itself
            if not detail.Unpack(info) and not detail.Unpack(bad_request) and detail.Unpack(retry):
                retry_after = retry.retry_delay.seconds + retry.retry_delay.nanos / 1e9
    ours = info.domain == DOMAIN
    violations = bad_request.field_violations
    return _Facts(
        message=status.message or f"the service gave status code {status.code} and no message",
        reason=info.reason.removeprefix(REASON_PREFIX) if ours else "",
        metadata=dict(info.metadata) if ours else {},
        violated_field=violations[0].field if violations else "",
        retry_after=retry_after,
    )


def _message_too_large(facts: _Facts, sizes: re.Match[str]) -> InvalidRequest:
    return InvalidRequest(facts.message, reason=ErrorReason.MESSAGE_TOO_LARGE, **sizes.groupdict())


def _invalid_request(facts: _Facts) -> InvalidRequest:
    return InvalidRequest(
        facts.message,
        reason=facts.reason,
        field=facts.metadata.get("field", facts.violated_field),
        limit=facts.metadata.get("limit", ""),
        actual=facts.metadata.get("actual", ""),
    )


def _not_found(facts: _Facts) -> NotFound:
    return NotFound(facts.message, reason=facts.reason, entity_ids=_entity_ids(facts))


def _conflict(facts: _Facts) -> Conflict:
    return Conflict(
        facts.message,
        reason=facts.reason,
        entity_ids=_entity_ids(facts),
        etag=facts.metadata.get("etag", ""),
    )


def _entity_ids(facts: _Facts) -> tuple[str, ...]:
    entity_ids = facts.metadata.get("entity_ids", "").split(",")
    return tuple(i.strip() for i in entity_ids if i.strip())


def _overloaded(facts: _Facts) -> Overloaded:
    return Overloaded(facts.message, reason=facts.reason, retry_after=facts.retry_after)


def _internal_error(facts: _Facts) -> InternalError:
    request_id = facts.metadata.get("request_id", "")
    return InternalError(facts.message, reason=facts.reason, request_id=request_id)


def _plain(error: type[NisbaError]) -> Callable[[_Facts], NisbaError]:
    return lambda facts: error(facts.message, reason=facts.reason)


_BY_REASON: Mapping[str, Callable[[_Facts], NisbaError]] = {
    ErrorReason.MALFORMED_REQUEST: _invalid_request,
    ErrorReason.FIELD_REQUIRED: _invalid_request,
    ErrorReason.FIELD_INVALID: _invalid_request,
    ErrorReason.TEXT_TOO_LONG: _invalid_request,
    ErrorReason.TOO_MANY_ITEMS: _invalid_request,
    ErrorReason.LANGUAGE_UNSUPPORTED: _invalid_request,
    ErrorReason.SCRIPT_UNSUPPORTED: _invalid_request,
    ErrorReason.PAGE_TOKEN_INVALID: _invalid_request,
    ErrorReason.ENTITY_NOT_FOUND: _not_found,
    ErrorReason.ETAG_CONFLICT: _conflict,
    ErrorReason.ENTITY_EXISTS: _conflict,
    ErrorReason.ENTITY_REFERENCED: _conflict,
    ErrorReason.READ_ONLY: _conflict,
    ErrorReason.REVISION_NOT_FOUND: _not_found,
    ErrorReason.UNAUTHENTICATED: _plain(Unauthenticated),
    ErrorReason.PERMISSION_DENIED: _plain(Unauthenticated),
    ErrorReason.STORE_UNAVAILABLE: _plain(Unavailable),
    ErrorReason.OVERLOADED: _overloaded,
    ErrorReason.CLIENT_LIMIT_EXCEEDED: _overloaded,
    ErrorReason.SHUTTING_DOWN: _plain(Unavailable),
    ErrorReason.INTERNAL: _internal_error,
    ErrorReason.DEADLINE_EXCEEDED: _plain(DeadlineExceeded),
}

_BY_CODE: Mapping[int, Callable[[_Facts], NisbaError]] = {
    code_pb2.CANCELLED: _plain(Cancelled),
    code_pb2.INVALID_ARGUMENT: _invalid_request,
    code_pb2.FAILED_PRECONDITION: _invalid_request,
    code_pb2.OUT_OF_RANGE: _invalid_request,
    code_pb2.DEADLINE_EXCEEDED: _plain(DeadlineExceeded),
    code_pb2.NOT_FOUND: _not_found,
    code_pb2.ALREADY_EXISTS: _conflict,
    code_pb2.ABORTED: _conflict,
    code_pb2.PERMISSION_DENIED: _plain(Unauthenticated),
    code_pb2.UNAUTHENTICATED: _plain(Unauthenticated),
    code_pb2.RESOURCE_EXHAUSTED: _overloaded,
    code_pb2.UNIMPLEMENTED: _plain(Unsupported),
    code_pb2.UNAVAILABLE: _plain(Unavailable),
}
