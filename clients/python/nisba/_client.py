"""The client for threads. `_aclient` is its twin for asyncio: same methods, same order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Self

from nisba import _requests, _results
from nisba._bulk import Bulk
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


class Client(Bulk):
    """Links names in English and Arabic text through a Nisba service; for threads.

        with nisba.Client("localhost:50051") as client:
            for mention in client.link("Aruri met Hamdallah.").mentions:
                print(mention.text, mention.entity_id)

    One client serves any number of threads. It connects on the first call. Close it, by `with` or
    by `close`. Every call may raise a `NisbaError`; no call is without a timeout.

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
        self._channel = self._endpoint.open()
        self._linking = LinkingServiceStub(self._channel)
        self._gazetteer = GazetteerServiceStub(self._channel)

    def link(
        self,
        document: str | Document,
        *,
        id: str = "",
        language: str = "",
        date: str = "",
        max_candidates: int | None = None,
        timeout: float | None = None,
    ) -> LinkedDocument:
        """Find the names in a text and say which entities they denote.

        Args:
            document: a text, or a `Document` with its own ID, language and date.
            id: yours; it comes back unchanged.
            language: "en" or "ar"; empty: detected sentence by sentence.
            date: the day of publication, as YYYY-MM-DD; empty: unknown.
            max_candidates: most candidates a mention carries, 0 to 20; None: the service's default.
            timeout: seconds; None: the client's.
        """
        whole = _requests.as_document(document, id=id, language=language, date=date)
        request = _requests.link_text(whole, max_candidates)
        return _results.linked_document(*self._timed(self._linking.LinkText, request, timeout))

    def link_batch(
        self,
        documents: Iterable[str | Document],
        *,
        max_candidates: int | None = None,
        timeout: float | None = None,
    ) -> tuple[LinkedDocument | NisbaError, ...]:
        """Link up to 64 documents in one call.

        Returns:
            One outcome for each document, in their order: one bad document does not fail the
            others, its place holds its error. An error of the whole call is raised.
        """
        batch = _requests.batch_link_texts(documents, max_candidates)
        if batch.nothing_to_send:
            return batch.merge(())
        answer = self._timed(self._linking.BatchLinkTexts, batch.request, timeout)
        return batch.merge(_results.batch_outcomes(*answer))

    def resolve(
        self,
        names: Iterable[str],
        *,
        type: EntityType | None = None,
        max_candidates: int | None = None,
        timeout: float | None = None,
    ) -> tuple[ResolvedName, ...]:
        """Say which entities up to 1 000 names denote that stand alone, without a text.

        Args:
            names: in either script.
            type: what all of them denote; None: any type.
            max_candidates: as in `link`.
            timeout: seconds; None: the client's.

        Returns:
            One decision for each name, in their order.
        """
        request = _requests.resolve_names(names, type, max_candidates)
        return _results.resolved_names(self._call(self._linking.ResolveNames, request, timeout))

    def get_entity(
        self,
        entity_id: str,
        *,
        view: EntityView | None = None,
        revision: int | None = None,
        timeout: float | None = None,
    ) -> Entity:
        """Return one entity, by default in full.

        Args:
            entity_id: that of a merged entity asks for the one it was merged into.
            view: how much; `EntityView.RECORD` has the etag that an edit can carry.
            revision: an old state of it; None: what is served.
            timeout: seconds; None: the client's.

        Raises:
            NotFound: the gazetteer has no such entity.
        """
        request = _requests.get_entity(entity_id, view, revision)
        return _results.entity(self._call(self._gazetteer.GetEntity, request, timeout))

    def get_entities(
        self,
        entity_ids: Iterable[str],
        *,
        view: EntityView | None = None,
        timeout: float | None = None,
    ) -> tuple[Entity, ...]:
        """Return up to 1 000 entities in the order of their IDs given, by default in full.

        Raises:
            NotFound: the gazetteer lacks some of them, which the error names; none is returned.
        """
        request = _requests.batch_get_entities(entity_ids, view)
        return _results.entities(self._call(self._gazetteer.BatchGetEntities, request, timeout))

    def list_entities(
        self,
        *,
        type: EntityType | None = None,
        view: EntityView | None = None,
        page_size: int | None = None,
        timeout: float | None = None,
    ) -> Iterator[Entity]:
        """Iterate over the entities in order of ID; the pages are fetched as they are needed.

        Args:
            type: only this type; None: all.
            view: how much of each; None: `EntityView.BASIC`.
            page_size: entities fetched at a time, at most 1 000; None: the service's default.
            timeout: seconds for each page; None: the client's.

        Raises:
            InvalidRequest: with the reason PAGE_TOKEN_INVALID, the gazetteer changed on the way.
        """
        self._check_open()
        request = _requests.list_entities(type, view, page_size)
        pages = self._each_page(self._gazetteer.ListEntities, request, self._seconds(timeout))
        return (entity for page in pages for entity in _results.entities(page))

    def search(
        self,
        query: str,
        *,
        type: EntityType | None = None,
        max_results: int | None = None,
        view: EntityView | None = None,
        timeout: float | None = None,
    ) -> tuple[SearchResult, ...]:
        """Find entities by a name in either script; best first.

        Args:
            query: 1 to 500 code points.
            type: only this type; None: all.
            max_results: at most 100; None: the service's default.
            view: how much of each; None: `EntityView.BASIC`.
            timeout: seconds; None: the client's.
        """
        request = _requests.search_entities(query, type, max_results, view)
        return _results.search_results(self._call(self._gazetteer.SearchEntities, request, timeout))

    def gazetteer(self, *, timeout: float | None = None) -> Gazetteer:
        """Say which gazetteer is served, and how large it is."""
        request = _requests.get_gazetteer()
        return _results.gazetteer(self._call(self._gazetteer.GetGazetteer, request, timeout))

    def close(self) -> None:
        """Cancel what is under way and disconnect, for good. Closing twice is harmless."""
        self._closed = True
        self._channel.close()

    def __enter__(self) -> Self:
        self._check_open()
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
