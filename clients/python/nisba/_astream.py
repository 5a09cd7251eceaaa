"""The bulk stream for asyncio; `_stream` is its twin for threads.

gRPC sends in a task of its own, and one task receives, so that sending never holds up receiving.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Generic, TypeAlias

import grpc

from nisba._error_mapping import error_of_call
from nisba._errors import Cancelled, DeadlineExceeded, InvalidRequest, NisbaError, Unavailable
from nisba._ledger import Answer, Ledger, Outcome, Request, Response
from nisba._model import Document
from nisba._stream import FAREWELL

Call: TypeAlias = grpc.aio.StreamStreamCall[Request, Response]
Open: TypeAlias = Callable[[AsyncIterator[Request]], Call[Request, Response]]


class AsyncWire(Generic[Request, Response]):
    """One stream: requests go in, responses or one final error come out."""

    def __init__(self, open_call: Open[Request, Response]) -> None:
        self._outgoing: asyncio.Queue[Request | None] = asyncio.Queue()
        self._incoming: asyncio.Queue[Response | NisbaError] = asyncio.Queue()
        self._call = open_call(self._requests())
        self._reader = asyncio.create_task(self._read(), name="nisba-stream")

    def send(self, request: Request) -> None:
        """Send a request. Does not wait: the ledger bounds what is in flight."""
        self._outgoing.put_nowait(request)

    @property
    def ready(self) -> bool:
        """Whether `receive` would return at once."""
        return not self._incoming.empty()

    async def receive(self, silence: float) -> Response:
        """Return the next response.

        Raises:
            NisbaError: the stream broke, ended, or was silent for so many seconds.
        """
        try:
            received = await asyncio.wait_for(self._incoming.get(), silence)
        except TimeoutError:
            raise DeadlineExceeded(f"the stream was silent for {silence} s") from None
        if isinstance(received, NisbaError):
            raise received
        return received

    async def close(self, grace: float) -> None:
        """End the stream, by force after `grace` seconds, and wait for its task."""
        self._outgoing.put_nowait(None)
        if grace > 0:
            await asyncio.wait([self._reader], timeout=grace)
        self._call.cancel()
        await asyncio.wait([self._reader])

    async def _requests(self) -> AsyncIterator[Request]:
        while (request := await self._outgoing.get()) is not None:
            yield request

    async def _read(self) -> None:
        try:
            async for response in self._call:
                self._incoming.put_nowait(response)
            self._incoming.put_nowait(Unavailable("the service ended the stream"))
        except grpc.aio.AioRpcError as broken:
            error = error_of_call(broken)
            error.__cause__ = broken
            self._incoming.put_nowait(error)
        except asyncio.CancelledError:
            # Not this task is cancelled but its call, by `close` or with the channel.
            self._incoming.put_nowait(Cancelled("the stream was cancelled"))
        finally:
            self._outgoing.put_nowait(None)  # gRPC's sending task waits for it


class AsyncStream(Generic[Request, Response, Outcome]):
    """One call of a client's bulk stream, over as many streams of gRPC as it takes."""

    def __init__(
        self,
        open_call: Open[Request, Response],
        ledger: Ledger[Request, Response, Outcome],
        silence: float,
    ) -> None:
        self._open_call = open_call
        self._ledger = ledger
        self._silence = silence
        self._wire: AsyncWire[Request, Response] | None = None

    async def run(self, documents: AsyncIterator[Document]) -> AsyncIterator[Answer[Outcome]]:
        """Yield every document once, with its outcome or its error, as they are answered."""
        try:
            async for document in documents:
                while self._ledger.spent and self._ledger.unanswered:
                    for answer in await self._receive():
                        yield answer
                for answer in await self._send(document):
                    yield answer
                while self._ledger.full or self._ready:
                    for answer in await self._receive():
                        yield answer
            while self._ledger.unanswered:
                for answer in await self._receive():
                    yield answer
            await self._hang_up(FAREWELL)
        finally:
            await self._hang_up(0)

    @property
    def _ready(self) -> bool:
        return self._wire is not None and self._wire.ready

    async def _send(self, document: Document) -> list[Answer[Outcome]]:
        if self._ledger.spent:
            await self._hang_up(FAREWELL)
        wire = self._connected()
        try:
            wire.send(self._ledger.admit(document))
        except InvalidRequest as refused:
            return [(document, refused)]
        await asyncio.sleep(0)  # lets the sending and the receiving task have their turn
        return []

    async def _receive(self) -> list[Answer[Outcome]]:
        wire = self._connected()
        try:
            response = await wire.receive(self._silence)
        except NisbaError as error:
            await self._hang_up(0)
            return await self._mend(error)
        return self._ledger.settle(response)

    async def _mend(self, error: NisbaError) -> list[Answer[Outcome]]:
        """Wait for the next attempt, or give up what is in flight."""
        delay = self._ledger.retry_delay(error)
        if delay is None:
            return self._ledger.abandon(error)
        await asyncio.sleep(delay)
        return []

    def _connected(self) -> AsyncWire[Request, Response]:
        """Return the present stream; a new one first gets again what was not answered."""
        if self._wire is None:
            self._wire = AsyncWire(self._open_call)
            for request in self._ledger.renew():
                self._wire.send(request)
        return self._wire

    async def _hang_up(self, grace: float) -> None:
        if self._wire is not None:
            wire, self._wire = self._wire, None
            await wire.close(grace)
