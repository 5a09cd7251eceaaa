"""The client for asyncio. `_client` is its twin for threads: same methods, same order."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from types import TracebackType
from typing import TYPE_CHECKING, Self

import grpc

from nisba import _requests, _results
from nisba._abulk import AsyncBulk
from nisba._acuration import each
from nisba._enums import EntityType, EntityView
from nisba._errors import NisbaError
from nisba._model import (
    Document,
    Entity,
    Gazetteer,
    LinkedDocument,
    ResolvedName,
    SearchResult,
)
from nisba.v1.gazetteer_service_pb2_grpc import GazetteerServiceStub
from nisba.v1.linking_service_pb2_grpc import LinkingServiceStub

if TYPE_CHECKING:  # they exist for type checkers only
    from nisba.v1.gazetteer_service_pb2_grpc import GazetteerServiceAsyncStub
    from nisba.v1.linking_service_pb2_grpc import LinkingServiceAsyncStub


class AsyncClient(AsyncBulk):
    """Links names in English and Arabic text through a Nisba service; for asyncio.

        async with nisba.AsyncClient("localhost:50051") as client:
            document = await client.link("التقى العاروري بالحمد الله.")

    It may be made anywhere and serves the event loop of its first call. Close it, by `async with`
    or by `close`. The methods are those of `Client`, where they are described in full; `link_many`,
    `stream` and `stream_tags` take asynchronous iterables too.

    Args:
        target: address of the service: "host:port", or a target of gRPC, for example
            "dns:///nisba.example:50051" to balance over all the addresses of a name; or several
            addresses, ["10.0.0.1:50051", "10.0.0.2:50051"], to balance over those. Of several,
            those that do not answer or say NOT_SERVING get no calls.
        timeout: seconds a call may take unless it says otherwise.
        insecure: do without TLS. Not needed to reach this machine (localhost).
        token: bearer token sent with every call, only ever over TLS or within this machine.
        config: everything else.

    Raises:
        ValueError: a setting is out of range, or two contradict each other.
    """

    def _open(self) -> None:
        self._channel: grpc.aio.Channel | None = None  # belongs to a loop, which may not run yet

    async def link(
        self,
        document: str | Document,
        *,
        id: str = "",
        language: str = "",
        date: str = "",
        max_candidates: int | None = None,
        timeout: float | None = None,
    ) -> LinkedDocument:
        """Find the names in a text and say which entities they denote. See `Client.link`."""
        whole = _requests.as_document(document, id=id, language=language, date=date)
        request = _requests.link_text(whole, max_candidates)
        answer = await self._timed(self._linking.LinkText, request, timeout)
        return _results.linked_document(*answer)

    async def link_batch(
        self,
        documents: Iterable[str | Document],
        *,
        max_candidates: int | None = None,
        timeout: float | None = None,
    ) -> tuple[LinkedDocument | NisbaError, ...]:
        """Link up to 64 documents in one call, each with its outcome. See `Client.link_batch`."""
        batch = _requests.batch_link_texts(documents, max_candidates)
        if batch.nothing_to_send:
            return batch.merge(())
        answer = await self._timed(self._linking.BatchLinkTexts, batch.request, timeout)
        return batch.merge(_results.batch_outcomes(*answer))

    async def resolve(
        self,
        names: Iterable[str],
        *,
        type: EntityType | None = None,
        max_candidates: int | None = None,
        timeout: float | None = None,
    ) -> tuple[ResolvedName, ...]:
        """Say which entities names denote that stand alone. See `Client.resolve`."""
        request = _requests.resolve_names(names, type, max_candidates)
        response = await self._call(self._linking.ResolveNames, request, timeout)
        return _results.resolved_names(response)

    async def get_entity(
        self,
        entity_id: str,
        *,
        view: EntityView | None = None,
        revision: int | None = None,
        timeout: float | None = None,
    ) -> Entity:
        """Return one entity, by default in full. See `Client.get_entity`."""
        request = _requests.get_entity(entity_id, view, revision)
        return _results.entity(await self._call(self._gazetteer.GetEntity, request, timeout))

    async def get_entities(
        self,
        entity_ids: Iterable[str],
        *,
        view: EntityView | None = None,
        timeout: float | None = None,
    ) -> tuple[Entity, ...]:
        """Return several entities, by default in full. See `Client.get_entities`."""
        request = _requests.batch_get_entities(entity_ids, view)
        response = await self._call(self._gazetteer.BatchGetEntities, request, timeout)
        return _results.entities(response)

    def list_entities(
        self,
        *,
        type: EntityType | None = None,
        view: EntityView | None = None,
        page_size: int | None = None,
        timeout: float | None = None,
    ) -> AsyncIterator[Entity]:
        """Iterate over the entities in order of ID. See `Client.list_entities`."""
        self._check_open()
        request = _requests.list_entities(type, view, page_size)
        pages = self._each_page(
            lambda: self._gazetteer.ListEntities, request, self._seconds(timeout)
        )
        return each(pages, _results.entities)

    async def search(
        self,
        query: str,
        *,
        type: EntityType | None = None,
        max_results: int | None = None,
        view: EntityView | None = None,
        timeout: float | None = None,
    ) -> tuple[SearchResult, ...]:
        """Find entities by a name in either script, best first. See `Client.search`."""
        request = _requests.search_entities(query, type, max_results, view)
        response = await self._call(self._gazetteer.SearchEntities, request, timeout)
        return _results.search_results(response)

    async def gazetteer(self, *, timeout: float | None = None) -> Gazetteer:
        """Say which gazetteer is served, and how large it is."""
        request = _requests.get_gazetteer()
        return _results.gazetteer(await self._call(self._gazetteer.GetGazetteer, request, timeout))

    async def close(self) -> None:
        """Cancel what is under way and disconnect, for good. Closing twice is harmless."""
        self._closed = True
        if self._channel is not None:
            await self._channel.close()

    async def __aenter__(self) -> Self:
        self._check_open()
        return self

    async def __aexit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    @property
    def _linking(self) -> LinkingServiceAsyncStub:
        return LinkingServiceStub(self._connected())

    @property
    def _gazetteer(self) -> GazetteerServiceAsyncStub:
        return GazetteerServiceStub(self._connected())

    def _connected(self) -> grpc.aio.Channel:
        self._check_open()
        if self._channel is None:
            self._channel = self._endpoint.open_async()
        return self._channel
