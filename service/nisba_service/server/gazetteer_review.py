"""GazetteerService, reviewing: what an edit would do, and what names the gazetteer lacks."""
# ruff: noqa: N802 - the contract names the methods

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import grpc

from nisba.v1 import gazetteer_service_pb2 as pb
from nisba_service.errors import EditError, TooManyItems
from nisba_service.gazetteer.changes import GazetteerChanges
from nisba_service.gazetteer.store.model import Change, Note
from nisba_service.gazetteer.store.serving import changes_of
from nisba_service.gazetteer.store.store import Store
from nisba_service.server import (
    calls,
    convert,
    convert_requests,
    convert_review,
    convert_revisions,
    edits,
    limits,
    page_token,
    validate,
)
from nisba_service.server.engine import Engine
from nisba_service.server.house import House
from nisba_service.server.interceptors import status_of
from nisba_service.server.preview import DocumentPreview, preview
from nisba_service.server.reading import Task, Text
from nisba_service.server.work import Lookup
from nisba_service.tagging.model import Document

Context = grpc.aio.ServicerContext[Any, Any]


class GazetteerReview:
    """The calls that help a curator decide."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def PreviewChange(
        self, request: pb.PreviewChangeRequest, context: Context
    ) -> pb.PreviewChangeResponse:
        """Say what would be linked differently after an edit."""
        max_candidates = convert_requests.read_max_candidates(request.options)
        documents = _documents(request)
        validate.items(request.edits, "edits", limits.EDITS)
        note = Note(calls.current().principal.name)
        checked = await self._house.store.write(lambda store: _check(store, request.edits, note))
        engine = self._house.live.current
        texts = [Text(engine.reader, document, Task.TAG) for document in documents]
        tagged = await self._house.documents.submit(texts, context.time_remaining())

        def compare() -> list[DocumentPreview | Exception]:
            return preview((engine, engine.updated(checked.of_gazetteer)), documents, tagged)

        [outcomes] = await self._house.lookups.submit(
            [Lookup(compare, names=len(documents))], context.time_remaining()
        )
        if isinstance(outcomes, Exception):
            raise outcomes
        return await asyncio.to_thread(_response, engine, checked, outcomes, max_candidates)

    async def ListNewNames(
        self, request: pb.ListNewNamesRequest, context: Context
    ) -> pb.ListNewNamesResponse:
        """Return a page of the new names, most often met first."""
        size = validate.page_size(request.page_size, "page_size", limits.NEW_NAME_PAGE)
        type = convert_requests.read_type(request.type, "type")
        # Counts change all the time, so a later page begins after the rank of the last name.
        listing = page_token.Listing("new-names", str(request.type), "")
        after = page_token.decode(request.page_token, listing)
        page = self._house.new_names.page(type, convert_review.read_rank(after), size + 1)
        shown, more = page[:size], len(page) > size
        token = convert_review.rank(shown[-1]) if more else ""
        return pb.ListNewNamesResponse(
            new_names=map(convert_review.new_name, shown),
            next_page_token=page_token.encode(listing, token) if more else "",
        )


def _documents(request: pb.PreviewChangeRequest) -> list[Document]:
    messages = validate.items(request.documents, "documents", limits.BATCH_DOCUMENTS)
    validate.total_text((message.text for message in messages), "documents")
    documents = [
        convert_requests.read_document(m, f"documents[{i}]") for i, m in enumerate(messages)
    ]
    facts = calls.current().facts
    facts.documents += len(documents)
    facts.code_points += sum(len(document.text) for document in documents)
    return documents


@dataclass(frozen=True, slots=True)
class _Checked:
    """What edits would change: the records, and the gazetteer that is made of them."""

    changes: tuple[Change, ...]
    of_gazetteer: GazetteerChanges


def _check(store: Store, messages: Sequence[pb.Edit], note: Note) -> _Checked:
    """Return what the edits would do. Raises EditInvalid, TooManyItems."""
    fields = [f"edits[{i}]" for i in range(len(messages))]
    made = [edits.read_edit(store, m, field) for m, field in zip(messages, fields, strict=True)]
    most = limits.PREVIEWED_CHANGES
    checked = store.check(made, note, limit=most + 1)
    if checked.revision is None:
        raise edits.invalid(EditError(checked.problems), fields)
    if len(checked.changes) > most:
        raise TooManyItems("edits", f"must change at most {most} entities", limit=str(most))
    return _Checked(checked.changes, changes_of(checked.changes, checked.revision))


def _response(
    engine: Engine,
    checked: _Checked,
    outcomes: Sequence[DocumentPreview | Exception],
    max_candidates: int,
) -> pb.PreviewChangeResponse:
    return pb.PreviewChangeResponse(
        documents=[
            pb.DocumentPreview(error=status_of(outcome))
            if isinstance(outcome, Exception)
            else convert_review.document_preview(outcome, max_candidates)
            for outcome in outcomes
        ],
        changes=convert_revisions.changes(checked.changes),
        provenance=convert.provenance(engine.linker.provenance),
    )
