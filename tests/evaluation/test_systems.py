from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

import nisba
from nisba_service.evaluation.evaluate import evaluate
from nisba_service.evaluation.gold import NIL, GoldDocument, GoldMention
from nisba_service.evaluation.matching import Answer
from nisba_service.evaluation.scores import Agreement
from nisba_service.evaluation.systems import Answers, LocalSystem, ServerSystem, System
from nisba_service.names.types import EntityType, Language
from tests.evaluation.cases import span
from tests.support.engine import engine
from tests.support.serving import serving

PERSON, ORGANIZATION = EntityType.PERSON, EntityType.ORGANIZATION


def document(language: Language, text: str, *names: tuple[str, EntityType, str]) -> GoldDocument:
    mentions = tuple(GoldMention(*span(text, name), type_, id) for name, type_, id in names)
    return GoldDocument(f"{language}-1", language, text, mentions)


DOCUMENTS = (
    document(
        Language.EN,
        "Rami Hamdallah met Tawfiq Zayyad of Hamas.",
        ("Rami Hamdallah", PERSON, "per:rami-hamdallah"),
        ("Tawfiq Zayyad", PERSON, NIL),
        ("Hamas", ORGANIZATION, "org:hamas"),
    ),
    document(
        Language.AR,
        "التقى رامي الحمد الله وفدا من حماس وتوفيق زياد.",
        ("رامي الحمد الله", PERSON, "per:rami-hamdallah"),
        ("حماس", ORGANIZATION, "org:hamas"),
        ("توفيق زياد", PERSON, NIL),
    ),
)


@pytest.mark.parametrize("gold", DOCUMENTS, ids=["en", "ar"])
def test_the_linker_finds_mentions_itself_or_takes_those_given(gold: GoldDocument) -> None:
    section = evaluate(LocalSystem(engine().linker), [gold]).sections[0]
    # The stand-in tagger finds nothing, so that the gazetteer's names alone are found.
    assert section.end_to_end.mentions == Agreement(right=2, answered=2, gold=3)
    assert section.end_to_end.in_kb == Agreement(right=2, answered=2, gold=2)
    assert section.spans_given is not None
    assert section.spans_given.mentions == Agreement(right=3, answered=3, gold=3)
    assert section.spans_given.in_kb == Agreement(right=2, answered=2, gold=2)


def test_an_unknown_name_given_is_not_linked() -> None:
    for answers in LocalSystem(engine().linker).spans_given(DOCUMENTS):
        assert sum(answer.is_link for answer in answers) == 2


async def test_a_service_answers_as_the_linker_does_but_takes_no_spans() -> None:
    async with serving() as served:
        end_to_end, spans_given = await asyncio.to_thread(ask, served.address)
    expected = LocalSystem(engine().linker).end_to_end(DOCUMENTS)
    assert [[without_confidence(a) for a in answers] for answers in end_to_end] == [
        [without_confidence(a) for a in answers] for answers in expected
    ]
    # The wire has confidence in single precision.
    assert confidences(end_to_end) == pytest.approx(confidences(expected), rel=1e-6)
    assert spans_given is None


def ask(address: str) -> tuple[Answers, Answers | None]:
    with nisba.Client(address) as client:
        system: System = ServerSystem(client)
        return system.end_to_end(DOCUMENTS), system.spans_given(DOCUMENTS)


def without_confidence(answer: Answer) -> Answer:
    return replace(answer, confidence=0.0)


def confidences(answers: Answers) -> list[float]:
    return [answer.confidence for document in answers for answer in document]
