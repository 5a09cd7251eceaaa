"""Faults at random while a server works: no answer may be wrong, no call may hang."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import grpc

from bench.serve import texts
from bench.serve.processes import Serving
from nisba.v1 import linking_service_pb2 as pb
from nisba.v1.linking_service_pb2_grpc import LinkingServiceStub

_PATIENCE = 120.0
_SIDE_BY_SIDE = 4
# A worker takes seconds to start: of the faults few kill one.
_SHARES = {"killed worker": 1, "connection": 8, "garbage": 8, "cancelled": 8, "slow reader": 4}


@dataclass(slots=True)
class Damage:
    """What was done, and what came of it."""

    done: Counter[str] = field(default_factory=Counter)
    answered: int = 0
    wrong: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    hung: int = 0


class Vandal:
    """Does faults to one server, and compares the answers to other calls with the right ones."""

    def __init__(self, server: Serving, seed: int) -> None:
        self._server = server
        self._random = random.Random(seed)
        self._texts = [*texts.short("en")[:20], *texts.short("ar")[:20]]
        self._right: dict[str, bytes] = {}
        self._damage = Damage()
        self._kinds: dict[str, Callable[[], Awaitable[None]]] = {
            "killed worker": self._kill,
            "connection": self._drop,
            "garbage": self._garble,
            "cancelled": self._cancel,
            "slow reader": self._read_slowly,
        }

    async def run(self, count: int) -> Damage:
        """Do so many faults, of every kind, while others call; return what came of it."""
        async with grpc.aio.insecure_channel(self._server.address) as channel:
            link = LinkingServiceStub(channel).LinkText
            for text in self._texts:
                self._right[text] = (await link(_request(text))).SerializeToString()
            stop = asyncio.Event()
            checks = [asyncio.create_task(self._check(link, stop)) for _ in range(2)]
            faults = drawn(count, self._random)
            for first in range(0, len(faults), _SIDE_BY_SIDE):
                await asyncio.gather(*map(self._fault, faults[first : first + _SIDE_BY_SIDE]))
            stop.set()
            await asyncio.gather(*checks)
        return self._damage

    async def _fault(self, kind: str) -> None:
        self._damage.done[kind] += 1
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._kinds[kind]()
        except TimeoutError:
            self._damage.hung += 1
        except (OSError, grpc.aio.AioRpcError):
            pass  # the fault itself

    async def _check(
        self, link: Callable[..., Awaitable[pb.LinkTextResponse]], stop: asyncio.Event
    ) -> None:
        while not stop.is_set():
            text = self._random.choice(self._texts)
            try:
                answer = await link(_request(text), timeout=_PATIENCE)
            except grpc.aio.AioRpcError as error:
                self._damage.failed[error.code().name] += 1
                self._damage.hung += error.code() is grpc.StatusCode.DEADLINE_EXCEEDED
                continue
            self._damage.answered += 1
            self._damage.wrong += answer.SerializeToString() != self._right[text]

    async def _kill(self) -> None:
        while not (workers := self._server.workers):
            await asyncio.sleep(0.1)  # all have been killed, and none is there again
        os.kill(self._random.choice(workers), signal.SIGKILL)

    async def _drop(self) -> None:
        channel = grpc.aio.insecure_channel(self._server.address)
        call = LinkingServiceStub(channel).LinkText(_request(self._random.choice(self._texts)))
        await asyncio.sleep(self._random.random() * 0.05)
        await channel.close()
        await asyncio.gather(call, return_exceptions=True)

    async def _garble(self) -> None:
        host, _, port = self._server.address.rpartition(":")
        with socket.create_connection((host, int(port)), timeout=5) as connection:
            connection.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + self._random.randbytes(200))

    async def _cancel(self) -> None:
        async with grpc.aio.insecure_channel(self._server.address) as channel:
            text = "\n\n".join(self._texts[:10])
            call = LinkingServiceStub(channel).LinkText(_request(text))
            await asyncio.sleep(self._random.random() * 0.3)
            call.cancel()
            await asyncio.gather(call, return_exceptions=True)

    async def _read_slowly(self) -> None:
        async with grpc.aio.insecure_channel(self._server.address) as channel:
            requests = [
                pb.StreamLinkTextsRequest(document=pb.Document(text=t)) for t in self._texts
            ]
            stream = LinkingServiceStub(channel).StreamLinkTexts(iter(requests))
            await stream.read()
            await asyncio.sleep(0.5)
            stream.cancel()


def drawn(count: int, choose: random.Random) -> list[str]:
    """Return so many kinds of faults by their shares, in random order; each kind at least once."""
    kinds = list(_SHARES)
    more = choose.choices(kinds, list(_SHARES.values()), k=max(0, count - len(kinds)))
    faults = [*kinds, *more]
    choose.shuffle(faults)
    return faults


def _request(text: str) -> pb.LinkTextRequest:
    return pb.LinkTextRequest(document=pb.Document(text=text))
