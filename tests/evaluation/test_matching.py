from __future__ import annotations

from dataclasses import replace

import pytest

from nisba_service.evaluation.gold import NIL, GoldMention
from nisba_service.evaluation.matching import Answer, Pair, Verdict, match
from nisba_service.linking.model import Outcome
from nisba_service.names.types import EntityType, Language
from tests.evaluation import cases

LANGUAGES = pytest.mark.parametrize("language", list(Language))
KNOWN = GoldMention(0, 5, EntityType.ORGANIZATION, "org:hamas", also_ok=frozenset({"org:qassam"}))
UNKNOWN = GoldMention(0, 5, EntityType.PERSON, NIL)
LINKED, AMBIGUOUS, NOBODY = Outcome.LINKED, Outcome.AMBIGUOUS, Outcome.NIL


@pytest.mark.parametrize(
    ("gold", "answer", "verdict"),
    [
        (KNOWN, Answer(0, 5, LINKED, "org:hamas"), Verdict.RIGHT),
        (KNOWN, Answer(0, 5, LINKED, "org:qassam"), Verdict.RIGHT),
        (KNOWN, Answer(0, 5, LINKED, "org:fatah"), Verdict.WRONG),
        (KNOWN, Answer(0, 5, AMBIGUOUS), Verdict.AMBIGUOUS),
        (KNOWN, Answer(0, 5, NOBODY), Verdict.UNKNOWN),
        (KNOWN, None, Verdict.MISSED),
        (UNKNOWN, Answer(0, 5, NOBODY), Verdict.RIGHT),
        (UNKNOWN, Answer(0, 5, LINKED, "org:hamas"), Verdict.WRONG),
        (UNKNOWN, Answer(0, 5, AMBIGUOUS), Verdict.AMBIGUOUS),
        (UNKNOWN, None, Verdict.MISSED),
    ],
)
def test_verdicts(gold: GoldMention, answer: Answer | None, verdict: Verdict) -> None:
    assert Pair(gold, answer).verdict is verdict


@LANGUAGES
def test_each_gold_mention_meets_the_answer_at_its_span(language: Language) -> None:
    matched = match(cases.document(language), cases.answers(language))
    assert [pair.verdict for pair in matched.pairs] == [
        Verdict.RIGHT,
        Verdict.WRONG,
        Verdict.RIGHT,
        Verdict.MISSED,
        Verdict.RIGHT,
        Verdict.AMBIGUOUS,
        Verdict.MISSED,
    ]
    assert [answer.entity_id for answer in matched.elsewhere] == ["per:mushir-al-masri"]
    assert [answer.entity_id for answer in matched.outside] == ["loc:left"]
    assert matched.overlapping == 6
    assert matched.answer_count == 7


@LANGUAGES
def test_the_order_of_answers_does_not_matter(language: Language) -> None:
    document, answers = cases.document(language), cases.answers(language)
    assert match(document, reversed(answers)) == match(document, answers)


@LANGUAGES
def test_part_of_an_unknown_name_linked_is_a_wrong_link(language: Language) -> None:
    munib = match(cases.document(language), cases.answers(language)).pairs[3]
    assert munib.answer is None
    assert munib.is_linked_wrongly
    assert not replace(
        munib, touching=(replace(munib.touching[0], outcome=NOBODY),)
    ).is_linked_wrongly


def test_one_answer_serves_one_mention_of_two_that_it_spans() -> None:
    document = cases.document(Language.EN)
    hamas, fatah = document.mentions[:2]
    matched = match(document, [Answer(hamas.start, fatah.end, NOBODY)])
    assert matched.overlapping == 1
    assert matched.outside == ()


def test_spans_that_only_meet_share_no_place() -> None:
    document = replace(cases.document(Language.EN), mentions=(replace(KNOWN, start=0, end=5),))
    matched = match(document, [Answer(5, 9, NOBODY)])
    assert matched.pairs[0].touching == ()
    assert matched.overlapping == 0
