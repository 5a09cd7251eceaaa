"""From exceptions to google.rpc.Status: the one mapping in this direction.

What is no error of the two trees (nisba_service.errors, server/errors.py) is a fault of ours:
INTERNAL, with a request ID and not a word of its message, because the message of an unforeseen
exception may quote the text that caused it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import grpc
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.rpc import error_details_pb2
from google.rpc.status_pb2 import Status

from nisba.v1 import error_reason_pb2 as reasons
from nisba_service import errors
from nisba_service.server import limits
from nisba_service.server.errors import (
    ClientLimitExceeded,
    EditInvalid,
    EntityExists,
    EntityReferenced,
    Expired,
    MalformedRequest,
    Overloaded,
    PermissionDenied,
    ReadOnly,
    ShuttingDown,
    TryLater,
    Unauthenticated,
    Violation,
)

DOMAIN = "nisba"

_STORE_RETRY_SECONDS: Final = 1.0
"""A database that restarts is back within seconds."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What one class of exceptions is called on the wire."""

    code: grpc.StatusCode
    reason: reasons.ErrorReason
    message: str = ""
    """Sent in place of the exception's own words."""


_INVALID = grpc.StatusCode.INVALID_ARGUMENT
_PRECONDITION = grpc.StatusCode.FAILED_PRECONDITION
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
        ClientLimitExceeded: Kind(
            grpc.StatusCode.RESOURCE_EXHAUSTED, reasons.ERROR_REASON_CLIENT_LIMIT_EXCEEDED
        ),
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
        Unauthenticated: Kind(
            grpc.StatusCode.UNAUTHENTICATED,
            reasons.ERROR_REASON_UNAUTHENTICATED,
            "the call needs a valid token: send it as metadata, authorization: Bearer TOKEN",
        ),
        PermissionDenied: Kind(
            grpc.StatusCode.PERMISSION_DENIED, reasons.ERROR_REASON_PERMISSION_DENIED
        ),
        ReadOnly: Kind(
            _PRECONDITION,
            reasons.ERROR_REASON_READ_ONLY,
            "the gazetteer is served from files: it has no revisions and takes no edits",
        ),
        EntityExists: Kind(grpc.StatusCode.ALREADY_EXISTS, reasons.ERROR_REASON_ENTITY_EXISTS),
        EntityReferenced: Kind(_PRECONDITION, reasons.ERROR_REASON_ENTITY_REFERENCED),
        EditInvalid: Kind(_INVALID, reasons.ERROR_REASON_FIELD_INVALID),
        errors.EtagConflict: Kind(grpc.StatusCode.ABORTED, reasons.ERROR_REASON_ETAG_CONFLICT),
        errors.RevisionNotFound: Kind(
            grpc.StatusCode.NOT_FOUND, reasons.ERROR_REASON_REVISION_NOT_FOUND
        ),
        errors.StoreError: Kind(
            grpc.StatusCode.UNAVAILABLE,
            reasons.ERROR_REASON_STORE_UNAVAILABLE,
            # Its own words name hosts and files of the operator's.
            "the gazetteer's store cannot be reached; whether an edit was made is not known",
        ),
        errors.StoreBusy: Kind(
            grpc.StatusCode.UNAVAILABLE,
            reasons.ERROR_REASON_STORE_UNAVAILABLE,
            "another edit holds the gazetteer's store; nothing was written",
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
            return [info, _bad_request(Violation(error.field, error.rule))]
        case EditInvalid():
            return [info, _bad_request(*error.violations[: limits.VIOLATIONS_IN_ERROR])]
        case TryLater():
            return [info, _retry_info(error.retry_after)]
        case errors.StoreError():
            return [info, _retry_info(_STORE_RETRY_SECONDS)]
        case _:
            return [info]


def _metadata(error: BaseException, kind: Kind, request_id: str) -> dict[str, str]:
    if kind is _FAULT:
        return {"request_id": request_id}
    match error:
        case errors.EntityNotFound():
            return {"entity_ids": _ids(error.entity_ids)}
        case errors.InvalidInput():
            named = {"field": error.field, "limit": error.limit, "actual": error.actual}
            return {key: value for key, value in named.items() if value}
        case EditInvalid():
            return {"field": error.violations[0].field}
        case EntityExists():
            return {"entity_ids": error.entity_id}
        case EntityReferenced():
            return {"entity_ids": _ids(error.referrers)}
        case errors.EtagConflict():
            return {"entity_ids": error.entity_id, "etag": error.current}
        case errors.RevisionNotFound():
            return {"revision": str(error.number)}
        case ClientLimitExceeded():
            return {"limit": error.limit}
        case PermissionDenied():
            return {"role": error.role}
        case _:
            return {}


def _ids(entity_ids: Sequence[str]) -> str:
    return ",".join(entity_ids[: limits.IDS_IN_ERROR])


def _bad_request(*violations: Violation) -> error_details_pb2.BadRequest:
    return error_details_pb2.BadRequest(
        field_violations=[
            error_details_pb2.BadRequest.FieldViolation(field=v.field, description=v.rule)
            for v in violations
        ]
    )


def _retry_info(seconds: float) -> error_details_pb2.RetryInfo:
    return error_details_pb2.RetryInfo(retry_delay=_duration(seconds))


def _duration(seconds: float) -> Duration:
    duration = Duration()
    duration.FromNanoseconds(round(seconds * 1e9))
    return duration
