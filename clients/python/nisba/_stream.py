"""The bulk stream for threads; `_astream` is its twin for asyncio.

The caller's documents are read in the caller's thread. Two threads stand behind it: gRPC's own,
which sends, and one that receives, so that sending never holds up receiving.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Generic, Protocol, TypeVar

import grpc

from nisba._error_mapping import error_of_call
from nisba._errors import DeadlineExceeded, InvalidRequest, NisbaError, Unavailable
from nisba._ledger import Answer, Keyed, Ledger, Outcome, Request, Response
from nisba._model import Document

Received = TypeVar("Received", bound=Keyed, covariant=True)


class Responses(Protocol[Received]):
    """What gRPC returns for a stream; its own class for this is not public."""

    def __iter__(self) -> Iterator[Received]:
        """Iterate over the responses as they come."""
        ...

    def cancel(self) -> bool:
        """End the stream at once."""
        ...


Open = Callable[[Iterator[Request]], Responses[Response]]

FAREWELL = 1.0
"""Seconds that a server gets to end a stream in which everything is answered."""


class Wire(Generic[Request, Response]):
    """One stream: requests go in, responses or one final error come out."""

    def __init__(self, open_call: Open[Request, Response]) -> None:
        self._outgoing: SimpleQueue[Request | None] = SimpleQueue()
        self._incoming: SimpleQueue[Response | NisbaError] = SimpleQueue()
        self._call = open_call(iter(self._outgoing.get, None))
        self._reader = Thread(target=self._read, name="nisba-stream", daemon=True)
        self._reader.start()

    def send(self, request: Request) -> None:
        """Send a request. Does not wait: the ledger bounds what is in flight."""
        self._outgoing.put(request)

    @property
    def ready(self) -> bool:
        """Whether `receive` would return at once."""
        return not self._incoming.empty()

    def receive(self, silence: float) -> Response:
        """Return the next response.

        Raises:
            NisbaError: the stream broke, ended, or was silent for so many seconds.
        """
        try:
            received = self._incoming.get(timeout=silence)
        except Empty:
            raise DeadlineExceeded(f"the stream was silent for {silence} s") from None
        if isinstance(received, NisbaError):
            raise received
        return received

    def close(self, grace: float) -> None:
        """End the stream, by force after `grace` seconds, and wait for its thread."""
        self._outgoing.put(None)
        self._reader.join(grace)
        self._call.cancel()
        self._reader.join()

    def _read(self) -> None:
        try:
            for response in self._call:
                self._incoming.put(response)
            self._incoming.put(Unavailable("the service ended the stream"))
        except grpc.RpcError as broken:
            error = error_of_call(broken)
            error.__cause__ = broken
            self._incoming.put(error)
        finally:
            self._outgoing.put(None)  # gRPC's sending thread waits for it


class Stream(Generic[Request, Response, Outcome]):
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
        self._wire: Wire[Request, Response] | None = None

    def run(self, documents: Iterable[Document]) -> Iterator[Answer[Outcome]]:
        """Yield every document once, with its outcome or its error, as they are answered."""
        try:
            for document in documents:
                while self._ledger.spent and self._ledger.unanswered:
                    yield from self._receive()
                yield from self._send(document)
                while self._ledger.full or self._ready:
                    yield from self._receive()
            while self._ledger.unanswered:
                yield from self._receive()
            self._hang_up(FAREWELL)
        finally:
            self._hang_up(0)

    @property
    def _ready(self) -> bool:
        return self._wire is not None and self._wire.ready

    def _send(self, document: Document) -> list[Answer[Outcome]]:
        if self._ledger.spent:
            self._hang_up(FAREWELL)
        wire = self._connected()
        try:
            wire.send(self._ledger.admit(document))
        except InvalidRequest as refused:
            return [(document, refused)]
        return []

    def _receive(self) -> list[Answer[Outcome]]:
        wire = self._connected()
        try:
            response = wire.receive(self._silence)
        except NisbaError as error:
            self._hang_up(0)
            return self._mend(error)
        return self._ledger.settle(response)

    def _mend(self, error: NisbaError) -> list[Answer[Outcome]]:
        """Wait for the next attempt, or give up what is in flight."""
        delay = self._ledger.retry_delay(error)
        if delay is None:
            return self._ledger.abandon(error)
        time.sleep(delay)
        return []

    def _connected(self) -> Wire[Request, Response]:
        """Return the present stream; a new one first gets again what was not answered."""
        if self._wire is None:
            self._wire = Wire(self._open_call)
            for request in self._ledger.renew():
                self._wire.send(request)
        return self._wire

    def _hang_up(self, grace: float) -> None:
        if self._wire is not None:
            self._wire.close(grace)
            self._wire = None
