"""The books of a bulk stream, without any I/O: what was sent, what was answered, what to do next.

Both clients keep their books here. Every document leaves the books exactly once: with what came
of it, with its own error, or with the error of the stream when that could not be mended.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeAlias, TypeVar

from google.protobuf.message import Message

from nisba import _requests
from nisba._config import ClientConfig
from nisba._errors import Cancelled, NisbaError, Overloaded, Unavailable
from nisba._model import Document


class Keyed(Protocol):
    """A response of a stream."""

    @property
    def key(self) -> str:
        """The key of the request that it answers."""
        ...


Request = TypeVar("Request", bound=Message)
Response = TypeVar("Response", bound=Keyed)
Outcome = TypeVar("Outcome")

Answer: TypeAlias = tuple[Document, Outcome | NisbaError]
"""A document as it was passed, and what came of it: its links, its tags or its error."""

# A server that restarts, sheds or drains: another attempt may do, and all calls are pure.
_MAY_PASS = (Unavailable, Overloaded, Cancelled)


@dataclass(frozen=True, slots=True)
class Topic(Generic[Request, Response, Outcome]):
    """What a stream asks of each document."""

    ask: Callable[[str, Document], Request]
    """Builds the request under a key. Raises InvalidRequest for what cannot be sent."""
    read: Callable[[Response], Outcome | NisbaError]


@dataclass(frozen=True, slots=True)
class StreamOptions:
    """How one call of a bulk stream goes about it."""

    max_in_flight: int
    """Most documents sent and not yet answered."""
    silence: float
    """Seconds without any answer after which the stream counts as hung."""


class Ledger(Generic[Request, Response, Outcome]):
    """Documents in flight on a stream that may be renewed or break."""

    def __init__(
        self,
        topic: Topic[Request, Response, Outcome],
        options: StreamOptions,
        config: ClientConfig,
    ) -> None:
        self._topic = topic
        self._options = options
        self._config = config
        self._unanswered: dict[str, tuple[Document, Request]] = {}
        self._admitted = 0
        self._sent_on_stream = 0
        self._failures = 0

    @property
    def unanswered(self) -> int:
        """Number of documents in flight."""
        return len(self._unanswered)

    @property
    def full(self) -> bool:
        """Whether an answer must come before the next document goes."""
        return self.unanswered >= self._options.max_in_flight

    @property
    def spent(self) -> bool:
        """Whether the present stream has carried its share of documents."""
        return self._sent_on_stream >= self._config.documents_per_stream

    def admit(self, document: Document) -> Request:
        """Take a document in and return the request to send.

        Keys are the ledger's own, so that equal documents, or equal IDs, do not collide.

        Raises:
            InvalidRequest: the document cannot be sent; it was not taken in.
        """
        key = str(self._admitted)
        request = self._topic.ask(key, document)
        _requests.check_size(request)
        self._admitted += 1
        self._sent_on_stream += 1
        self._unanswered[key] = (document, request)
        return request

    def settle(self, response: Response) -> list[Answer[Outcome]]:
        """Return the answer that came; none for a key that was answered before."""
        if response.key not in self._unanswered:
            return []
        document, _ = self._unanswered.pop(response.key)
        self._failures = 0
        return [(document, self._topic.read(response))]

    def renew(self) -> list[Request]:
        """Begin a new stream: return what must be sent on it again, in order."""
        requests = [request for _, request in self._unanswered.values()]
        self._sent_on_stream = len(requests)
        return requests

    def retry_delay(self, error: NisbaError) -> float | None:
        """Return the seconds to wait before a new stream; None: give up.

        Answers in between prove progress, so only failures without one in between count.
        """
        self._failures += 1
        retry = self._config.retry
        if not isinstance(error, _MAY_PASS) or self._failures >= retry.max_attempts:
            return None
        asked = error.retry_after if isinstance(error, Overloaded) else None
        if asked is not None and asked > self._options.silence:
            return None
        return retry.backoff(self._failures) if asked is None else asked

    def abandon(self, error: NisbaError) -> list[Answer[Outcome]]:
        """Return the error as the answer of everything in flight."""
        documents = [document for document, _ in self._unanswered.values()]
        self._unanswered.clear()
        self._failures = 0
        return [(document, error) for document in documents]
