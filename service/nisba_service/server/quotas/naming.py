"""Which calls are of one client: those of one token, of one certificate, or of one address."""

from __future__ import annotations

import ipaddress
from typing import Final
from urllib.parse import unquote

from nisba_service.gazetteer.store.tokens import Principal
from nisba_service.server.access import Caller

_NETWORK_BITS: Final = 64
"""Of an IPv6 address: who has one address there has the 2**64 of its network."""


def client_name(caller: Caller, principal: Principal, peer: str) -> str:
    """Return what the calls of one client have in common, and those of no other.

    Tokens of one name are one client, since a token is renewed under its name. Who shows nothing is
    known by its address, whatever the port; all callers at a Unix socket are one.

    Args:
        caller: what the call shows.
        principal: who that is.
        peer: where the call comes from, as gRPC writes it: "ipv4:192.0.2.7:40112".
    """
    if caller.token is not None:
        return f"token {principal.name}"
    if principal.name in caller.names:
        return f"certificate {principal.name}"
    return f"address {_host(unquote(peer))}"


def _host(peer: str) -> str:
    kind, _, place = peer.partition(":")
    if kind not in {"ipv4", "ipv6"}:
        return kind
    host = place.rpartition(":")[0].strip("[]").partition("%")[0]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return kind
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, _NETWORK_BITS), strict=False))
