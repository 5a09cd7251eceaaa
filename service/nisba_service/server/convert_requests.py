"""What callers send, read from the contract's messages into the domain's types.

Requests are read through validate.py, so that what comes out is sound.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nisba.v1 import entity_pb2 as entity_pb
from nisba.v1 import linking_service_pb2 as linking_pb
from nisba_service.errors import FieldInvalid, FieldRequired
from nisba_service.names.types import EntityType
from nisba_service.server import limits, validate
from nisba_service.tagging.model import Document

_TYPES = {entity_pb.EntityType.Value(f"ENTITY_TYPE_{t.name}"): t for t in EntityType}


def read_request_document(
    request: linking_pb.LinkTextRequest
    | linking_pb.StreamLinkTextsRequest
    | linking_pb.StreamTagTextsRequest,
) -> Document:
    """Return the one document of a request."""
    if not request.HasField("document"):
        raise FieldRequired("document", "must be set")
    return read_document(request.document, "document")


def read_document(message: linking_pb.Document, field: str) -> Document:
    """Return the document that stands at `field` of its request."""
    return Document(
        text=validate.text(message.text, f"{field}.text"),
        id=validate.optional_text(message.id, f"{field}.id", limits.CALLER_ID),
        language=validate.language(message.language, f"{field}.language"),
        date=validate.date(message.date, f"{field}.date"),
    )


@dataclass(frozen=True, slots=True)
class NameQuery:
    """A name that stands alone, and the type it is asked for; None: any."""

    name: str
    type: EntityType | None


def read_name_query(message: linking_pb.NameQuery, field: str) -> NameQuery:
    """Return the query that stands at `field` of its request."""
    return NameQuery(
        name=validate.text(message.name, f"{field}.name", limits.NAME),
        type=read_type(message.type, f"{field}.type"),
    )


def read_max_candidates(options: linking_pb.LinkOptions) -> int:
    """Return how many candidates the answers should hold."""
    return validate.max_candidates(options.max_candidates, "options.max_candidates")


def read_type(number: int, field: str) -> EntityType | None:
    """Return the type asked for; None for any."""
    if number == entity_pb.ENTITY_TYPE_UNSPECIFIED:
        return None
    if number not in _TYPES:
        raise FieldInvalid(field, "must be a value of EntityType", actual=str(number))
    return _TYPES[number]


class View(StrEnum):
    """How much of an entity is asked for; its value stands in page tokens."""

    BASIC = "basic"
    FULL = "full"
    RECORD = "record"


_VIEWS = {entity_pb.EntityView.Value(f"ENTITY_VIEW_{view.name}"): view for view in View}


def read_view(number: int, *, default: View) -> View:
    """Return how much of an entity is asked for; `default` where the request does not say."""
    if number == entity_pb.ENTITY_VIEW_UNSPECIFIED:
        return default
    if number not in _VIEWS:
        raise FieldInvalid("view", "must be a value of EntityView", actual=str(number))
    return _VIEWS[number]
