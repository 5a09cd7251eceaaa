"""LinkingService: each call validates, submits and converts; nothing else."""
# ruff: noqa: N802 - the contract names the methods

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, TypeVar

import grpc
from google.rpc.status_pb2 import Status

from nisba.v1 import linking_service_pb2 as pb
from nisba.v1.linking_service_pb2_grpc import LinkingServiceServicer
from nisba_service.errors import InvalidInput, ScriptUnsupported
from nisba_service.linking.model import Decision, LinkedDocument
from nisba_service.server import calls, convert, convert_requests, limits, validate
from nisba_service.server.errors import ServerError
from nisba_service.server.house import House
from nisba_service.server.interceptors import status_of
from nisba_service.server.reading import Reader, Task, Text
from nisba_service.server.stream import AnswerStream
from nisba_service.server.work import Lookup
from nisba_service.tagging.model import Document, TaggedDocument

T = TypeVar("T")

Context = grpc.aio.ServicerContext[Any, Any]


class LinkingService(LinkingServiceServicer):
    """Links texts and names, and tags texts. Long answers are made off the event loop, too.

    A call takes the engine that is live when it begins and stays with it. The documents of a stream
    are questions of their own: each takes the engine of its moment, and its answer says which.
    """

    def __init__(self, house: House, stream_in_flight: int) -> None:
        self._house = house
        self._stream_in_flight = stream_in_flight

    async def LinkText(self, request: pb.LinkTextRequest, context: Context) -> pb.LinkTextResponse:
        """Link one document."""
        max_candidates = convert_requests.read_max_candidates(request.options)
        document = _noted(convert_requests.read_request_document(request))
        text = Text(self._house.live.current.reader, document)
        [outcome] = await self._house.documents.submit([text], context.time_remaining())
        linked = _answer(_placed(outcome, "document"))
        self._note_links(linked)
        return await asyncio.to_thread(convert.link_text_response, linked, max_candidates)

    async def BatchLinkTexts(
        self, request: pb.BatchLinkTextsRequest, context: Context
    ) -> pb.BatchLinkTextsResponse:
        """Link several documents, each with its own outcome."""
        max_candidates = convert_requests.read_max_candidates(request.options)
        messages = validate.items(request.documents, "documents", limits.BATCH_DOCUMENTS)
        validate.total_text((message.text for message in messages), "documents")
        read = {f"documents[{i}]": message for i, message in enumerate(messages)}
        reader = self._house.live.current.reader
        outcomes = await self._link_items(reader, read, context)
        return await asyncio.to_thread(
            convert.batch_response, outcomes, max_candidates, reader.linker.provenance
        )

    async def StreamLinkTexts(  # type: ignore[override]  # a coroutine: see interceptors.wrap
        self, requests: AsyncIterator[pb.StreamLinkTextsRequest], context: Context
    ) -> None:
        """Link documents as they come."""

        async def answer(request: pb.StreamLinkTextsRequest) -> pb.StreamLinkTextsResponse:
            return await self._link_in_stream(request, context)

        stream = AnswerStream(answer, self._stream_in_flight, self._house.draining)
        await stream.run(requests, context.write)

    async def StreamTagTexts(  # type: ignore[override]  # a coroutine: see interceptors.wrap
        self, requests: AsyncIterator[pb.StreamTagTextsRequest], context: Context
    ) -> None:
        """Tag documents as they come."""

        async def answer(request: pb.StreamTagTextsRequest) -> pb.StreamTagTextsResponse:
            return await self._tag_in_stream(request, context)

        stream = AnswerStream(answer, self._stream_in_flight, self._house.draining)
        await stream.run(requests, context.write)

    async def ResolveNames(
        self, request: pb.ResolveNamesRequest, context: Context
    ) -> pb.ResolveNamesResponse:
        """Link names that stand alone."""
        max_candidates = convert_requests.read_max_candidates(request.options)
        messages = validate.items(request.names, "names", limits.NAMES)
        queries = [
            convert_requests.read_name_query(m, f"names[{i}]") for i, m in enumerate(messages)
        ]
        calls.current().facts.names += len(queries)
        linker = self._house.live.current.linker

        def resolve() -> list[tuple[str, Decision]]:
            return [(q.name, linker.resolve(q.name, q.type)) for q in queries]

        lookup = Lookup(resolve, names=len(queries))
        [outcome] = await self._house.lookups.submit([lookup], context.time_remaining())
        return await asyncio.to_thread(
            convert.resolve_names_response, _answer(outcome), max_candidates, linker.provenance
        )

    async def _link_items(
        self, reader: Reader, messages: dict[str, pb.Document], context: Context
    ) -> list[LinkedDocument | Status]:
        """Link the documents at their fields; an error is the outcome of its document alone."""
        read = {field: _read(message, field) for field, message in messages.items()}
        sound = [field for field, d in read.items() if isinstance(d, Document)]
        texts = [Text(reader, _noted(d)) for d in read.values() if isinstance(d, Document)]
        linked = await self._house.documents.submit(texts, context.time_remaining())
        by_field = dict(zip(sound, linked, strict=True))
        return [
            self._item(_placed(by_field[field], field) if isinstance(d, Document) else d)
            for field, d in read.items()
        ]

    async def _link_in_stream(
        self, request: pb.StreamLinkTextsRequest, context: Context
    ) -> pb.StreamLinkTextsResponse:
        reader = self._house.live.current.reader
        outcome: LinkedDocument | Exception
        max_candidates = 0
        try:
            max_candidates = convert_requests.read_max_candidates(request.options)
            outcome = await self._read_in_stream(request, reader, Task.LINK, context)
        except InvalidInput as error:
            outcome = error
        return await asyncio.to_thread(
            convert.stream_response,
            request.key,
            self._item(outcome),
            max_candidates,
            reader.linker.provenance,
        )

    async def _tag_in_stream(
        self, request: pb.StreamTagTextsRequest, context: Context
    ) -> pb.StreamTagTextsResponse:
        reader = self._house.live.current.reader
        outcome: TaggedDocument | Exception = await self._read_in_stream(
            request, reader, Task.TAG, context
        )
        if not isinstance(outcome, Exception):
            facts = calls.current().facts
            facts.spans += len(outcome.spans)
            facts.languages.add(outcome.language)
        return await asyncio.to_thread(
            convert.tag_response, request.key, _sent(outcome), reader.tagger.model_version
        )

    async def _read_in_stream(
        self,
        request: pb.StreamLinkTextsRequest | pb.StreamTagTextsRequest,
        reader: Reader,
        task: Task,
        context: Context,
    ) -> Any | Exception:
        """Return what a message of a stream is answered with, or why it is not."""
        try:
            validate.optional_text(request.key, "key", limits.CALLER_ID)
            document = _noted(convert_requests.read_request_document(request))
            text = Text(reader, document, task)
            outcome = await self._house.documents.submit_patiently(text, context.time_remaining())
        except (InvalidInput, ServerError) as error:
            return error
        return _placed(outcome, "document")

    def _item(self, outcome: LinkedDocument | Exception) -> LinkedDocument | Status:
        if not isinstance(outcome, Exception):
            self._note_links(outcome)
        return _sent(outcome)

    def _note_links(self, linked: LinkedDocument) -> None:
        facts = calls.current().facts
        facts.mentions += len(linked.links)
        facts.languages.add(linked.language)
        self._house.new_names.note(linked)


def _sent(outcome: T | Exception) -> T | Status:
    """Return the outcome of an item as it is sent: an error as its status."""
    if isinstance(outcome, Exception):
        calls.current().facts.item_errors += 1
        return status_of(outcome)
    return outcome


def _read(message: pb.Document, field: str) -> Document | InvalidInput:
    try:
        return convert_requests.read_document(message, field)
    except InvalidInput as error:
        return error


def _answer(outcome: T | Exception) -> T:
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def _placed(outcome: T | Exception, field: str) -> T | Exception:
    """Say where in the request the text stands whose script the linker does not read."""
    if isinstance(outcome, ScriptUnsupported):
        return ScriptUnsupported(
            f"{field}.text", outcome.rule, limit=outcome.limit, actual=outcome.actual
        )
    return outcome


def _noted(document: Document) -> Document:
    facts = calls.current().facts
    facts.documents += 1
    facts.code_points += len(document.text)
    return document
