"""LinkingService over a real socket: what each call answers, in both languages."""

from __future__ import annotations

from collections.abc import AsyncIterator

import grpc
import pytest

from nisba.v1 import linking_service_pb2 as pb
from nisba.v1.entity_pb2 import ENTITY_TYPE_ORGANIZATION, ENTITY_TYPE_PERSON
from tests.support.engine import SPOILED
from tests.support.serving import Served, read_status, rich_error, serving

ENGLISH = "Saleh al-Arouri met leaders of Hamas in Gaza."
ARABIC = "التقى صالح العاروري قادة حماس في غزة."
ENTITIES = ["per:saleh-al-arouri", "org:hamas", "loc:gaza"]


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    async with serving() as running:
        yield running


def document(text: str, **fields: str) -> pb.Document:
    return pb.Document(text=text, **fields)


async def link(served: Served, text: str, **fields: str) -> pb.LinkTextResponse:
    return await served.linking.LinkText(pb.LinkTextRequest(document=document(text, **fields)))


async def failure(served: Served, request: pb.LinkTextRequest) -> grpc.aio.AioRpcError:
    with pytest.raises(grpc.aio.AioRpcError) as failed:
        await served.linking.LinkText(request)
    return failed.value


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (ARABIC, "ar")])
async def test_a_text_is_linked_with_exact_offsets(
    served: Served, text: str, language: str
) -> None:
    response = await link(served, text, id="مقال-1")
    linked = response.document
    assert (linked.id, linked.language) == ("مقال-1", language)
    assert [m.entity_id for m in linked.mentions] == ENTITIES
    for mention in linked.mentions:
        assert mention.outcome == pb.OUTCOME_LINKED
        assert text[mention.start : mention.end] == mention.text
        assert mention.source == pb.MENTION_SOURCE_DICTIONARY
        assert mention.candidates[0].entity_id == mention.entity_id
        assert not mention.HasField("antecedent")


async def test_the_answer_says_what_made_it(served: Served) -> None:
    provenance = (await link(served, ARABIC)).provenance
    assert provenance.gazetteer_version == "stand-in-1"
    assert provenance.model_version == "stand-in"
    assert provenance.policy_version


@pytest.mark.parametrize("text", [ENGLISH, ARABIC])
async def test_candidates_are_as_many_as_asked_for(served: Served, text: str) -> None:
    for asked, most in ((-1, 0), (1, 1)):
        request = pb.LinkTextRequest(
            document=document(text), options=pb.LinkOptions(max_candidates=asked)
        )
        response = await served.linking.LinkText(request)
        assert {len(m.candidates) for m in response.document.mentions} == {most}


@pytest.mark.parametrize(
    ("request_", "reason", "field"),
    [
        (pb.LinkTextRequest(), "FIELD_REQUIRED", "document"),
        (pb.LinkTextRequest(document=document("")), "FIELD_REQUIRED", "document.text"),
        (
            pb.LinkTextRequest(document=document(ENGLISH, id="ع" * 129)),
            "TEXT_TOO_LONG",
            "document.id",
        ),
        (
            pb.LinkTextRequest(document=document(ENGLISH, language="zh")),
            "LANGUAGE_UNSUPPORTED",
            "document.language",
        ),
        (
            pb.LinkTextRequest(
                document=document(ARABIC), options=pb.LinkOptions(max_candidates=21)
            ),
            "FIELD_INVALID",
            "options.max_candidates",
        ),
        (
            pb.LinkTextRequest(document=document("哈马斯领导人在加沙会见了记者")),
            "SCRIPT_UNSUPPORTED",
            "document.text",
        ),
    ],
)
async def test_a_broken_rule_is_named_with_its_field(
    served: Served, request_: pb.LinkTextRequest, reason: str, field: str
) -> None:
    error = rich_error(await failure(served, request_))
    assert error.code is grpc.StatusCode.INVALID_ARGUMENT
    assert (error.reason, error.metadata["field"], error.fields) == (reason, field, [field])


async def test_a_batch_answers_each_document_in_order_whatever_becomes_of_the_others(
    served: Served,
) -> None:
    texts = [ENGLISH, "", "哈马斯领导人在加沙", f"{SPOILED} by Hamas", ARABIC]
    response = await served.linking.BatchLinkTexts(
        pb.BatchLinkTextsRequest(documents=[document(t, id=str(i)) for i, t in enumerate(texts)])
    )
    english, empty, chinese, spoiled, arabic = response.results
    for result in (english, arabic):
        assert [m.entity_id for m in result.document.mentions] == ENTITIES
    assert (english.document.id, arabic.document.id) == ("0", "4")
    assert read_status(empty.error).fields == ["documents[1].text"]
    assert read_status(chinese.error).metadata["field"] == "documents[2].text"
    assert read_status(chinese.error).reason == "SCRIPT_UNSUPPORTED"
    fault = read_status(spoiled.error)
    assert (fault.code, fault.reason) == (grpc.StatusCode.INTERNAL, "INTERNAL")
    assert fault.metadata["request_id"]
    assert SPOILED not in fault.message


async def test_a_batch_of_only_broken_documents_is_answered(served: Served) -> None:
    request = pb.BatchLinkTextsRequest(documents=[document("")] * 64)
    response = await served.linking.BatchLinkTexts(request)
    assert {read_status(result.error).reason for result in response.results} == {"FIELD_REQUIRED"}


@pytest.mark.parametrize(
    ("documents", "reason"),
    [
        ([], "FIELD_REQUIRED"),
        ([document(ARABIC)] * 65, "TOO_MANY_ITEMS"),
        ([document("ع" * 100_000)] * 11, "TEXT_TOO_LONG"),
    ],
)
async def test_a_batch_has_its_own_limits(
    served: Served, documents: list[pb.Document], reason: str
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as failed:
        await served.linking.BatchLinkTexts(pb.BatchLinkTextsRequest(documents=documents))
    error = rich_error(failed.value)
    assert (error.reason, error.fields) == (reason, ["documents"])


async def test_a_stream_answers_every_message_under_its_key(served: Served) -> None:
    call = served.linking.StreamLinkTexts(
        pb.StreamLinkTextsRequest(key=f"مفتاح {i}", document=document(text))
        for i, text in enumerate([ENGLISH, "", ARABIC, SPOILED] * 10)
    )
    answers = {answer.key: answer.result async for answer in call}
    assert len(answers) == 40
    for i in range(0, 40, 4):
        for linked in (answers[f"مفتاح {i}"], answers[f"مفتاح {i + 2}"]):
            assert [m.entity_id for m in linked.document.mentions] == ENTITIES
        assert read_status(answers[f"مفتاح {i + 1}"].error).reason == "FIELD_REQUIRED"
        assert read_status(answers[f"مفتاح {i + 3}"].error).reason == "INTERNAL"
    assert await call.code() is grpc.StatusCode.OK


async def test_a_key_that_is_too_long_comes_back_with_its_error(served: Served) -> None:
    key = "م" * 129
    call = served.linking.StreamLinkTexts(
        iter([pb.StreamLinkTextsRequest(key=key, document=document(ARABIC))])
    )
    [answer] = [answer async for answer in call]
    assert answer.key == key
    assert read_status(answer.result.error).fields == ["key"]


async def test_an_empty_stream_ends_well(served: Served) -> None:
    call = served.linking.StreamLinkTexts(iter([]))
    assert [answer async for answer in call] == []


async def test_an_answer_overtakes_one_that_takes_longer(served: Served) -> None:
    async def requests() -> AsyncIterator[pb.StreamLinkTextsRequest]:
        yield pb.StreamLinkTextsRequest(key="long", document=document(ARABIC))
        yield pb.StreamLinkTextsRequest(key="broken", document=document(""))

    served.tagger.gate.clear()
    call = served.linking.StreamLinkTexts(requests())
    answers = call.__aiter__()
    assert (await anext(answers)).key == "broken"
    served.tagger.gate.set()
    assert (await anext(answers)).key == "long"


@pytest.mark.parametrize("name", ["Saleh al-Arouri", "Al-Aruri", "صالح العاروري"])
async def test_a_name_that_stands_alone_is_resolved(served: Served, name: str) -> None:
    response = await served.linking.ResolveNames(
        pb.ResolveNamesRequest(names=[pb.NameQuery(name=name), pb.NameQuery(name="Zzyzx Qwfp")])
    )
    found, unknown = response.results
    assert (found.name, found.entity_id) == (name, "per:saleh-al-arouri")
    assert found.outcome == pb.OUTCOME_LINKED
    assert (unknown.outcome, unknown.entity_id) == (pb.OUTCOME_NIL, "")
    assert response.provenance.model_version == ""
    assert response.provenance.policy_version


@pytest.mark.parametrize("name", ["Hamas", "حماس"])
async def test_a_name_is_less_likely_to_be_of_another_type_than_asked_for(
    served: Served, name: str
) -> None:
    response = await served.linking.ResolveNames(
        pb.ResolveNamesRequest(
            names=[
                pb.NameQuery(name=name, type=ENTITY_TYPE_ORGANIZATION),
                pb.NameQuery(name=name, type=ENTITY_TYPE_PERSON),
            ]
        )
    )
    as_organization, as_person = response.results
    assert as_organization.entity_id == "org:hamas"
    assert as_person.confidence < as_organization.confidence


@pytest.mark.parametrize(
    ("names", "reason", "field"),
    [
        ([], "FIELD_REQUIRED", "names"),
        ([pb.NameQuery(name="حماس")] * 1_001, "TOO_MANY_ITEMS", "names"),
        ([pb.NameQuery(name="حماس"), pb.NameQuery()], "FIELD_REQUIRED", "names[1].name"),
        ([pb.NameQuery(name="ح" * 501)], "TEXT_TOO_LONG", "names[0].name"),
        (
            [pb.NameQuery(name="حماس", type=99)],  # type: ignore[arg-type]  # not of the contract
            "FIELD_INVALID",
            "names[0].type",
        ),
    ],
)
async def test_a_list_of_names_has_its_own_limits(
    served: Served, names: list[pb.NameQuery], reason: str, field: str
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as failed:
        await served.linking.ResolveNames(pb.ResolveNamesRequest(names=names))
    error = rich_error(failed.value)
    assert (error.reason, error.fields) == (reason, [field])
