"""From exceptions to google.rpc.Status: the one mapping in this direction.

The service's own tree (nisba_service.errors) says what is wrong with a request. The server adds
what can go wrong between the wire and the linker:

    ServerError
    ├── MalformedRequest   the caller's: bytes that are no message of the contract
    ├── Overloaded         nobody's: more work than fits; says when to try again
    ├── Expired            the caller's: its deadline passed before the work could begin
    ├── ShuttingDown       nobody's: another replica will answer
    ├── Unauthenticated    the caller's: no token, or one that is not valid
    ├── PermissionDenied   the caller's: a role that does not allow the call
    ├── ReadOnly           the operator's: edits need a store, and files are served
    ├── EditInvalid        the caller's: an edit that breaks rules of the gazetteer
    ├── EntityExists       the caller's: an ID that is or was used
    └── EntityReferenced   the caller's: others point at what should be removed

Anything else is a fault of ours: INTERNAL, with a request ID and not a word of its message,
because the message of an unforeseen exception may quote the text that caused it.
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
from nisba_service.gazetteer.store.tokens import Role
from nisba_service.server import limits

DOMAIN = "nisba"

_STORE_RETRY_SECONDS: Final = 1.0
"""A database that restarts is back within seconds."""


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


class Unauthenticated(ServerError):
    """Expected, the caller's fault: the call shows no token, or none that is valid."""


class PermissionDenied(ServerError):
    """Expected, the caller's fault: its role does not allow the call; `role` would."""

    def __init__(self, role: Role) -> None:
        super().__init__(f"the call needs the role {role}")
        self.role = role


class ReadOnly(ServerError):
    """Expected, the operator's fault: there is no store to edit or to ask."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a field of the request breaks."""

    field: str
    rule: str


class EditInvalid(ServerError):
    """Expected, the caller's fault: an edit that breaks rules of the gazetteer, all of them."""

    def __init__(self, violations: Sequence[Violation]) -> None:
        first = violations[0]
        more = f" (and {len(violations) - 1} more)" if len(violations) > 1 else ""
        super().__init__(f"{first.field}: {first.rule}{more}")
        self.violations = tuple(violations)


class EntityExists(ServerError):
    """Expected, the caller's fault: the ID is used, or was once."""

    def __init__(self, entity_id: str) -> None:
        super().__init__(f"the ID {entity_id} is used, or was once: IDs are never used again")
        self.entity_id = entity_id


class EntityReferenced(ServerError):
    """Expected, the caller's fault: relations of these entities point at the one to remove."""

    def __init__(self, entity_id: str, referrers: tuple[str, ...]) -> None:
        named = ", ".join(referrers[: limits.IDS_IN_ERROR])
        super().__init__(f"{entity_id} is named by relations of {named}")
        self.referrers = referrers


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
        case Overloaded():
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
