"""From exceptions to google.rpc.Status: the one mapping in this direction.

The service's own tree (nisba_service.errors) says what is wrong with a request. The server adds
what can go wrong between the wire and the linker:

    ServerError
    ├── MalformedRequest   the caller's: bytes that are no message of the contract
    ├── Overloaded         nobody's: more work than fits; says when to try again
    ├── Expired            the caller's: its deadline passed before the work could begin
    └── ShuttingDown       nobody's: another replica will answer

Anything else is a fault of ours: INTERNAL, with a request ID and not a word of its message,
because the message of an unforeseen exception may quote the text that caused it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import grpc
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.rpc import error_details_pb2
from google.rpc.status_pb2 import Status

from nisba.v1 import error_reason_pb2 as reasons
from nisba_service import errors
from nisba_service.server import limits

DOMAIN = "nisba"


class ServerError(Exception):
    """Expected: the call cannot be answered now, or not at all."""


class MalformedRequest(ServerError):
    """Expected, the caller's fault: the bytes are no message of the contract."""


class Overloaded(ServerError):
    """Expected, nobody's fault: the work does not fit. `retry_after` is in seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__("the service has more work than it can finish in time; nothing was done")
        self.retry_after = retry_after


class Expired(ServerError):
    """Expected, the caller's fault: the deadline passed before the work could begin."""


class ShuttingDown(ServerError):
    """Expected, nobody's fault: the server is going away."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What one class of exceptions is called on the wire."""

    code: grpc.StatusCode
    reason: reasons.ErrorReason
    message: str = ""
    """Sent in place of the exception's own words."""


_INVALID = grpc.StatusCode.INVALID_ARGUMENT
_FAULT = Kind(
    grpc.StatusCode.INTERNAL,
    reasons.ERROR_REASON_INTERNAL,
    "a fault of the service; its log has the details under request_id",
)

_KINDS: Mapping[type[BaseException], Kind] = MappingProxyType(
    {
        MalformedRequest: Kind(
            _INVALID,
            reasons.ERROR_REASON_MALFORMED_REQUEST,
            "the bytes are not a valid message of this call (is every string UTF-8?)",
        ),
        errors.FieldRequired: Kind(_INVALID, reasons.ERROR_REASON_FIELD_REQUIRED),
        errors.FieldInvalid: Kind(_INVALID, reasons.ERROR_REASON_FIELD_INVALID),
        errors.TextTooLong: Kind(_INVALID, reasons.ERROR_REASON_TEXT_TOO_LONG),
        errors.TooManyItems: Kind(_INVALID, reasons.ERROR_REASON_TOO_MANY_ITEMS),
        errors.LanguageUnsupported: Kind(_INVALID, reasons.ERROR_REASON_LANGUAGE_UNSUPPORTED),
        errors.ScriptUnsupported: Kind(_INVALID, reasons.ERROR_REASON_SCRIPT_UNSUPPORTED),
        errors.PageTokenInvalid: Kind(_INVALID, reasons.ERROR_REASON_PAGE_TOKEN_INVALID),
        errors.EntityNotFound: Kind(
            grpc.StatusCode.NOT_FOUND, reasons.ERROR_REASON_ENTITY_NOT_FOUND
        ),
        Overloaded: Kind(grpc.StatusCode.RESOURCE_EXHAUSTED, reasons.ERROR_REASON_OVERLOADED),
        Expired: Kind(
            grpc.StatusCode.DEADLINE_EXCEEDED,
            reasons.ERROR_REASON_DEADLINE_EXCEEDED,
            "the deadline passed while the call waited",
        ),
        ShuttingDown: Kind(
            grpc.StatusCode.UNAVAILABLE,
            reasons.ERROR_REASON_SHUTTING_DOWN,
            "the server is shutting down; another replica will answer",
        ),
    }
)


def kind_of(error: BaseException) -> Kind:
    """Return what `error` is called on the wire."""
    return next((_KINDS[cls] for cls in type(error).__mro__ if cls in _KINDS), _FAULT)


def is_fault(error: BaseException) -> bool:
    """Tell whether `error` is unexpected: ours, and worth a line in the log."""
    return kind_of(error) is _FAULT


def reason_name(reason: reasons.ErrorReason) -> str:
    """Return the reason as ErrorInfo spells it: "FIELD_REQUIRED"."""
    return reasons.ErrorReason.Name(reason).removeprefix("ERROR_REASON_")


def to_status(error: BaseException, request_id: str) -> Status:
    """Return the rich status for `error`, free of text from the request."""
    kind = kind_of(error)
    status = Status(code=kind.code.value[0], message=kind.message or str(error))
    for detail in _details(error, kind, request_id):
        status.details.add().Pack(detail)
    return status


def _details(error: BaseException, kind: Kind, request_id: str) -> list[Message]:
    info = error_details_pb2.ErrorInfo(
        reason=reason_name(kind.reason), domain=DOMAIN, metadata=_metadata(error, kind, request_id)
    )
    match error:
        case errors.EntityNotFound():
            return [info]
        case errors.InvalidInput():
            return [info, _bad_request(error)]
        case Overloaded():
            return [info, error_details_pb2.RetryInfo(retry_delay=_duration(error.retry_after))]
        case _:
            return [info]


def _metadata(error: BaseException, kind: Kind, request_id: str) -> dict[str, str]:
    if kind is _FAULT:
        return {"request_id": request_id}
    if isinstance(error, errors.EntityNotFound):
        return {"entity_ids": ",".join(error.entity_ids[: limits.IDS_IN_ERROR])}
    if isinstance(error, errors.InvalidInput):
        named = {"field": error.field, "limit": error.limit, "actual": error.actual}
        return {key: value for key, value in named.items() if value}
    return {}


def _bad_request(error: errors.InvalidInput) -> error_details_pb2.BadRequest:
    violation = error_details_pb2.BadRequest.FieldViolation(
        field=error.field, description=error.rule
    )
    return error_details_pb2.BadRequest(field_violations=[violation])


def _duration(seconds: float) -> Duration:
    duration = Duration()
    duration.FromNanoseconds(round(seconds * 1e9))
    return duration
