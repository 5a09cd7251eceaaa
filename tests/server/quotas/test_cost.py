"""A message costs the code points that it sends: an Arabic letter one, as a Latin one does."""

from __future__ import annotations

import pytest

from nisba.v1 import entity_pb2
from nisba.v1 import gazetteer_service_pb2 as gazetteer_pb
from nisba.v1 import linking_service_pb2 as pb
from nisba_service.server.quotas.cost import cost

OF_FIELDS = 0.02
"""What tags and lengths may add to a text of some length."""


@pytest.mark.parametrize("text", ["Hamas met in Gaza. " * 100, "التقى قادة حماس في غزة. " * 100])
def test_a_text_costs_its_letters_and_two_hundred(text: str) -> None:
    request = pb.LinkTextRequest(document=pb.Document(text=text))
    assert len(text) + 200 <= cost(request) <= (len(text) + 200) * (1 + OF_FIELDS)


def test_each_document_of_a_batch_costs_two_hundred_more() -> None:
    one = pb.BatchLinkTextsRequest(documents=[pb.Document(text="غزة")])
    many = pb.BatchLinkTextsRequest(documents=[pb.Document(text="غزة")] * 50)
    assert 50 * 200 < cost(many) < 50 * 220
    assert cost(one) < 220


def test_a_message_without_a_document_costs_two_hundred_and_its_names() -> None:
    assert cost(gazetteer_pb.GetGazetteerRequest()) == 200
    names = pb.ResolveNamesRequest(names=[pb.NameQuery(name="صالح العاروري")] * 100)
    assert 200 + 1_300 < cost(names) < 200 + 1_300 + 500


def test_the_entities_of_an_import_cost_what_is_written_of_them() -> None:
    name = entity_pb2.Name(name="صالح العاروري", language="ar")
    entity = entity_pb2.Entity(id="per:a", names=[name], notes="راجع" * 100)
    batch = gazetteer_pb.EntityBatch(entities=[entity] * 10)
    assert 4_000 < cost(gazetteer_pb.ImportEntitiesRequest(batch=batch)) < 4_800
