"""Who may call what: roles by method in one table, and who the caller is.

A caller is known by its bearer token, else by the certificate it showed (mutual TLS), else by the
role that the settings give to those who show nothing. Tokens are in a store; a verdict is kept for
seconds, so that a revoked token is refused soon and the store is not asked at every call. While the
store cannot be reached, callers that were known stay known: reading must go on.

Health and reflection are open to all: probes have no tokens, and both tell nothing of the data.
No token is ever written to a log or an error.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Protocol

from nisba_service.gazetteer.store.tokens import Principal, Role
from nisba_service.server.errors import Overloaded, PermissionDenied, Unauthenticated

FRESH_SECONDS: Final = 2.0
"""How long a verdict on a token holds: so long does a revoked one work on."""

_PATIENCE_SECONDS: Final = 1.0
"""How long a caller that was known waits for a store that does not answer, and is let in then."""

_REMEMBERED: Final = 10_000
"""Verdicts that are kept: more tokens than that are guesses."""

ASKED_AT_ONCE: Final = 1_000
"""Tokens that the store is being asked about; more than that are guesses, and would be memory."""

_SCHEME: Final = "bearer "
_ANONYMOUS: Final = "anonymous"
EVERY_CERTIFICATE: Final = "*"
"""Stands for the name in any certificate of the accepted authorities."""

NEEDED: Final[Mapping[str, Role]] = MappingProxyType(
    {
        "/nisba.v1.LinkingService/LinkText": Role.READER,
        "/nisba.v1.LinkingService/BatchLinkTexts": Role.READER,
        "/nisba.v1.LinkingService/StreamLinkTexts": Role.READER,
        "/nisba.v1.LinkingService/StreamTagTexts": Role.READER,
        "/nisba.v1.LinkingService/ResolveNames": Role.READER,
        "/nisba.v1.GazetteerService/GetGazetteer": Role.READER,
        "/nisba.v1.GazetteerService/GetEntity": Role.READER,
        "/nisba.v1.GazetteerService/BatchGetEntities": Role.READER,
        "/nisba.v1.GazetteerService/ListEntities": Role.READER,
        "/nisba.v1.GazetteerService/SearchEntities": Role.READER,
        "/nisba.v1.GazetteerService/ListRevisions": Role.READER,
        "/nisba.v1.GazetteerService/DiffRevisions": Role.READER,
        "/nisba.v1.GazetteerService/WatchGazetteer": Role.READER,
        "/nisba.v1.GazetteerService/CreateEntity": Role.CURATOR,
        "/nisba.v1.GazetteerService/UpdateEntity": Role.CURATOR,
        "/nisba.v1.GazetteerService/DeleteEntity": Role.CURATOR,
        "/nisba.v1.GazetteerService/MergeEntities": Role.CURATOR,
        "/nisba.v1.GazetteerService/ImportEntities": Role.CURATOR,
        "/nisba.v1.GazetteerService/RollBack": Role.CURATOR,
        # It builds an engine for one call, and holds it up for the next.
        "/nisba.v1.GazetteerService/PreviewChange": Role.CURATOR,
        # It tells names out of the texts of all callers.
        "/nisba.v1.GazetteerService/ListNewNames": Role.CURATOR,
    }
)
"""The role that each call needs; CURATOR may do all that READER may."""

_RANK: Final = {Role.READER: 1, Role.CURATOR: 2}


class Verifier(Protocol):
    """Knows tokens."""

    def verify(self, secret: str) -> Principal | None:
        """Return whose token this is; None: nobody's, or one that is no longer valid."""
        ...


@dataclass(frozen=True, slots=True)
class Doors:
    """How callers may come in.

    Attributes:
        tokens: knows tokens; None: no token is valid.
        certificates: the role of each name that a client's certificate may bear; "*": of any.
        nobody: the role of those who show nothing; None: they are refused.
    """

    tokens: Verifier | None
    certificates: Mapping[str, Role]
    nobody: Role | None


@dataclass(frozen=True, slots=True)
class _Verdict:
    principal: Principal | None
    until: float


class Access:
    """Decides who a caller is and whether it may call. The event loop alone uses it."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self._verdicts: OrderedDict[bytes, _Verdict] = OrderedDict()
        self._asking: dict[bytes, asyncio.Future[Principal | None]] = {}
        # Of its own, so that nothing else that asks the store makes callers wait at the door.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="access")

    async def admit(self, method: str, caller: Caller) -> Principal:
        """Return who the caller is.

        Raises:
            Unauthenticated: it shows nothing, or a token that is not valid.
            PermissionDenied: its role does not allow the method.
            StoreError: its token is unknown here, and the store cannot be asked.
            Overloaded: its token is unknown here, and the store is asked about too many.
        """
        principal = await self._identify(caller)
        needed = NEEDED[method]
        if _RANK[principal.role] < _RANK[needed]:
            raise PermissionDenied(needed)
        return principal

    def close(self) -> None:
        """Verify no more."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _identify(self, caller: Caller) -> Principal:
        if caller.token is not None:
            principal = await self._of_token(caller.token)
        else:
            principal = self._of_certificate(caller.names) or self._of_nobody()
        if principal is None:
            raise Unauthenticated
        return principal

    async def _of_token(self, token: str) -> Principal | None:
        tokens = self._doors.tokens
        if tokens is None:
            return None
        # Tokens are kept here as digests too: memory may end in a core file.
        key = hashlib.sha256(token.encode("utf-8", "replace")).digest()
        known = self._verdicts.get(key)
        if known is not None and known.until > time.monotonic():
            return known.principal
        trusted = known is not None and known.principal is not None
        if not trusted and key not in self._asking and len(self._asking) >= ASKED_AT_ONCE:
            raise Overloaded(_PATIENCE_SECONDS)
        asking = self._asking.get(key) or self._ask(tokens, token, key)
        await asyncio.wait({asking}, timeout=_PATIENCE_SECONDS if trusted else None)
        if known is not None and trusted and (not asking.done() or asking.exception()):
            return known.principal
        return asking.result()

    def _ask(self, tokens: Verifier, token: str, key: bytes) -> asyncio.Future[Principal | None]:
        """Ask the store once, however many calls wait for the answer."""

        def remember(answered: asyncio.Future[Principal | None]) -> None:
            del self._asking[key]
            if not answered.cancelled() and answered.exception() is None:
                self._remember(key, answered.result())

        loop = asyncio.get_running_loop()
        self._asking[key] = loop.run_in_executor(self._thread, tokens.verify, token)
        self._asking[key].add_done_callback(remember)
        return self._asking[key]

    def _remember(self, key: bytes, principal: Principal | None) -> None:
        self._verdicts[key] = _Verdict(principal, time.monotonic() + FRESH_SECONDS)
        self._verdicts.move_to_end(key)
        if len(self._verdicts) > _REMEMBERED:
            self._verdicts.popitem(last=False)

    def _of_certificate(self, names: Iterable[str]) -> Principal | None:
        shown = list(names)
        for name in shown:
            role = self._doors.certificates.get(name)
            if role is not None:
                return Principal(name, role)
        role = self._doors.certificates.get(EVERY_CERTIFICATE)
        return Principal(shown[0], role) if shown and role is not None else None

    def _of_nobody(self) -> Principal | None:
        return None if self._doors.nobody is None else Principal(_ANONYMOUS, self._doors.nobody)


@dataclass(frozen=True, slots=True)
class Caller:
    """What a call shows of its caller: a bearer token, and the names in its certificate."""

    token: str | None
    names: tuple[str, ...]

    @classmethod
    def of(
        cls,
        metadata: Iterable[tuple[str, str | bytes]],
        auth: Mapping[str, Iterable[bytes]],
    ) -> Caller:
        """Return the caller of a call by its metadata and its connection's auth context."""
        written = next((value for key, value in metadata if key == "authorization"), None)
        names = [*auth.get("x509_common_name", ()), *auth.get("x509_subject_alternative_name", ())]
        return cls(
            _token(written), tuple(name.decode("utf-8", "replace") for name in names if name)
        )

    def __repr__(self) -> str:
        return f"Caller(token={'none' if self.token is None else 'hidden'}, names={self.names})"


def _token(written: str | bytes | None) -> str | None:
    """Return the token in an authorization header; another scheme is a token that is not valid."""
    if written is None:
        return None
    text = written if isinstance(written, str) else ""
    return text[len(_SCHEME) :].strip() if text.lower().startswith(_SCHEME) else ""
