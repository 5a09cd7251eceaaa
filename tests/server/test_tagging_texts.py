"""StreamTagTexts over a real socket: the tagger's spans alone, in both languages."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence

import grpc
import pytest

from nisba.v1 import linking_service_pb2 as pb
from nisba.v1.entity_pb2 import ENTITY_TYPE_LOCATION, ENTITY_TYPE_MISC, ENTITY_TYPE_PERSON
from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.model import TaggedSpan
from tests.support.engine import SPOILED
from tests.support.serving import Served, read_status, serving

ENGLISH = "Nada Ferhat met Hamas \U0001f600 in Gaza on Eid."
ARABIC = "\U0001f600 التقت ندى فرحات قادة حماس بغزة في العيد."
NAMES = {
    "Nada Ferhat": EntityType.PERSON,
    "Gaza": EntityType.LOCATION,
    "Eid": EntityType.MISC,
    "ندى فرحات": EntityType.PERSON,
    "بغزة": EntityType.LOCATION,
    "العيد": EntityType.MISC,
}
TEXTS = pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        (ENGLISH, "en", ["Nada Ferhat", "Gaza", "Eid"]),
        (ARABIC, "ar", ["ندى فرحات", "بغزة", "العيد"]),
    ],
)


def find(texts: Sequence[str], language: Language) -> list[list[TaggedSpan]]:
    pattern = re.compile("|".join(NAMES))
    return [
        [TaggedSpan(*found.span(), NAMES[found.group()]) for found in pattern.finditer(text)]
        for text in texts
    ]


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    async with serving() as running:
        running.tagger.find = find
        yield running


def request(text: str, key: str = "", **fields: str) -> pb.StreamTagTextsRequest:
    return pb.StreamTagTextsRequest(key=key, document=pb.Document(text=text, **fields))


async def tag(
    served: Served, *requests: pb.StreamTagTextsRequest
) -> list[pb.StreamTagTextsResponse]:
    return [answer async for answer in served.linking.StreamTagTexts(iter(requests))]


@TEXTS
async def test_spans_are_the_taggers_as_the_words_stand(
    served: Served, text: str, language: str, names: list[str]
) -> None:
    [answer] = await tag(served, request(text, id="مقال-1"))
    tagged = answer.result.document
    assert (tagged.id, tagged.language) == ("مقال-1", language)
    assert [text[span.start : span.end] for span in tagged.spans] == names
    types = [ENTITY_TYPE_PERSON, ENTITY_TYPE_LOCATION, ENTITY_TYPE_MISC]
    assert [span.type for span in tagged.spans] == types


async def test_a_text_in_both_languages_has_the_spans_of_both(served: Served) -> None:
    text = f"{ENGLISH}\n{ARABIC}"
    [answer] = await tag(served, request(text))
    tagged = answer.result.document
    assert tagged.language == "mul"
    assert [text[span.start : span.end] for span in tagged.spans] == list(NAMES)


@TEXTS
async def test_known_names_are_of_no_concern(
    served: Served, text: str, language: str, names: list[str]
) -> None:
    assert any(name in text and name not in names for name in ("Hamas", "حماس"))
    served.tagger.find = None
    [answer] = await tag(served, request(text))
    assert list(answer.result.document.spans) == []


async def test_the_answer_says_which_model_made_it_and_names_no_gazetteer(served: Served) -> None:
    for text in (ARABIC, ""):
        [answer] = await tag(served, request(text))
        made_by = answer.provenance
        assert made_by.model_version == "stand-in"
        assert (made_by.gazetteer_version, made_by.policy_version) == ("", "")


@pytest.mark.parametrize(
    ("request_", "reason", "field"),
    [
        (pb.StreamTagTextsRequest(), "FIELD_REQUIRED", "document"),
        (request(""), "FIELD_REQUIRED", "document.text"),
        (request("ع" * 100_001), "TEXT_TOO_LONG", "document.text"),
        (request(ARABIC, id="ع" * 129), "TEXT_TOO_LONG", "document.id"),
        (request(ARABIC, key="م" * 129), "TEXT_TOO_LONG", "key"),
        (request(ENGLISH, language="zh"), "LANGUAGE_UNSUPPORTED", "document.language"),
        (request(ENGLISH, date="2023-02-29"), "FIELD_INVALID", "document.date"),
        (request("哈马斯领导人在加沙会见了记者"), "SCRIPT_UNSUPPORTED", "document.text"),
    ],
)
async def test_a_broken_rule_is_the_outcome_of_its_document_alone(
    served: Served, request_: pb.StreamTagTextsRequest, reason: str, field: str
) -> None:
    broken, sound = sorted(
        await tag(served, request_, request(ARABIC, key="سليم")),
        key=lambda answer: answer.key == "سليم",
    )
    error = read_status(broken.result.error)
    assert error.code is grpc.StatusCode.INVALID_ARGUMENT
    assert (error.reason, error.metadata["field"]) == (reason, field)
    assert broken.key == request_.key
    assert len(sound.result.document.spans) == 3


async def test_every_message_is_answered_under_its_key(served: Served) -> None:
    texts = [ENGLISH, "", ARABIC, SPOILED] * 10
    requests = [request(text, key=f"مفتاح {i}") for i, text in enumerate(texts)]
    answers = {answer.key: answer.result for answer in await tag(served, *requests)}
    assert len(answers) == 40
    for i in range(0, 40, 4):
        assert len(answers[f"مفتاح {i}"].document.spans) == 3
        assert read_status(answers[f"مفتاح {i + 1}"].error).reason == "FIELD_REQUIRED"
        assert len(answers[f"مفتاح {i + 2}"].document.spans) == 3
        assert read_status(answers[f"مفتاح {i + 3}"].error).reason == "INTERNAL"


async def test_texts_to_tag_and_texts_to_link_wait_in_one_queue(served: Served) -> None:
    served.tagger.gate.clear()
    to_tag = [request(text, key=text) for text in (ENGLISH, ARABIC)]
    to_link = [pb.StreamLinkTextsRequest(key=t.key, document=t.document) for t in to_tag]
    tags = served.linking.StreamTagTexts(iter(to_tag))
    links = served.linking.StreamLinkTexts(iter(to_link))
    served.tagger.gate.set()
    tagged = {answer.key: answer.result.document async for answer in tags}
    linked = {answer.key: answer.result.document async for answer in links}
    for text in (ENGLISH, ARABIC):
        assert len(tagged[text].spans) == 3
        assert "org:hamas" in [mention.entity_id for mention in linked[text].mentions]
