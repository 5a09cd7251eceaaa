from __future__ import annotations

import pytest

import nisba
from nisba import (
    Candidate,
    Entity,
    EntityType,
    Feature,
    Gazetteer,
    LinkedDocument,
    Mention,
    MentionSource,
    Name,
    NameKind,
    Outcome,
    Provenance,
    Relation,
    ResolvedName,
    SearchResult,
    TaggedDocument,
    TaggedSpan,
    _results,
    _to_proto,
)
from nisba.v1 import entity_pb2, gazetteer_service_pb2, linking_service_pb2

PROVENANCE = Provenance("g1", "m1", "p1")
CANDIDATES = (
    Candidate(
        "per:rami-hamdallah",
        "رامي الحمد الله",
        EntityType.PERSON,
        0.75,
        "Hamdallah",
        (Feature("skeleton", 1.0, 2.2), Feature("type", 0.5, -1.0)),
    ),
    Candidate("org:hamas", "Hamas", EntityType.ORGANIZATION, 0.25),
)
LONG = Mention(
    start=4,
    end=17,
    text="Rami Hamdallah",
    name="Rami Hamdallah",
    type=EntityType.PERSON,
    outcome=Outcome.LINKED,
    entity_id="per:rami-hamdallah",
    confidence=0.9,
    source=MentionSource.BOTH,
    candidates=CANDIDATES,
)
SHORT = Mention(
    start=20,
    end=29,
    text="لحمد الله",
    name="الحمد الله",
    type=EntityType.PERSON,
    outcome=Outcome.AMBIGUOUS,
    confidence=0.4,
    prefix="ول",
    source=MentionSource.DICTIONARY,
    antecedent=0,
)
ENTITY = Entity(
    id="per:rami-hamdallah",
    type=EntityType.PERSON,
    names=(
        Name("Rami Hamdallah", "en", NameKind.PRIMARY),
        Name("أبو الوليد", "ar", NameKind.KUNYA),
        Name("RH", "en", NameKind.ACRONYM),
        Name("الحمد الله", "ar", NameKind.SHORT),
        Name("Rami Hamdalla", "en", NameKind.FORMER),
    ),
    description="Prime minister",
    wikidata_id="Q1",
    other_ids={"geonames": "281184"},
    relations=(Relation("member_of", "org:fatah"),),
    provenance=PROVENANCE,
)


def test_a_document_comes_back_whole() -> None:
    document = LinkedDocument("d1", "mul", (LONG, SHORT), PROVENANCE)
    response = linking_service_pb2.LinkTextResponse(
        document=_to_proto.linked_document(document), provenance=_to_proto.provenance(PROVENANCE)
    )
    assert _results.linked_document(response) == document


def test_a_tagged_document_comes_back_whole() -> None:
    spans = (TaggedSpan(0, 6, EntityType.PERSON), TaggedSpan(9, 14, EntityType.MISC))
    document = TaggedDocument("مقال", "ar", spans, Provenance(model_version="m1"))
    response = linking_service_pb2.StreamTagTextsResponse(
        result=_to_proto.tag_result(document), provenance=_to_proto.provenance(document.provenance)
    )
    assert _results.stream_tags(response) == document


def test_an_outcome_of_tagging_of_neither_kind_is_the_services_fault() -> None:
    outcome = _results.stream_tags(linking_service_pb2.StreamTagTextsResponse())
    assert isinstance(outcome, nisba.InternalError)


def test_the_first_mention_as_antecedent_is_not_none() -> None:
    response = linking_service_pb2.LinkTextResponse(
        document=_to_proto.linked_document(LinkedDocument("", "en", (LONG, SHORT)))
    )
    antecedents = [m.antecedent for m in _results.linked_document(response).mentions]
    assert antecedents == [None, 0]


@pytest.mark.parametrize("view", ["get", "list"])
def test_an_entity_comes_back_whole(view: str) -> None:
    sent = _to_proto.entity(ENTITY)
    provenance = _to_proto.provenance(PROVENANCE)
    if view == "get":
        response = gazetteer_service_pb2.GetEntityResponse(entity=sent, provenance=provenance)
        found = _results.entity(response)
    else:
        page = gazetteer_service_pb2.ListEntitiesResponse(entities=[sent], provenance=provenance)
        [found] = _results.entities(page)
    assert found == ENTITY
    assert found.provenance == PROVENANCE


def test_a_resolved_name_comes_back_whole() -> None:
    resolved = ResolvedName("Hamdallah", Outcome.NIL, None, 0.2, CANDIDATES, PROVENANCE)
    response = linking_service_pb2.ResolveNamesResponse(
        results=[_to_proto.resolved_name(resolved)], provenance=_to_proto.provenance(PROVENANCE)
    )
    assert _results.resolved_names(response) == (resolved,)


def test_a_search_comes_back_whole() -> None:
    found = SearchResult(ENTITY, 0.5, "الحمد الله")
    response = gazetteer_service_pb2.SearchEntitiesResponse(
        results=[_to_proto.search_result(found)]
    )
    assert _results.search_results(response) == (found,)


def test_a_gazetteer_comes_back_whole() -> None:
    served = Gazetteer("g1", 3, 10, {EntityType.PERSON: 2, EntityType.LOCATION: 1})
    response = gazetteer_service_pb2.GetGazetteerResponse(gazetteer=_to_proto.gazetteer(served))
    assert _results.gazetteer(response) == served


def test_words_of_a_newer_service_are_unknown_not_fatal() -> None:
    mention = linking_service_pb2.Mention(type=99, source=99, outcome=99)  # type: ignore[arg-type]  # newer
    document = linking_service_pb2.LinkedDocument(mentions=[mention])
    response = linking_service_pb2.LinkTextResponse(document=document)
    [read] = _results.linked_document(response).mentions
    assert (read.type, read.source, read.outcome) == (
        EntityType.UNKNOWN,
        MentionSource.UNKNOWN,
        Outcome.UNKNOWN,
    )


def test_a_name_of_no_stated_kind_is_a_variant() -> None:
    entity = entity_pb2.Entity(names=[entity_pb2.Name(name="حماس", language="ar")])
    [name] = _results.entity(gazetteer_service_pb2.GetEntityResponse(entity=entity)).names
    assert name.kind is NameKind.VARIANT


def test_an_outcome_of_neither_kind_is_the_services_fault() -> None:
    response = linking_service_pb2.BatchLinkTextsResponse(
        results=[linking_service_pb2.LinkResult()]
    )
    [outcome] = _results.batch_outcomes(response)
    assert isinstance(outcome, nisba.InternalError)


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "Rami Hamdallah"), ("ar", "Rami Hamdallah")]
)
def test_the_primary_name_falls_back_to_the_other_language(language: str, shown: str) -> None:
    assert ENTITY.primary_name(language) == shown


def test_an_entity_without_names_shows_its_id() -> None:
    assert Entity("per:x", EntityType.PERSON, ()).primary_name("ar") == "per:x"


def test_entities_are_equal_whichever_gazetteer_they_were_read_from() -> None:
    assert Entity("a", EntityType.PERSON, ()) == Entity(
        "a", EntityType.PERSON, (), provenance=PROVENANCE
    )
    assert hash(ENTITY) == hash(ENTITY)
