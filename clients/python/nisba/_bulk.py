"""Any number of documents, for threads. `_abulk` is its twin: same methods, same order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from nisba import _requests, _results
from nisba._base import check_at_least_one
from nisba._curation import Curation
from nisba._ledger import Answer, Ledger, Outcome, Request, Response, StreamOptions, Topic
from nisba._many import Begun, link_many
from nisba._model import Document, LinkedDocument, TaggedDocument
from nisba._stream import Responses, Stream
from nisba.v1.linking_service_pb2_grpc import LinkingServiceStub


class Bulk(Curation):
    """The calls that take any number of documents, and give answers while they take."""

    _linking: LinkingServiceStub

    def link_many(
        self,
        documents: Iterable[str | Document],
        *,
        concurrency: int = 8,
        max_candidates: int | None = None,
        timeout: float | None = None,
    ) -> Iterator[Answer[LinkedDocument]]:
        """Link any number of documents, several at a time, each by a call of its own.

        Yields:
            Every document once, with its links or its error, in the order given. What is yielded
            is bounded by what is read: at most `concurrency` documents are held.

        For a whole archive prefer `stream`: a busy service slows a stream down, but refuses calls.

        Args:
            documents: read in the calling thread, only as fast as answers are taken.
            concurrency: most calls open at once.
            max_candidates: as in `link`.
            timeout: seconds for each document; None: the client's.
        """
        self._check_open()
        check_at_least_one(concurrency, "concurrency")
        seconds = self._seconds(timeout)

        def begin(document: Document) -> Begun:
            self._check_open()
            request = _requests.link_text(document, max_candidates)
            _requests.check_size(request)
            return self._linking.LinkText.future(request, timeout=seconds, metadata=self._metadata)

        return link_many(map(_requests.as_document, documents), begin, concurrency)

    def stream(
        self,
        documents: Iterable[str | Document],
        *,
        max_in_flight: int = 64,
        max_candidates: int | None = None,
        timeout: float | None = None,
    ) -> Iterator[Answer[LinkedDocument]]:
        """Link any number of documents over a stream; for bulk work.

        The service reads as fast as it can link, so it never refuses. The stream is renewed every
        `ClientConfig.documents_per_stream` documents; when it breaks, what was not answered is sent
        again on a new one, with the waits of `RetryConfig`.

        Yields:
            Every document once, with its links or its error, as they are answered. If the stream
            cannot be mended, what was in flight gets that error and the next document tries anew:
            the `__cause__` of such an error is gRPC's, that of a document's own is None.

        Args:
            documents: read in the calling thread, only as fast as answers are taken. While it
                waits for the next document, answers wait too: for a slow source use `link`.
            max_in_flight: most documents sent and not yet answered.
            max_candidates: as in `link`.
            timeout: most seconds without any answer, not for the whole; None: the client's.
        """
        topic = Topic(
            lambda key, document: _requests.stream_link_texts(key, document, max_candidates),
            _results.stream_outcome,
        )
        options = self._stream_options(max_in_flight, timeout)
        return self._stream(self._linking.StreamLinkTexts, topic, options, documents)

    def stream_tags(
        self,
        documents: Iterable[str | Document],
        *,
        max_in_flight: int = 64,
        timeout: float | None = None,
    ) -> Iterator[Answer[TaggedDocument]]:
        """Tag any number of documents over a stream, and link nothing.

        For those who keep the spans and link the same texts again and again, with a linker of
        their own. Everything else is as in `stream`.

        Yields:
            Every document once, with its spans or its error, as they are answered. The provenance
            has the version of the models alone: keep spans of two versions apart.

        Args:
            documents: as in `stream`.
            max_in_flight: as in `stream`.
            timeout: as in `stream`.
        """
        topic = Topic(_requests.stream_tag_texts, _results.stream_tags)
        options = self._stream_options(max_in_flight, timeout)
        return self._stream(self._linking.StreamTagTexts, topic, options, documents)

    def _stream_options(self, max_in_flight: int, timeout: float | None) -> StreamOptions:
        self._check_open()
        check_at_least_one(max_in_flight, "max_in_flight")
        return StreamOptions(max_in_flight, self._seconds(timeout))

    def _stream(
        self,
        method: Callable[..., Any],
        topic: Topic[Request, Response, Outcome],
        options: StreamOptions,
        documents: Iterable[str | Document],
    ) -> Iterator[Answer[Outcome]]:
        def open_call(requests: Iterator[Request]) -> Responses[Response]:
            self._check_open()
            responses: Responses[Response] = method(requests, metadata=self._metadata)
            return responses

        ledger = Ledger(topic, options, self._config)
        stream = Stream(open_call, ledger, options.silence)
        return stream.run(map(_requests.as_document, documents))
