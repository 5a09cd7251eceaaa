"""What curators do, for asyncio. `_curation` is its twin for threads: same methods, same order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable, Iterable
from contextlib import aclosing
from typing import TYPE_CHECKING, TypeVar

import grpc
from google.protobuf.message import Message

from nisba import _curation_requests as requests
from nisba import _curation_results as results
from nisba._base import BaseClient
from nisba._curation_model import (
    Edit,
    Edited,
    EntityChange,
    NewName,
    Preview,
    Revision,
)
from nisba._enums import EntityType
from nisba._error_mapping import error_of_call
from nisba._errors import Cancelled, NisbaError, Unavailable
from nisba._interruption import Interruption
from nisba._model import Document, Entity, Timing
from nisba._requests import Page, Paged, check_size, next_page
from nisba._telemetry import timing_of
from nisba.v1.gazetteer_service_pb2 import DiffRevisionsRequest

if TYPE_CHECKING:  # it exists for type checkers only
    from nisba.v1.gazetteer_service_pb2_grpc import GazetteerServiceAsyncStub

Request = TypeVar("Request", bound=Message)
Response = TypeVar("Response", bound=Message)
Item = TypeVar("Item")


class AsyncCuration(BaseClient):
    """The calls that edit the gazetteer, follow it and review it.

    The service must serve a store, and most calls need the role of a curator.
    """

    @property
    def _gazetteer(self) -> GazetteerServiceAsyncStub:
        raise NotImplementedError

    async def create_entity(
        self,
        entity: Entity,
        *,
        reason: str = "",
        validate_only: bool = False,
        timeout: float | None = None,
    ) -> Edited:
        """Add an entity, in a revision of its own. See `Client.create_entity`."""
        request = requests.create_entity(entity, reason, validate_only)
        response = await self._call(self._gazetteer.CreateEntity, request, timeout)
        return results.edited(response)

    async def update_entity(
        self,
        entity: Entity,
        *,
        fields: Iterable[str] | None = None,
        reason: str = "",
        validate_only: bool = False,
        timeout: float | None = None,
    ) -> Edited:
        """Change some fields of an entity. See `Client.update_entity`."""
        request = requests.update_entity(entity, fields, reason, validate_only)
        response = await self._call(self._gazetteer.UpdateEntity, request, timeout)
        return results.edited(response)

    async def delete_entity(
        self,
        entity_id: str,
        *,
        etag: str = "",
        cascade: bool = False,
        reason: str = "",
        validate_only: bool = False,
        timeout: float | None = None,
    ) -> Revision:
        """Remove an entity. See `Client.delete_entity`."""
        request = requests.delete_entity(entity_id, etag, cascade, reason, validate_only)
        return results.made(await self._call(self._gazetteer.DeleteEntity, request, timeout))

    async def merge_entities(
        self,
        source_ids: Iterable[str],
        *,
        into: str,
        etag: str = "",
        reason: str = "",
        validate_only: bool = False,
        timeout: float | None = None,
    ) -> Edited:
        """Make one entity of several. See `Client.merge_entities`."""
        request = requests.merge_entities(source_ids, into, etag, reason, validate_only)
        response = await self._call(self._gazetteer.MergeEntities, request, timeout)
        return results.edited(response)

    async def import_entities(
        self,
        entities: Iterable[Entity] | AsyncIterable[Entity],
        *,
        create_only: bool = False,
        reason: str = "",
        validate_only: bool = False,
        timeout: float | None = None,
    ) -> Revision:
        """Add and replace any number of entities in one revision. See `Client.import_entities`."""
        self._check_open()
        first = requests.import_options(create_only, reason, validate_only)
        messages = requests.AsyncImportMessages(entities, first)
        try:
            response = await self._gazetteer.ImportEntities(
                aiter(messages), timeout=self._seconds(timeout), metadata=self._metadata
            )
        except (grpc.aio.AioRpcError, asyncio.CancelledError) as error:
            # gRPC cancels a call whose messages cannot be made.
            if messages.error is not None:
                raise messages.error from None
            if isinstance(error, asyncio.CancelledError):
                raise
            raise error_of_call(error) from error
        return results.made(response)

    def list_revisions(
        self,
        *,
        entity_id: str = "",
        page_size: int | None = None,
        timeout: float | None = None,
    ) -> AsyncIterator[Revision]:
        """Iterate over the revisions, newest first. See `Client.list_revisions`."""
        self._check_open()
        request = requests.list_revisions(entity_id, page_size)
        pages = self._each_page(
            lambda: self._gazetteer.ListRevisions, request, self._seconds(timeout)
        )
        return each(pages, results.revisions)

    def diff_revisions(
        self,
        from_revision: int,
        *,
        to_revision: int | None = None,
        timeout: float | None = None,
    ) -> AsyncIterator[EntityChange]:
        """Iterate over what differs between two revisions. See `Client.diff_revisions`."""
        self._check_open()
        request = requests.diff_revisions(from_revision, to_revision)
        return self._diff(request, self._seconds(timeout))

    async def roll_back(
        self,
        revision: int,
        *,
        reason: str = "",
        validate_only: bool = False,
        timeout: float | None = None,
    ) -> Revision:
        """Make a new revision that is equal to an old one. See `Client.roll_back`."""
        request = requests.roll_back(revision, reason, validate_only)
        return results.made(await self._call(self._gazetteer.RollBack, request, timeout))

    def watch(
        self, *, after_revision: int = 0, timeout: float | None = None
    ) -> AsyncGenerator[Revision, None]:
        """Iterate over the revisions as they are served. See `Client.watch`."""
        self._check_open()
        return self._watch(after_revision, self._seconds(timeout))

    async def preview(
        self,
        edits: Iterable[Edit],
        *,
        documents: Iterable[str | Document],
        max_candidates: int | None = None,
        timeout: float | None = None,
    ) -> Preview:
        """Say what some edits would change. See `Client.preview`."""
        request = requests.preview_change(edits, documents, max_candidates)
        return results.preview(await self._call(self._gazetteer.PreviewChange, request, timeout))

    def list_new_names(
        self,
        *,
        type: EntityType | None = None,
        page_size: int | None = None,
        timeout: float | None = None,
    ) -> AsyncIterator[NewName]:
        """Iterate over the new names that were met. See `Client.list_new_names`."""
        self._check_open()
        request = requests.list_new_names(type, page_size)
        pages = self._each_page(
            lambda: self._gazetteer.ListNewNames, request, self._seconds(timeout)
        )
        return each(pages, results.new_names)

    async def _call(
        self,
        method: grpc.aio.UnaryUnaryMultiCallable[Request, Response],
        request: Request,
        timeout: float | None,
    ) -> Response:
        return (await self._timed(method, request, timeout))[0]

    async def _timed(
        self,
        method: grpc.aio.UnaryUnaryMultiCallable[Request, Response],
        request: Request,
        timeout: float | None,
    ) -> tuple[Response, Timing | None]:
        """Return an answer, and where its time went."""
        self._check_open()
        check_size(request)
        try:
            call = method(request, timeout=self._seconds(timeout), metadata=self._metadata)
            return await call, timing_of(await call.trailing_metadata())
        except grpc.aio.AioRpcError as error:
            raise error_of_call(error) from error
        except asyncio.CancelledError:
            if self._closed and not _is_being_cancelled():
                raise Cancelled("the client was closed while the call was under way") from None
            raise

    async def _each_page(
        self,
        method: Callable[[], grpc.aio.UnaryUnaryMultiCallable[Paged, Page]],
        request: Paged,
        timeout: float,
    ) -> AsyncGenerator[Page, None]:
        while True:
            # Asked for here: only now does an event loop run for certain.
            page = await self._call(method(), request, timeout)
            yield page
            if not page.next_page_token:
                return
            request = next_page(request, page.next_page_token)

    async def _diff(
        self, request: DiffRevisionsRequest, timeout: float
    ) -> AsyncIterator[EntityChange]:
        try:
            call = self._gazetteer.DiffRevisions(request, timeout=timeout, metadata=self._metadata)
            async for response in call:
                for change in results.changes(response):
                    yield change
        except grpc.aio.AioRpcError as error:
            raise error_of_call(error) from error

    async def _watch(self, seen: int, timeout: float) -> AsyncGenerator[Revision, None]:
        interruption = Interruption(self._config.retry, timeout)
        last: Revision | None = None
        while True:
            self._check_open()
            call = self._gazetteer.WatchGazetteer(
                requests.watch_gazetteer(seen), metadata=self._metadata
            )
            try:
                async for response in call:
                    interruption.over()
                    revision = results.made(response)
                    if revision != last:  # what files are served is told by every new connection
                        yield revision
                    last, seen = revision, revision.number
                broken: NisbaError = Unavailable("the service ended the watch")
            except grpc.aio.AioRpcError as error:
                broken = error_of_call(error)
                broken.__cause__ = error
            finally:
                call.cancel()
            await asyncio.sleep(interruption.delay(broken))


async def each(
    pages: AsyncGenerator[Page, None], read: Callable[[Page], Iterable[Item]]
) -> AsyncIterator[Item]:
    """Yield what stands on pages, and close them when the caller stops."""
    async with aclosing(pages):
        async for page in pages:
            for item in read(page):
                yield item


def _is_being_cancelled() -> bool:
    """Whether it is the running task that is cancelled, not only its call."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
