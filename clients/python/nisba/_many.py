"""`link_many` for threads; `_amany` is its twin for asyncio."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

import grpc

from nisba import _results
from nisba._error_mapping import error_of_call
from nisba._errors import Cancelled, InvalidRequest, NisbaError
from nisba._ledger import Answer
from nisba._model import Document, LinkedDocument
from nisba._telemetry import Metadata, timing_of
from nisba.v1.linking_service_pb2 import LinkTextResponse


class Begun(Protocol):
    """A call that has begun."""

    def result(self) -> LinkTextResponse:
        """Return the answer, once it is there."""
        ...

    def done(self) -> bool:
        """Tell whether it is there, or will never be."""
        ...

    def cancel(self) -> bool:
        """Give the call up."""
        ...

    def trailing_metadata(self) -> Metadata:
        """Return what came with the answer."""
        ...


Begin = Callable[[Document], Begun]


def link_many(
    documents: Iterable[Document], begin: Begin, concurrency: int
) -> Iterator[Answer[LinkedDocument]]:
    """Yield every document once, in order, with at most `concurrency` calls open.

    gRPC makes the calls; the documents are read in the caller's thread.
    """
    in_flight: deque[tuple[Document, Begun | InvalidRequest]] = deque()
    try:
        for document in documents:
            in_flight.append((document, _begun(begin, document)))
            while in_flight and (len(in_flight) >= concurrency or _done(in_flight[0][1])):
                yield _settled(*in_flight.popleft())
        while in_flight:
            yield _settled(*in_flight.popleft())
    finally:
        for _, begun in in_flight:
            if not isinstance(begun, InvalidRequest):
                begun.cancel()


def _begun(begin: Begin, document: Document) -> Begun | InvalidRequest:
    try:
        return begin(document)
    except InvalidRequest as refused:
        return refused


def _done(begun: Begun | InvalidRequest) -> bool:
    return isinstance(begun, InvalidRequest) or begun.done()


def _settled(document: Document, begun: Begun | InvalidRequest) -> Answer[LinkedDocument]:
    return document, begun if isinstance(begun, InvalidRequest) else _outcome(begun)


def _outcome(begun: Begun) -> LinkedDocument | NisbaError:
    try:
        return _results.linked_document(begun.result(), timing_of(begun.trailing_metadata()))
    except grpc.FutureCancelledError:
        return Cancelled("the call was cancelled")
    except grpc.RpcError as failed:
        error = error_of_call(failed)
        error.__cause__ = failed
        return error
