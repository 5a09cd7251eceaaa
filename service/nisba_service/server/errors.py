"""What can go wrong between the wire and the linker.

The service's own tree (nisba_service.errors) says what is wrong with a request. The server adds:

    ServerError
    ├── MalformedRequest   the caller's: bytes that are no message of the contract
    ├── TryLater           nothing was done; says when to try again
    │   ├── Overloaded           nobody's: more work than fits
    │   └── ClientLimitExceeded  the caller's: more than its share
    ├── Expired            the caller's: its deadline passed before the work could begin
    ├── ShuttingDown       nobody's: another replica will answer
    ├── Unauthenticated    the caller's: no token, or one that is not valid
    ├── PermissionDenied   the caller's: a role that does not allow the call
    ├── ReadOnly           the operator's: edits need a store, and files are served
    ├── EditInvalid        the caller's: an edit that breaks rules of the gazetteer
    ├── EntityExists       the caller's: an ID that is or was used
    └── EntityReferenced   the caller's: others point at what should be removed

What each is called on the wire stands in error_status.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nisba_service.gazetteer.store.tokens import Role
from nisba_service.server import limits


class ServerError(Exception):
    """Expected: the call cannot be answered now, or not at all."""


class MalformedRequest(ServerError):
    """Expected, the caller's fault: the bytes are no message of the contract."""


class TryLater(ServerError):
    """Expected: nothing was done, and it is worth trying again after so many seconds."""

    def __init__(self, message: str, retry_after: float) -> None:
        super().__init__(f"{message}; nothing was done")
        self.retry_after = retry_after


class Overloaded(TryLater):
    """Expected, nobody's fault: the work does not fit. `retry_after` is in seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__("the service has more work than it can finish in time", retry_after)


class ClientLimitExceeded(TryLater):
    """Expected, the caller's fault: its client has more than its share, which `limit` tells."""

    def __init__(self, limit: str, retry_after: float) -> None:
        super().__init__(f"one client may have {limit}", retry_after)
        self.limit = limit


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
