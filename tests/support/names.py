"""A name server of one name, so that a client can look up several replicas as in a cluster."""

from __future__ import annotations

import asyncio
import ipaddress
import struct
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

_A, _IN, _SECONDS = 1, 1, 1
_ANSWER = 0x8180
"""Flags: a response to a recursive query, without error."""
_NAME_OF_THE_QUESTION = 0xC00C


class _NameServer(asyncio.DatagramProtocol):
    """Answers every question for IPv4 addresses with the same ones, and others with nothing."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self._addresses = [ipaddress.IPv4Address(address).packed for address in addresses]
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:  # type: ignore[override]  # it is one
        self._transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str | int, int]) -> None:
        assert self._transport is not None
        end = data.index(b"\0", 12) + 5  # the name, its end, type and class
        kind = struct.unpack("!H", data[end - 4 : end - 2])[0]
        found = self._addresses if kind == _A else []
        header = data[:2] + struct.pack("!5H", _ANSWER, 1, len(found), 0, 0)
        record = struct.pack("!3HIH", _NAME_OF_THE_QUESTION, _A, _IN, _SECONDS, 4)
        answers = b"".join(record + address for address in found)
        self._transport.sendto(header + data[12:end] + answers, addr)


@asynccontextmanager
async def name_server(*addresses: str) -> AsyncIterator[str]:
    """Run a name server for which every name has these addresses; yield where it listens."""
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(
        lambda: _NameServer(addresses), local_addr=("127.0.0.1", 0)
    )
    try:
        host, port = transport.get_extra_info("sockname")
        yield f"{host}:{port}"
    finally:
        transport.close()
