"""From what the caller passes to the messages that are sent: pure, and the only module that does.

What cannot be sent at all is refused here as `InvalidRequest`. Every other rule is the service's,
which alone knows its limits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from google.protobuf.message import Message

from nisba._enum_tables import ENTITY_TYPES, ENTITY_VIEWS, Member
from nisba._enums import EntityType, EntityView
from nisba._errors import ErrorReason, InternalError, InvalidRequest, NisbaError
from nisba._model import Document, LinkedDocument
from nisba.v1 import entity_pb2, gazetteer_service_pb2, linking_service_pb2

Number = TypeVar("Number", bound=int)
Paged = TypeVar(
    "Paged",
    gazetteer_service_pb2.ListEntitiesRequest,
    gazetteer_service_pb2.ListRevisionsRequest,
    gazetteer_service_pb2.ListNewNamesRequest,
)

MAX_SEND_BYTES = 8 * 1024 * 1024
"""The receive limit of the service, and so the most that a message to it may have."""


Page = TypeVar(
    "Page",
    gazetteer_service_pb2.ListEntitiesResponse,
    gazetteer_service_pb2.ListRevisionsResponse,
    gazetteer_service_pb2.ListNewNamesResponse,
)


@dataclass(frozen=True, slots=True)
class Batch:
    """A request for the documents that can be sent, and the refusals of the others by position."""

    request: linking_service_pb2.BatchLinkTextsRequest
    refused: Mapping[int, InvalidRequest]

    @property
    def nothing_to_send(self) -> bool:
        """Whether all documents were refused. No document at all is the service's to judge."""
        return bool(self.refused) and not self.request.documents

    def merge(
        self, outcomes: Sequence[LinkedDocument | NisbaError]
    ) -> tuple[LinkedDocument | NisbaError, ...]:
        """Return the outcomes of the documents sent, with the refusals in their places.

        Raises:
            InternalError: the service did not answer once for each document.
        """
        if len(outcomes) != len(self.request.documents):
            raise InternalError(
                f"{len(self.request.documents)} documents were sent, {len(outcomes)} answered"
            )
        answered = iter(outcomes)
        places = range(len(outcomes) + len(self.refused))
        return tuple(self.refused.get(place) or next(answered) for place in places)


def as_document(
    text: str | Document, *, id: str = "", language: str = "", date: str = ""
) -> Document:
    """Return the document meant: a text with its ID, language and date, or a whole `Document`."""
    if isinstance(text, str):
        return Document(text, id=id, language=language, date=date)
    if not isinstance(text, Document):
        raise TypeError(f"expected a str or a nisba.Document, not {type(text).__name__}")
    if id or language or date:
        raise TypeError("a Document has its own id, language and date: do not pass them beside it")
    return text


def link_text(
    document: Document, max_candidates: int | None
) -> linking_service_pb2.LinkTextRequest:
    """Build the request of LinkText."""
    return linking_service_pb2.LinkTextRequest(
        document=document_message(document, "document"), options=link_options(max_candidates)
    )


def batch_link_texts(documents: Iterable[str | Document], max_candidates: int | None) -> Batch:
    """Build the request of BatchLinkTexts; one bad document does not fail the others."""
    request = linking_service_pb2.BatchLinkTextsRequest(options=link_options(max_candidates))
    refused = {}
    for position, document in enumerate(map(as_document, documents)):
        try:
            request.documents.append(document_message(document, f"documents[{position}]"))
        except InvalidRequest as error:
            refused[position] = error
    return Batch(request, refused)


def stream_link_texts(
    key: str, document: Document, max_candidates: int | None
) -> linking_service_pb2.StreamLinkTextsRequest:
    """Build one request of StreamLinkTexts."""
    return linking_service_pb2.StreamLinkTextsRequest(
        key=key,
        document=document_message(document, "document"),
        options=link_options(max_candidates),
    )


def stream_tag_texts(key: str, document: Document) -> linking_service_pb2.StreamTagTextsRequest:
    """Build one request of StreamTagTexts."""
    return linking_service_pb2.StreamTagTextsRequest(
        key=key, document=document_message(document, "document")
    )


def resolve_names(
    names: Iterable[str], entity_type: EntityType | None, max_candidates: int | None
) -> linking_service_pb2.ResolveNamesRequest:
    """Build the request of ResolveNames; the type is that of all the names."""
    with sendable("names"):
        queries = [
            linking_service_pb2.NameQuery(name=name, type=type_number(entity_type))
            for name in several(names, "names")
        ]
    return linking_service_pb2.ResolveNamesRequest(
        names=queries, options=link_options(max_candidates)
    )


def get_gazetteer() -> gazetteer_service_pb2.GetGazetteerRequest:
    """Build the request of GetGazetteer."""
    return gazetteer_service_pb2.GetGazetteerRequest()


def get_entity(
    entity_id: str, view: EntityView | None, revision: int | None
) -> gazetteer_service_pb2.GetEntityRequest:
    """Build the request of GetEntity."""
    with sendable("id"):
        return gazetteer_service_pb2.GetEntityRequest(
            id=entity_id, view=_view(view), revision=revision or 0
        )


def batch_get_entities(
    entity_ids: Iterable[str], view: EntityView | None
) -> gazetteer_service_pb2.BatchGetEntitiesRequest:
    """Build the request of BatchGetEntities."""
    ids = several(entity_ids, "entity_ids")
    with sendable("ids"):
        return gazetteer_service_pb2.BatchGetEntitiesRequest(ids=ids, view=_view(view))


def list_entities(
    entity_type: EntityType | None, view: EntityView | None, page_size: int | None
) -> gazetteer_service_pb2.ListEntitiesRequest:
    """Build the request of ListEntities for the first page."""
    with sendable("page_size"):
        return gazetteer_service_pb2.ListEntitiesRequest(
            page_size=page_size or 0, type=type_number(entity_type), view=_view(view)
        )


def next_page(request: Paged, page_token: str) -> Paged:
    """Build the request of the page after one that gave this token."""
    following = type(request)()
    following.CopyFrom(request)
    following.page_token = page_token
    return following


def search_entities(
    query: str,
    entity_type: EntityType | None,
    max_results: int | None,
    view: EntityView | None,
) -> gazetteer_service_pb2.SearchEntitiesRequest:
    """Build the request of SearchEntities."""
    with sendable("query"):
        return gazetteer_service_pb2.SearchEntitiesRequest(
            query=query,
            type=type_number(entity_type),
            page_size=max_results or 0,
            view=_view(view),
        )


def check_size(request: Message) -> None:
    """Refuse a message that the service's receive limit would refuse, before it is sent."""
    size = request.ByteSize()
    if size > MAX_SEND_BYTES:
        raise InvalidRequest(
            f"the request has {size} bytes, the service takes at most {MAX_SEND_BYTES}",
            reason=ErrorReason.MESSAGE_TOO_LARGE,
            limit=str(MAX_SEND_BYTES),
            actual=str(size),
        )


@contextmanager
def sendable(field: str) -> Iterator[None]:
    """Refuse what Protocol Buffers cannot carry: a lone surrogate, a number beyond 32 bits.

    And what has no number there: UNKNOWN, which occurs in answers only.
    """
    try:
        yield
    except KeyError as error:
        raise InvalidRequest(
            f"{field}: {error.args[0]} occurs in answers only",
            reason=ErrorReason.FIELD_INVALID,
            field=field,
        ) from None
    except UnicodeEncodeError:
        raise InvalidRequest(
            f"{field}: must be valid Unicode; it has a lone surrogate",
            reason=ErrorReason.MALFORMED_REQUEST,
            field=field,
        ) from None  # the cause would show the text
    except ValueError as error:
        raise InvalidRequest(
            f"{field}: {error}", reason=ErrorReason.FIELD_INVALID, field=field
        ) from error


def document_message(document: Document, field: str) -> linking_service_pb2.Document:
    """Build a document, which stands at `field` of its request."""
    with sendable(field):
        return linking_service_pb2.Document(
            id=document.id,
            text=document.text,
            language=document.language,
            date=document.date,
        )


def link_options(max_candidates: int | None) -> linking_service_pb2.LinkOptions:
    """Build the options: None is the service's default, on the wire 0; none at all is -1 there."""
    if max_candidates is None:
        return linking_service_pb2.LinkOptions()
    with sendable("options.max_candidates"):
        if max_candidates < 0:
            raise ValueError(f"must be 0 to 20, not {max_candidates}")
        return linking_service_pb2.LinkOptions(max_candidates=max_candidates or -1)


def several(values: Iterable[str], parameter: str) -> list[str]:
    """Return a list; a lone string is one of its letters to Python, and never what was meant."""
    if isinstance(values, str):
        raise TypeError(f"{parameter} must be several strings, for example a list, not one string")
    return list(values)


def type_number(entity_type: EntityType | None) -> entity_pb2.EntityType:
    """Return a type as it is sent; None is any."""
    if entity_type is None:
        return entity_pb2.ENTITY_TYPE_UNSPECIFIED
    return _member(ENTITY_TYPES, entity_type, "type")


def _view(view: EntityView | None) -> entity_pb2.EntityView:
    if view is None:
        return entity_pb2.ENTITY_VIEW_UNSPECIFIED
    return _member(ENTITY_VIEWS, view, "view")


def _member(table: Mapping[Member, Number], member: Member, field: str) -> Number:
    """Look a member up; UNKNOWN, which occurs in answers only, cannot be asked for."""
    if member not in table:
        raise InvalidRequest(
            f"{field}: must be one of {', '.join(table)}, not {member}",
            reason=ErrorReason.FIELD_INVALID,
            field=field,
        )
    return table[member]
