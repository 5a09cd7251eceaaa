from __future__ import annotations

import dataclasses
import json
import math
from typing import Any

import grpc
import pytest

import nisba
from nisba import (
    Document,
    EntityType,
    EntityView,
    ErrorReason,
    MentionSource,
    Outcome,
    Provenance,
)
from nisba.testing import FakeNisba


class TestLink:
    def test_an_english_text(self, client: Any) -> None:
        text = "Aruri met Hamdallah."
        document = client.link(text, id="a1")
        assert (document.id, document.language) == ("a1", "en")
        assert [(m.text, m.entity_id) for m in document.mentions] == [
            ("Aruri", "per:saleh-al-arouri"),
            ("Hamdallah", "per:rami-hamdallah"),
        ]
        assert [text[m.start : m.end] for m in document.mentions] == ["Aruri", "Hamdallah"]

    def test_an_arabic_text(self, client: Any) -> None:
        text = "التقى العاروري بالحمد الله."
        document = client.link(text)
        assert document.language == "ar"
        assert [text[m.start : m.end] for m in document.mentions] == ["العاروري", "الحمد الله"]
        assert document.entity_ids == {"per:saleh-al-arouri", "per:rami-hamdallah"}

    def test_a_particle_before_an_arabic_name_is_outside_the_span(self, client: Any) -> None:
        text = "وقال صالح العاروري لحماس"
        mentions = client.link(text).mentions
        assert [(m.prefix, m.text) for m in mentions] == [("", "صالح العاروري"), ("ل", "حماس")]

    def test_offsets_are_code_points(self, client: Any) -> None:
        [mention] = client.link("😀😀 Aruri").mentions
        assert (mention.start, mention.end) == (3, 8)

    def test_the_whole_mention_arrives(self, client: Any) -> None:
        [mention] = client.link("Aruri").mentions
        assert mention.type is EntityType.PERSON
        assert mention.outcome is Outcome.LINKED
        assert mention.source is MentionSource.DICTIONARY
        assert mention.confidence == 1.0
        assert mention.antecedent is None
        assert mention.candidates[0].name == "Saleh al-Arouri"

    def test_candidates_are_as_many_as_asked_for(self, client: Any, fake: FakeNisba) -> None:
        fake.add_name("Aruri", "per:rami-hamdallah")
        counts = [
            len(client.link("Aruri", max_candidates=most).mentions[0].candidates)
            for most in (None, 0, 1)
        ]
        assert counts == [2, 0, 1]

    def test_an_ambiguous_name_has_no_entity(self, client: Any, fake: FakeNisba) -> None:
        fake.add_name("العاروري", "per:rami-hamdallah")
        [mention] = client.link("العاروري").mentions
        assert (mention.outcome, mention.entity_id) == (Outcome.AMBIGUOUS, None)

    def test_a_document_carries_its_own_id_and_language(self, client: Any, fake: FakeNisba) -> None:
        document = Document("حماس", id="a2", language="ar")
        assert client.link(document).id == "a2"
        assert fake.calls[0].documents == (document,)

    def test_a_date_goes_with_the_text(self, client: Any, fake: FakeNisba) -> None:
        client.link("حماس", date="2011-02-11")
        assert fake.calls[0].documents == (Document("حماس", date="2011-02-11"),)
        with pytest.raises(nisba.InvalidRequest, match=r"document\.date: must be a day"):
            client.link("Hamas", date="2011-02-30")

    def test_a_document_beside_an_id_contradicts_itself(self, client: Any) -> None:
        with pytest.raises(TypeError, match="its own id"):
            client.link(Document("Hamas"), id="other")

    def test_something_else_than_a_text_is_a_type_error(self, client: Any) -> None:
        with pytest.raises(TypeError, match="not bytes"):
            client.link(b"Hamas")

    def test_the_answer_says_what_made_it(self, client: Any) -> None:
        assert client.link("Hamas").provenance == Provenance("fake", "fake", "fake")

    def test_answers_become_json(self, client: Any) -> None:
        document = client.link("حماس")
        shown = json.dumps(dataclasses.asdict(document), ensure_ascii=False)
        assert '"text": "حماس"' in shown
        assert '"outcome": "LINKED"' in shown


class TestBadRequests:
    def test_an_empty_text(self, client: Any) -> None:
        with pytest.raises(nisba.InvalidRequest) as caught:
            client.link("")
        assert caught.value.reason == ErrorReason.FIELD_REQUIRED
        assert caught.value.field == "document.text"

    @pytest.mark.parametrize("letter", ["a", "ع"])
    def test_a_text_that_is_too_long(self, client: Any, letter: str) -> None:
        with pytest.raises(nisba.InvalidRequest) as caught:
            client.link(letter * 100_001)
        assert caught.value.reason == "TEXT_TOO_LONG"
        assert (caught.value.limit, caught.value.actual) == ("100000", "100001")

    def test_the_error_comes_from_the_call(self, client: Any) -> None:
        with pytest.raises(nisba.InvalidRequest) as caught:
            client.link("")
        assert isinstance(caught.value.__cause__, grpc.RpcError)

    def test_a_message_beyond_the_services_limit_is_not_sent(
        self, client: Any, fake: FakeNisba
    ) -> None:
        with pytest.raises(nisba.InvalidRequest) as caught:
            client.link("ع" * (4 * 1024 * 1024))
        assert caught.value.reason == ErrorReason.MESSAGE_TOO_LARGE
        assert caught.value.limit == str(8 * 1024 * 1024)
        assert fake.calls == ()

    def test_a_lone_surrogate_cannot_be_sent_and_is_not_shown(self, client: Any) -> None:
        with pytest.raises(nisba.InvalidRequest) as caught:
            client.link("سر \ud83d")
        assert caught.value.reason == ErrorReason.MALFORMED_REQUEST
        assert caught.value.field == "document"
        assert "سر" not in str(caught.value)

    @pytest.mark.parametrize("most", [-1, 2**31])
    def test_candidates_out_of_range(self, client: Any, most: int) -> None:
        with pytest.raises(nisba.InvalidRequest) as caught:
            client.link("Hamas", max_candidates=most)
        assert caught.value.field == "options.max_candidates"

    @pytest.mark.parametrize("seconds", [0, -1, math.inf, math.nan])
    def test_no_call_is_without_a_limit(self, client: Any, seconds: float) -> None:
        with pytest.raises(ValueError, match="timeout"):
            client.link("Hamas", timeout=seconds)
        with pytest.raises(ValueError, match="timeout"):
            client.stream(["Hamas"], timeout=seconds)


class TestLinkBatch:
    def test_one_bad_document_does_not_fail_the_others(self, client: Any) -> None:
        outcomes = client.link_batch(["Hamas", "", "bad \ud83d", Document("حماس", id="d4")])
        assert outcomes[0].entity_ids == {"org:hamas"}
        assert outcomes[1].reason == ErrorReason.FIELD_REQUIRED
        assert outcomes[2].reason == ErrorReason.MALFORMED_REQUEST
        assert (outcomes[3].id, outcomes[3].entity_ids) == ("d4", {"org:hamas"})

    def test_nothing_is_sent_if_nothing_can_be(self, client: Any, fake: FakeNisba) -> None:
        [outcome] = client.link_batch(["\ud83d"])
        assert isinstance(outcome, nisba.InvalidRequest)
        assert fake.calls == ()

    def test_too_many_documents_fail_the_call(self, client: Any) -> None:
        with pytest.raises(nisba.InvalidRequest) as caught:
            client.link_batch(["Hamas"] * 65)
        assert caught.value.reason == ErrorReason.TOO_MANY_ITEMS

    def test_no_document_fails_the_call(self, client: Any) -> None:
        with pytest.raises(nisba.InvalidRequest) as caught:
            client.link_batch([])
        assert caught.value.field == "documents"


class TestResolve:
    def test_names_in_both_scripts_in_order(self, client: Any) -> None:
        resolved = client.resolve(["العاروري", "nobody", "Hamas"])
        assert [(r.name, r.outcome, r.entity_id) for r in resolved] == [
            ("العاروري", Outcome.LINKED, "per:saleh-al-arouri"),
            ("nobody", Outcome.NIL, None),
            ("Hamas", Outcome.LINKED, "org:hamas"),
        ]

    def test_only_a_type(self, client: Any) -> None:
        [resolved] = client.resolve(["حماس"], type=EntityType.PERSON)
        assert resolved.outcome is Outcome.NIL

    def test_unknown_is_no_type_to_ask_for(self, client: Any) -> None:
        with pytest.raises(nisba.InvalidRequest, match="type"):
            client.resolve(["Hamas"], type=EntityType.UNKNOWN)

    def test_one_string_is_not_several_names(self, client: Any) -> None:
        with pytest.raises(TypeError, match="not one string"):
            client.resolve("Hamas")


class TestGazetteer:
    def test_an_entity_in_full(self, client: Any) -> None:
        entity = client.get_entity("per:saleh-al-arouri")
        assert entity.primary_name("ar") == "صالح العاروري"
        assert entity.other_ids == {"viaf": "1"}
        assert [r.target_id for r in entity.relations] == ["org:hamas"]
        assert entity.provenance.gazetteer_version == "fake"

    def test_an_entity_in_brief(self, client: Any) -> None:
        entity = client.get_entity("per:saleh-al-arouri", view=EntityView.BASIC)
        assert [n.name for n in entity.names] == ["Saleh al-Arouri", "صالح العاروري"]
        assert entity.relations == ()

    def test_an_entity_that_is_not_there(self, client: Any) -> None:
        with pytest.raises(nisba.NotFound) as caught:
            client.get_entity("per:nobody")
        assert caught.value.entity_ids == ("per:nobody",)

    def test_several_entities_in_the_order_asked_for(self, client: Any) -> None:
        found = client.get_entities(["per:rami-hamdallah", "org:hamas"])
        assert [e.id for e in found] == ["per:rami-hamdallah", "org:hamas"]

    def test_several_entities_are_all_or_none(self, client: Any) -> None:
        with pytest.raises(nisba.NotFound) as caught:
            client.get_entities(["org:hamas", "org:x", "org:y"])
        assert caught.value.entity_ids == ("org:x", "org:y")

    def test_a_list_goes_over_all_its_pages_only_as_it_is_read(
        self, client: Any, fake: FakeNisba
    ) -> None:
        listed = client.list_entities(page_size=2)
        assert fake.calls == ()
        assert next(listed).id == "org:hamas"
        assert len(fake.calls) == 1
        assert [e.id for e in listed] == ["per:rami-hamdallah", "per:saleh-al-arouri"]
        assert len(fake.calls) == 2

    def test_a_list_of_one_type(self, client: Any) -> None:
        assert [e.id for e in client.list_entities(type=EntityType.ORGANIZATION)] == ["org:hamas"]
        assert list(client.list_entities(type=EntityType.LOCATION)) == []

    @pytest.mark.parametrize("query", ["Saleh", "صالح"])
    def test_a_search_in_either_script(self, client: Any, query: str) -> None:
        [found] = client.search(query)
        assert found.entity.id == "per:saleh-al-arouri"
        assert found.matched_name.startswith(query)

    def test_a_search_for_few(self, client: Any) -> None:
        assert len(client.search("ha")) == 2
        assert len(client.search("ha", max_results=1)) == 1

    def test_what_is_served(self, client: Any) -> None:
        served = client.gazetteer()
        assert (served.version, served.entity_count, served.name_count) == ("fake", 3, 10)
        assert served.type_counts == {EntityType.PERSON: 2, EntityType.ORGANIZATION: 1}


class TestLifecycle:
    @pytest.mark.parametrize(
        "use",
        [
            lambda client: client.link("Hamas"),
            lambda client: client.link_batch(["Hamas"]),
            lambda client: client.link_many(["Hamas"]),
            lambda client: client.stream(["Hamas"]),
            lambda client: client.resolve(["حماس"]),
            lambda client: client.list_entities(),
            lambda client: client.gazetteer(),
        ],
    )
    def test_a_closed_client_says_so(self, client: Any, use: Any) -> None:
        client.close()
        assert client.closed
        with pytest.raises(nisba.ClientClosed, match="make a new one"):
            use(client)

    def test_closing_twice_is_harmless(self, client: Any) -> None:
        client.link("Hamas")
        client.close()
        client.close()
        assert client.closed

    def test_with_closes(self, fake: FakeNisba) -> None:
        with nisba.Client(fake.target) as client:
            client.link("Hamas")
        assert client.closed
        with pytest.raises(nisba.ClientClosed), client:
            pass

    async def test_async_with_closes(self, fake: FakeNisba) -> None:
        async with nisba.AsyncClient(fake.target) as client:
            await client.link("حماس")
        assert client.closed
        with pytest.raises(nisba.ClientClosed):
            async with client:
                pass

    def test_an_async_client_may_be_made_outside_of_a_loop(self, fake: FakeNisba) -> None:
        client = nisba.AsyncClient(fake.target)
        assert repr(client) == f"<AsyncClient of {fake.target}, open>"
