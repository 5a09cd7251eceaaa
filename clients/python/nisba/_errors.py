"""Everything that a call can raise, and whose fault it is.

    NisbaError
    ├── InvalidRequest      yours: the request breaks a rule; field, reason, limit, actual
    ├── NotFound            yours: the gazetteer has no such entity or revision; entity_ids
    ├── Conflict            what the gazetteer holds by now forbids the edit; entity_ids, etag
    ├── Unauthenticated     yours: the token is missing, wrong, or not enough
    ├── Unsupported         the service is older than this client and lacks the call
    ├── Overloaded          too much work: of all, or more than your share; retry_after
    ├── Unavailable         nobody's: no service could be reached
    ├── DeadlineExceeded    nobody's: there was no answer in time
    ├── Cancelled           the call was cancelled, by the service or by closing the client
    ├── InternalError       the service's; request_id leads to its log
    └── ClientClosed        yours: the client was used after close()

`Overloaded`, `Unavailable` and `DeadlineExceeded` may pass if the call is made again later; the
client has then already retried (see `RetryConfig`), but for edits: after `Unavailable` and
`DeadlineExceeded` it is not known whether one was made. The others will not pass by themselves.
No message holds text of a document.
"""

from __future__ import annotations

from enum import StrEnum


class ErrorReason(StrEnum):
    """The reasons that this version of the client knows; `NisbaError.reason` may be a newer one."""

    MALFORMED_REQUEST = "MALFORMED_REQUEST"
    """The bytes are not a valid message, for example a lone surrogate in a text."""
    FIELD_REQUIRED = "FIELD_REQUIRED"
    """A required field is empty."""
    FIELD_INVALID = "FIELD_INVALID"
    """A field has a value outside its range or form."""
    TEXT_TOO_LONG = "TEXT_TOO_LONG"
    """A text or name has too many code points."""
    TOO_MANY_ITEMS = "TOO_MANY_ITEMS"
    """A list has too many items."""
    LANGUAGE_UNSUPPORTED = "LANGUAGE_UNSUPPORTED"
    """The language asked for is neither "en" nor "ar"."""
    SCRIPT_UNSUPPORTED = "SCRIPT_UNSUPPORTED"
    """Most letters of the text are neither Latin nor Arabic."""
    ENTITY_NOT_FOUND = "ENTITY_NOT_FOUND"
    """The gazetteer has no such entity."""
    PAGE_TOKEN_INVALID = "PAGE_TOKEN_INVALID"
    """The gazetteer changed while it was listed: list again from the start."""
    OVERLOADED = "OVERLOADED"
    """The queue is full, or the call could not finish before its deadline."""
    SHUTTING_DOWN = "SHUTTING_DOWN"
    """The server is shutting down; another replica will answer."""
    INTERNAL = "INTERNAL"
    """A fault of the service."""
    DEADLINE_EXCEEDED = "DEADLINE_EXCEEDED"
    """The deadline passed while the call waited or ran."""
    ETAG_CONFLICT = "ETAG_CONFLICT"
    """Somebody else edited the entity meanwhile: read it again. Nothing was written."""
    ENTITY_EXISTS = "ENTITY_EXISTS"
    """The ID is used, or was used once: IDs are never used again."""
    ENTITY_REFERENCED = "ENTITY_REFERENCED"
    """Relations of other entities point at it."""
    READ_ONLY = "READ_ONLY"
    """The gazetteer is served from files: it takes no edits and has no revisions."""
    REVISION_NOT_FOUND = "REVISION_NOT_FOUND"
    """There is no revision of this number."""
    UNAUTHENTICATED = "UNAUTHENTICATED"
    """No token, or one that is unknown, expired or revoked."""
    PERMISSION_DENIED = "PERMISSION_DENIED"
    """The caller's role does not allow the call."""
    STORE_UNAVAILABLE = "STORE_UNAVAILABLE"
    """The gazetteer's store cannot be reached; linking goes on."""
    CLIENT_LIMIT_EXCEEDED = "CLIENT_LIMIT_EXCEEDED"
    """You have more calls at once, or send more text, than the service allows one client."""
    MESSAGE_TOO_LARGE = "MESSAGE_TOO_LARGE"
    """The request or the answer has more bytes than one message may have."""


class NisbaError(Exception):
    """Base of all errors of this client.

    Attributes:
        message: what went wrong, in a sentence or two.
        reason: an `ErrorReason`, or a newer one as the service names it; empty if it gave none.
    """

    def __init__(self, message: str, *, reason: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.reason = reason


class InvalidRequest(NisbaError):
    """Expected, your fault: the request breaks a rule. Sending it again will not help.

    Attributes:
        field: path of the field, for example "documents[3].text"; empty: the whole request.
        limit: the limit that was broken, as text; empty if the rule has none.
        actual: the measure that broke it, as text; empty if it was not told.
    """

    def __init__(
        self,
        message: str,
        *,
        reason: str = "",
        field: str = "",
        limit: str = "",
        actual: str = "",
    ) -> None:
        super().__init__(message, reason=reason)
        self.field = field
        self.limit = limit
        self.actual = actual


class NotFound(NisbaError):
    """Expected, your fault: the gazetteer has no such entity, or no such revision.

    Attributes:
        entity_ids: the missing IDs, at most ten of them; empty if they were not told.
    """

    def __init__(self, message: str, *, reason: str = "", entity_ids: tuple[str, ...] = ()) -> None:
        super().__init__(message, reason=reason)
        self.entity_ids = entity_ids


class Conflict(NisbaError):
    """Expected: what the gazetteer holds now does not allow the edit. Nothing was written.

    Its reason says which: ETAG_CONFLICT, ENTITY_EXISTS, ENTITY_REFERENCED or READ_ONLY.

    Attributes:
        entity_ids: the entities that stand in the way, at most ten of them.
        etag: for ETAG_CONFLICT, the entity's current one; else empty.
    """

    def __init__(
        self,
        message: str,
        *,
        reason: str = "",
        entity_ids: tuple[str, ...] = (),
        etag: str = "",
    ) -> None:
        super().__init__(message, reason=reason)
        self.entity_ids = entity_ids
        self.etag = etag


class Unauthenticated(NisbaError):
    """Expected, your fault: the token is missing, wrong, or does not allow this call."""


class Unsupported(NisbaError):
    """Expected: the service lacks this call. It is older than this client, or not Nisba at all."""


class Overloaded(NisbaError):
    """Expected: the service has more work than it can do, or you ask for more than one client may
    have (then `reason` is CLIENT_LIMIT_EXCEEDED). Nothing was done.

    Attributes:
        retry_after: seconds to wait before the next attempt; None if the service did not say.
    """

    def __init__(self, message: str, *, reason: str = "", retry_after: float | None = None) -> None:
        super().__init__(message, reason=reason)
        self.retry_after = retry_after


class Unavailable(NisbaError):
    """Expected, nobody's fault: no service could be reached, or it went away."""


class DeadlineExceeded(NisbaError):
    """Expected, nobody's fault: there was no answer within the timeout."""


class Cancelled(NisbaError):
    """Expected: the call was cancelled, by the service or because the client was closed."""


class InternalError(NisbaError):
    """Unexpected, the service's fault: please report it with the request ID.

    Attributes:
        request_id: finds the details in the service's log; empty if it was not told.
    """

    def __init__(self, message: str, *, reason: str = "", request_id: str = "") -> None:
        super().__init__(message, reason=reason)
        self.request_id = request_id


class ClientClosed(NisbaError):
    """Unexpected, your fault: the client was used after `close()`. Make a new one."""
