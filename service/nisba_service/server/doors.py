"""How callers may come in, by the settings; and whether a server may be open to a network so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from nisba_service.errors import SettingsError
from nisba_service.gazetteer.store.tokens import Role, Tokens
from nisba_service.server.access import EVERY_CERTIFICATE, Doors
from nisba_service.settings import OpenAccess, Settings, is_loopback

_ROLES: Final = {
    OpenAccess.NONE: None,
    OpenAccess.READER: Role.READER,
    OpenAccess.CURATOR: Role.CURATOR,
}


def doors(settings: Settings, tokens: Tokens | None) -> Doors:
    """Return how callers may come in.

    Who shows nothing may do everything on loopback, where only this machine's users are, and
    nothing elsewhere, unless the settings say otherwise. Who shows a certificate may read.
    """
    local = OpenAccess.CURATOR if is_loopback(settings.address) else OpenAccess.NONE
    return Doors(tokens, _certificates(settings), _ROLES[settings.open_access or local])


def check_doors(settings: Settings, tokens: Tokens | None) -> None:
    """Refuse to open a server to a network where nobody could come in, or all by mistake.

    Raises:
        SettingsError: what to do.
        StoreError: the store of the tokens cannot be read.
    """
    if is_loopback(settings.address) or settings.open_access is not None:
        return
    if settings.tls_client_ca is not None or _any_live(tokens):
        return
    raise SettingsError(
        f"NISBA_ADDRESS: {settings.address} is open to a network, and there is no token: make one "
        "with `nisba token create NAME --role reader --store URL`, in the gazetteer's store or in "
        "that of NISBA_TOKEN_STORE, or say who may call without one: NISBA_OPEN_ACCESS=reader"
    )


def _certificates(settings: Settings) -> Mapping[str, Role]:
    if settings.tls_client_ca is None:
        return {}
    if not settings.tls_client_roles:
        return {EVERY_CERTIFICATE: Role.READER}
    return {name: Role(role.value) for name, role in settings.tls_client_roles.items()}


def _any_live(tokens: Tokens | None) -> bool:
    now = datetime.now(UTC)
    return tokens is not None and any(token.is_live(now) for token in tokens.list())
