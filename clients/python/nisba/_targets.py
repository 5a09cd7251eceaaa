"""Which addresses a client calls: from what the caller wrote to one target of gRPC."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

_LOCAL_SCHEMES = ("unix:", "unix-abstract:")
_ADDRESS_SCHEMES = ("dns:", "ipv4:", "ipv6:")
_SCHEMES = (*_LOCAL_SCHEMES, *_ADDRESS_SCHEMES, "xds:", "vsock:")


def one_target(target: str | Sequence[str]) -> str:
    """Return the target of gRPC that stands for an address, or for several.

    What names a scheme of gRPC is left as it is; of everything else, a comma parts addresses.

    Raises:
        ValueError: there is no address, or several that one target cannot hold.
    """
    addresses = _split(target) if isinstance(target, str) else tuple(target)
    if not addresses or not all(addresses):
        raise ValueError("target must be an address, for example 'nisba.example:50051'")
    return addresses[0] if len(addresses) == 1 else _joined(addresses)


def holds_several(target: str) -> bool:
    """Say whether a target names more than one address by itself."""
    return "," in target


def is_loopback(target: str) -> bool:
    """Say whether every address of a gRPC target is on this machine, by its spelling alone."""
    if target.startswith(_LOCAL_SCHEMES):
        return True
    addresses = target.rpartition("/")[2]
    for scheme in _ADDRESS_SCHEMES:
        addresses = addresses.removeprefix(scheme)
    return all(_is_loopback_host(_host(address)) for address in addresses.split(","))


def _split(target: str) -> tuple[str, ...]:
    if target.startswith(_SCHEMES) or "://" in target:
        return (target,)
    return tuple(address.strip() for address in target.split(","))


def _joined(addresses: Sequence[str]) -> str:
    """Return one target for several addresses: gRPC takes them as numbers only."""
    versions = {_version(address) for address in addresses}
    if len(versions) > 1:
        raise ValueError("several addresses must be all of IPv4 or all of IPv6")
    return f"ipv{versions.pop()}:{','.join(addresses)}"


def _version(address: str) -> int:
    host, _, port = address.rpartition(":")
    try:
        version = ipaddress.ip_address(host.removeprefix("[").removesuffix("]")).version
    except ValueError:
        version = None
    if version is None or not port.isdecimal():
        raise ValueError(
            f"of several addresses each must be IP:PORT, and {address!r} is not; for the "
            "replicas behind one name, say 'dns:///NAME:PORT'"
        )
    return version


def _host(address: str) -> str:
    if address.startswith("["):
        return address[1:].partition("]")[0]
    host, _, _ = address.rpartition(":") if address.count(":") == 1 else (address, "", "")
    return host


def _is_loopback_host(host: str) -> bool:
    if host.lower().removesuffix(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
