"""The fake's gRPC side: reads requests, asks the book, renders answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import grpc

from nisba import _to_proto
from nisba._enum_tables import ENTITY_TYPES, ENTITY_VIEWS, by_number
from nisba._enums import EntityView, FollowState
from nisba._errors import ErrorReason, InvalidRequest, NisbaError
from nisba._model import Document, Entity, LinkedDocument, TaggedDocument
from nisba.testing._answering import Receive, answer, page
from nisba.testing._answering import document as read_document
from nisba.testing._book import DEFAULT_CANDIDATES, PROVENANCE, TAGGING, Book, in_view
from nisba.testing._calls import Call
from nisba.testing._curating import Curating
from nisba.v1 import gazetteer_service_pb2 as gazetteer
from nisba.v1 import linking_service_pb2 as linking
from nisba.v1.gazetteer_service_pb2_grpc import GazetteerServiceServicer
from nisba.v1.linking_service_pb2_grpc import LinkingServiceServicer

MAX_DOCUMENTS = 64
DEFAULT_RESULTS = 20

_PROVENANCE = _to_proto.provenance(PROVENANCE)
_ENTITY_TYPES = by_number(ENTITY_TYPES)
_VIEWS = by_number(ENTITY_VIEWS)


class Linking(LinkingServiceServicer):
    """The fake's LinkingService."""

    def __init__(self, book: Book, receive: Receive) -> None:
        self._book = book
        self._receive = receive

    def LinkText(  # noqa: N802 - gRPC's name
        self, request: linking.LinkTextRequest, context: grpc.ServicerContext
    ) -> linking.LinkTextResponse:
        """Link one document."""
        document = read_document(request.document)

        def respond() -> linking.LinkTextResponse:
            self._receive(Call("link", documents=(document,)))
            linked = self._book.link(document, _candidates(request.options))
            return linking.LinkTextResponse(
                document=_to_proto.linked_document(linked),
                provenance=_to_proto.provenance(linked.provenance),
            )

        return answer(context, respond)

    def BatchLinkTexts(  # noqa: N802 - gRPC's name
        self, request: linking.BatchLinkTextsRequest, context: grpc.ServicerContext
    ) -> linking.BatchLinkTextsResponse:
        """Link several documents, each with its outcome."""
        documents = tuple(map(read_document, request.documents))

        def respond() -> linking.BatchLinkTextsResponse:
            self._receive(Call("link_batch", documents=documents))
            _check_count(documents, "documents", MAX_DOCUMENTS)
            outcomes = [self._outcome(d, request.options) for d in documents]
            return linking.BatchLinkTextsResponse(
                results=map(_to_proto.link_result, outcomes), provenance=_PROVENANCE
            )

        return answer(context, respond)

    def StreamLinkTexts(  # noqa: N802 - gRPC's name
        self,
        request_iterator: Iterator[linking.StreamLinkTextsRequest],
        context: grpc.ServicerContext,
    ) -> Iterator[linking.StreamLinkTextsResponse]:
        """Link documents as they come."""
        for request in request_iterator:
            yield answer(context, partial(self._streamed, request))

    def StreamTagTexts(  # noqa: N802 - gRPC's name
        self,
        request_iterator: Iterator[linking.StreamTagTextsRequest],
        context: grpc.ServicerContext,
    ) -> Iterator[linking.StreamTagTextsResponse]:
        """Tag documents as they come."""
        for request in request_iterator:
            yield answer(context, partial(self._tagged, request))

    def ResolveNames(  # noqa: N802 - gRPC's name
        self, request: linking.ResolveNamesRequest, context: grpc.ServicerContext
    ) -> linking.ResolveNamesResponse:
        """Resolve names that stand alone."""

        def respond() -> linking.ResolveNamesResponse:
            self._receive(Call("resolve", names=tuple(q.name for q in request.names)))
            shown = _candidates(request.options)
            decisions = [
                self._book.resolve(q.name, _ENTITY_TYPES.get(q.type), shown) for q in request.names
            ]
            return linking.ResolveNamesResponse(
                results=map(_to_proto.resolved_name, decisions), provenance=_PROVENANCE
            )

        return answer(context, respond)

    def _streamed(self, request: linking.StreamLinkTextsRequest) -> linking.StreamLinkTextsResponse:
        document = read_document(request.document)
        self._receive(Call("stream", documents=(document,)))
        return linking.StreamLinkTextsResponse(
            key=request.key,
            result=_to_proto.link_result(self._outcome(document, request.options)),
            provenance=_PROVENANCE,
        )

    def _tagged(self, request: linking.StreamTagTextsRequest) -> linking.StreamTagTextsResponse:
        document = read_document(request.document)
        self._receive(Call("stream_tags", documents=(document,)))
        outcome: TaggedDocument | NisbaError
        try:
            outcome = self._book.tag(document)
        except NisbaError as error:
            outcome = error
        return linking.StreamTagTextsResponse(
            key=request.key,
            result=_to_proto.tag_result(outcome),
            provenance=_to_proto.provenance(
                outcome.provenance if isinstance(outcome, TaggedDocument) else TAGGING
            ),
        )

    def _outcome(
        self, document: Document, options: linking.LinkOptions
    ) -> LinkedDocument | NisbaError:
        try:
            return self._book.link(document, _candidates(options))
        except NisbaError as error:
            return error


class Gazetteer(Curating, GazetteerServiceServicer):
    """The fake's GazetteerService: what everybody reads here, what curators do in `Curating`."""

    def GetGazetteer(  # noqa: N802 - gRPC's name
        self, request: gazetteer.GetGazetteerRequest, context: grpc.ServicerContext
    ) -> gazetteer.GetGazetteerResponse:
        """Say which gazetteer is served."""

        def respond() -> gazetteer.GetGazetteerResponse:
            self._receive(Call("gazetteer"))
            newest = self._history.newest
            known = replace(self._book.gazetteer(), revision=newest, newest_revision=newest)
            served = _to_proto.gazetteer(replace(known, follow_state=FollowState.CURRENT))
            return gazetteer.GetGazetteerResponse(gazetteer=served)

        return answer(context, respond)

    def GetEntity(  # noqa: N802 - gRPC's name
        self, request: gazetteer.GetEntityRequest, context: grpc.ServicerContext
    ) -> gazetteer.GetEntityResponse:
        """Return one entity."""

        def respond() -> gazetteer.GetEntityResponse:
            self._receive(Call("get_entity", entity_ids=(request.id,)))
            [found] = self._found(request)
            entity = _to_proto.entity(in_view(found, _VIEWS.get(request.view, EntityView.FULL)))
            return gazetteer.GetEntityResponse(entity=entity, provenance=_PROVENANCE)

        return answer(context, respond)

    def BatchGetEntities(  # noqa: N802 - gRPC's name
        self, request: gazetteer.BatchGetEntitiesRequest, context: grpc.ServicerContext
    ) -> gazetteer.BatchGetEntitiesResponse:
        """Return several entities."""

        def respond() -> gazetteer.BatchGetEntitiesResponse:
            self._receive(Call("get_entities", entity_ids=tuple(request.ids)))
            view = _VIEWS.get(request.view, EntityView.FULL)
            found = [_to_proto.entity(in_view(e, view)) for e in self._book.get(request.ids)]
            return gazetteer.BatchGetEntitiesResponse(entities=found, provenance=_PROVENANCE)

        return answer(context, respond)

    def ListEntities(  # noqa: N802 - gRPC's name
        self, request: gazetteer.ListEntitiesRequest, context: grpc.ServicerContext
    ) -> gazetteer.ListEntitiesResponse:
        """Return a page of the entities; the token is the number of the entities before it."""

        def respond() -> gazetteer.ListEntitiesResponse:
            self._receive(Call("list_entities"))
            view = _VIEWS.get(request.view, EntityView.BASIC)
            shown, token = page(self._book.list(_ENTITY_TYPES.get(request.type)), request)
            return gazetteer.ListEntitiesResponse(
                entities=[_to_proto.entity(in_view(e, view)) for e in shown],
                next_page_token=token,
                provenance=_PROVENANCE,
            )

        return answer(context, respond)

    def SearchEntities(  # noqa: N802 - gRPC's name
        self, request: gazetteer.SearchEntitiesRequest, context: grpc.ServicerContext
    ) -> gazetteer.SearchEntitiesResponse:
        """Find entities by the beginning of a name."""

        def respond() -> gazetteer.SearchEntitiesResponse:
            self._receive(Call("search", query=request.query))
            found = list(self._book.search(request.query, _ENTITY_TYPES.get(request.type)))
            shown = found[: request.page_size or DEFAULT_RESULTS]
            return gazetteer.SearchEntitiesResponse(
                results=map(_to_proto.search_result, shown), provenance=_PROVENANCE
            )

        return answer(context, respond)

    def _found(self, request: gazetteer.GetEntityRequest) -> list[Entity]:
        if not request.revision:
            return self._book.get([request.id])
        old = Book()
        old.turn_to(self._history.state(request.revision))
        return old.get([request.id])


def _check_count(items: Sequence[object], field: str, limit: int) -> None:
    if not 1 <= len(items) <= limit:
        raise InvalidRequest(
            f"{field}: must be 1 to {limit} items (got {len(items)})",
            reason=ErrorReason.TOO_MANY_ITEMS if items else ErrorReason.FIELD_REQUIRED,
            field=field,
            limit=str(limit),
            actual=str(len(items)),
        )


def _candidates(options: linking.LinkOptions) -> int:
    if options.max_candidates < 0:
        return 0
    return options.max_candidates or DEFAULT_CANDIDATES
