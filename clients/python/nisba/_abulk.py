"""Any number of documents, for asyncio. `_bulk` is its twin: same methods, same order."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable
from typing import TYPE_CHECKING, Any

from nisba import _requests, _results
from nisba._acuration import AsyncCuration
from nisba._amany import link_many
from nisba._astream import AsyncStream, Call
from nisba._base import check_at_least_one
from nisba._ledger import Answer, Ledger, Outcome, Request, Response, StreamOptions, Topic
from nisba._model import Document, LinkedDocument, TaggedDocument

if TYPE_CHECKING:  # it exists for type checkers only
    from nisba.v1.linking_service_pb2_grpc import LinkingServiceAsyncStub


class AsyncBulk(AsyncCuration):
    """The calls that take any number of documents, and give answers while they take."""

    @property
    def _linking(self) -> LinkingServiceAsyncStub:
        raise NotImplementedError

    def link_many(
        self,
        documents: Iterable[str | Document] | AsyncIterable[str | Document],
        *,
        concurrency: int = 8,
        max_candidates: int | None = None,
        timeout: float | None = None,
    ) -> AsyncIterator[Answer[LinkedDocument]]:
        """Link any number of documents, several at a time, in order. See `Client.link_many`."""
        self._check_open()
        check_at_least_one(concurrency, "concurrency")
        seconds = self._seconds(timeout)

        async def link(document: Document) -> LinkedDocument:
            request = _requests.link_text(document, max_candidates)
            answer = await self._timed(self._linking.LinkText, request, seconds)
            return _results.linked_document(*answer)

        return link_many(_each(documents), link, concurrency)

    def stream(
        self,
        documents: Iterable[str | Document] | AsyncIterable[str | Document],
        *,
        max_in_flight: int = 64,
        max_candidates: int | None = None,
        timeout: float | None = None,
    ) -> AsyncIterator[Answer[LinkedDocument]]:
        """Link any number of documents over a stream, as answered. See `Client.stream`."""
        topic = Topic(
            lambda key, document: _requests.stream_link_texts(key, document, max_candidates),
            _results.stream_outcome,
        )
        options = self._stream_options(max_in_flight, timeout)
        return self._stream(lambda: self._linking.StreamLinkTexts, topic, options, documents)

    def stream_tags(
        self,
        documents: Iterable[str | Document] | AsyncIterable[str | Document],
        *,
        max_in_flight: int = 64,
        timeout: float | None = None,
    ) -> AsyncIterator[Answer[TaggedDocument]]:
        """Tag any number of documents over a stream, as answered. See `Client.stream_tags`."""
        topic = Topic(_requests.stream_tag_texts, _results.stream_tags)
        options = self._stream_options(max_in_flight, timeout)
        return self._stream(lambda: self._linking.StreamTagTexts, topic, options, documents)

    def _stream_options(self, max_in_flight: int, timeout: float | None) -> StreamOptions:
        self._check_open()
        check_at_least_one(max_in_flight, "max_in_flight")
        return StreamOptions(max_in_flight, self._seconds(timeout))

    def _stream(
        self,
        method: Callable[[], Callable[..., Any]],
        topic: Topic[Request, Response, Outcome],
        options: StreamOptions,
        documents: Iterable[str | Document] | AsyncIterable[str | Document],
    ) -> AsyncIterator[Answer[Outcome]]:
        # The method is looked up when it is called: until then there may be no event loop.
        def open_call(requests: AsyncIterator[Request]) -> Call[Request, Response]:
            call: Call[Request, Response] = method()(requests, metadata=self._metadata)
            return call

        ledger = Ledger(topic, options, self._config)
        stream = AsyncStream(open_call, ledger, options.silence)
        return stream.run(_each(documents))


async def _each(
    documents: Iterable[str | Document] | AsyncIterable[str | Document],
) -> AsyncIterator[Document]:
    if isinstance(documents, AsyncIterable):
        async for document in documents:
            yield _requests.as_document(document)
    else:
        for document in documents:
            yield _requests.as_document(document)
