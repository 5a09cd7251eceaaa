"""`link_many` for asyncio; `_many` is its twin for threads."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable

from nisba._errors import ClientClosed, NisbaError
from nisba._ledger import Answer
from nisba._model import Document, LinkedDocument

Link = Callable[[Document], Awaitable[LinkedDocument]]


async def link_many(
    documents: AsyncIterator[Document], link: Link, concurrency: int
) -> AsyncIterator[Answer[LinkedDocument]]:
    """Yield every document once, in order, with at most `concurrency` calls open."""
    in_flight: deque[asyncio.Task[Answer[LinkedDocument]]] = deque()
    try:
        async for document in documents:
            in_flight.append(asyncio.ensure_future(_answer(document, link)))
            while in_flight and (len(in_flight) >= concurrency or in_flight[0].done()):
                yield await in_flight.popleft()
        while in_flight:
            yield await in_flight.popleft()
    finally:
        for task in in_flight:
            task.cancel()
        await asyncio.gather(*in_flight, return_exceptions=True)


async def _answer(document: Document, link: Link) -> Answer[LinkedDocument]:
    try:
        return document, await link(document)
    except ClientClosed:
        raise  # of the whole, not of this document
    except NisbaError as error:
        return document, error
