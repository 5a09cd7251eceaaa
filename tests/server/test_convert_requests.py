"""What callers send is read as it was sent, or refused under its field."""

from __future__ import annotations

from datetime import date

import pytest

from nisba.v1 import entity_pb2, linking_service_pb2
from nisba_service.errors import FieldInvalid
from nisba_service.names.types import EntityType, Language
from nisba_service.server import convert_requests
from nisba_service.tagging.model import Document


def test_a_document_is_read_with_its_language_and_date() -> None:
    message = linking_service_pb2.Document(text="حماس", id="1", language="ar")
    assert convert_requests.read_document(message, "document") == Document("حماس", "1", Language.AR)
    message.date = "2011-02-11"
    assert convert_requests.read_document(message, "document").date == date(2011, 2, 11)


def test_a_name_is_asked_for_with_its_type_or_any() -> None:
    message = linking_service_pb2.NameQuery(name="غزة")
    asked = convert_requests.read_name_query(message, "names[3]")
    assert (asked.name, asked.type) == ("غزة", None)
    message.type = entity_pb2.ENTITY_TYPE_LOCATION
    assert convert_requests.read_name_query(message, "names[3]").type is EntityType.LOCATION


def test_a_number_that_is_no_type_is_refused_under_its_field() -> None:
    message = linking_service_pb2.NameQuery(name="Gaza")
    message.type = 99  # type: ignore[assignment]  # open enums: a newer client's type may come
    with pytest.raises(FieldInvalid) as refused:
        convert_requests.read_name_query(message, "names[3]")
    assert refused.value.field == "names[3].type"


@pytest.mark.parametrize("view", list(convert_requests.View))
def test_the_view_is_the_default_where_none_is_asked_for(view: convert_requests.View) -> None:
    assert convert_requests.read_view(0, default=view) is view
    number = entity_pb2.EntityView.Value(f"ENTITY_VIEW_{view.name}")
    assert convert_requests.read_view(number, default=convert_requests.View.BASIC) is view
