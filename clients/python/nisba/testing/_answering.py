"""What both services of the fake share: errors on the wire, documents, pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NoReturn, Protocol, TypeVar

import grpc
from grpc_status import rpc_status

from nisba import _to_proto
from nisba._errors import NisbaError, Overloaded
from nisba._model import Document
from nisba.testing._calls import Call
from nisba.v1 import linking_service_pb2 as linking

DEFAULT_PAGE = 100

_TRAILING = (
    ("x-request-id", "fake"),
    ("server-timing", "queue;dur=0.5, batch;dur=0, tag;dur=2.25, link;dur=1.5, total;dur=5"),
)
"""What a service says of a call; always the same, so that a test can expect it."""

Receive = Callable[[Call], None]
"""Notes a call; raises the error that was ordered for it."""
Response = TypeVar("Response")
Item = TypeVar("Item")


class Paged(Protocol):
    """A request for a page; the token is the number of the items before it."""

    @property
    def page_size(self) -> int:
        """Most items of the page; 0: the default."""
        ...

    @property
    def page_token(self) -> str:
        """Where it begins; empty: with the first."""
        ...


def page(items: Sequence[Item], request: Paged) -> tuple[Sequence[Item], str]:
    """Return the items of a page, and the token of the next; empty: there is none."""
    start = int(request.page_token or 0)
    end = start + (request.page_size or DEFAULT_PAGE)
    return items[start:end], str(end) if end < len(items) else ""


def document(document: linking.Document) -> Document:
    """Read a document."""
    return Document(document.text, document.id, document.language, document.date)


def answer(context: grpc.ServicerContext, respond: Callable[[], Response]) -> Response:
    """Return what is responded, or fail the call as the service would."""
    context.set_trailing_metadata(_TRAILING)
    try:
        return respond()
    except NisbaError as error:
        _abort(context, error)


def _abort(context: grpc.ServicerContext, error: NisbaError) -> NoReturn:
    status = rpc_status.to_status(_to_proto.status(error))
    if isinstance(error, Overloaded) and error.retry_after is not None:
        pushback = ("grpc-retry-pushback-ms", str(round(error.retry_after * 1000)))
        status = status._replace(trailing_metadata=(*status.trailing_metadata, pushback))
    context.abort_with_status(status)
    raise AssertionError("abort_with_status returned: this is a bug")
