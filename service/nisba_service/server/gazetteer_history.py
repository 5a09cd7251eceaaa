"""GazetteerService, through time: revisions, how they differ, and news of the next one."""
# ruff: noqa: N802 - the contract names the methods

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import Any

import grpc

from nisba.v1 import gazetteer_service_pb2 as pb
from nisba_service.gazetteer.store.model import Revision
from nisba_service.gazetteer.store.store import Store
from nisba_service.server import calls, convert_revisions, limits, page_token, validate
from nisba_service.server.errors import ShuttingDown
from nisba_service.server.house import House

Context = grpc.aio.ServicerContext[Any, Any]


class GazetteerHistory:
    """The calls about revisions."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def ListRevisions(
        self, request: pb.ListRevisionsRequest, context: Context
    ) -> pb.ListRevisionsResponse:
        """Return a page of revisions, newest first."""
        size = validate.page_size(request.page_size, "page_size", limits.REVISION_PAGE)
        entity_id = request.entity_id and validate.entity_id(request.entity_id, "entity_id")
        # Revisions do not change, so a page token never grows old.
        listing = page_token.Listing("revisions", entity_id, "")
        before = int(page_token.decode(request.page_token, listing) or 0)
        found = await self._house.store.read(
            lambda store: store.revisions(before or None, size + 1, entity_id=entity_id or None)
        )
        page, more = found[:size], len(found) > size
        return pb.ListRevisionsResponse(
            revisions=map(convert_revisions.revision, page),
            next_page_token=page_token.encode(listing, str(page[-1].number)) if more else "",
        )

    async def DiffRevisions(self, request: pb.DiffRevisionsRequest, context: Context) -> None:
        """Write how two revisions differ."""
        before = validate.revision(request.from_revision, "from_revision")
        after = validate.revision(request.to_revision, "to_revision")
        store = self._house.store
        if not after:
            after = (await store.read(Store.head)).number
        chunks = store.read_chunks(lambda store: store.diff(before, after), limits.DIFF_CHUNK)
        async with aclosing(chunks):
            async for changes in chunks:
                calls.current().facts.entities += len(changes)
                message = await asyncio.to_thread(convert_revisions.changes, changes)
                await context.write(pb.DiffRevisionsResponse(changes=message))

    async def WatchGazetteer(self, request: pb.WatchGazetteerRequest, context: Context) -> None:
        """Write what is served, and every later revision in order as it is served."""
        seen = validate.revision(request.after_revision, "after_revision")
        live = self._house.live
        if not self._house.store.exists:
            await context.write(_news(convert_revisions.of_files(live.current)))
            await self._house.draining.wait()
            raise ShuttingDown
        if not seen and not live.current.revision:
            await context.write(_news(convert_revisions.of_files(live.current)))
        seen = seen or max(0, live.current.revision - 1)
        while not self._house.draining.is_set():
            if seen >= live.current.revision:
                await live.reach(seen + 1)
            for revision in await self._read_after(seen, live.current.revision):
                await context.write(_news(convert_revisions.revision(revision)))
                seen = revision.number
        raise ShuttingDown

    async def _read_after(self, seen: int, served: int) -> list[Revision]:
        """Return some of the revisions after `seen` up to `served`, oldest first."""
        last = min(served, seen + limits.REVISION_PAGE.default)
        if last <= seen:
            return []
        newest_first = await self._house.store.read(
            lambda store: store.revisions(last + 1, last - seen)
        )
        return newest_first[::-1]


def _news(revision: pb.Revision) -> pb.WatchGazetteerResponse:
    return pb.WatchGazetteerResponse(revision=revision)
