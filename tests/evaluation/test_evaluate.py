from __future__ import annotations

from collections.abc import Sequence

from nisba_service.evaluation.evaluate import Evaluation, evaluate
from nisba_service.evaluation.gold import GoldDocument
from nisba_service.evaluation.scores import Agreement
from nisba_service.evaluation.systems import Answers
from nisba_service.names.types import Language
from tests.evaluation import cases


class OwnSpansOnly:
    def end_to_end(self, documents: Sequence[GoldDocument]) -> Answers:
        return [cases.answers(document.language) for document in documents]

    def spans_given(self, documents: Sequence[GoldDocument]) -> None:
        return None


def test_a_section_for_each_language_and_one_for_all(evaluation: Evaluation) -> None:
    assert [section.name for section in evaluation.sections] == ["en", "ar", "all"]
    assert [section.end_to_end.documents for section in evaluation.sections] == [1, 1, 2]


def test_a_language_without_documents_has_no_section() -> None:
    documents = [cases.document(Language.AR)]
    sections = evaluate(OwnSpansOnly(), documents).sections
    assert [section.name for section in sections] == ["ar", "all"]


def test_answers_at_given_spans_are_scored_apart(evaluation: Evaluation) -> None:
    for section in evaluation.sections[:2]:
        assert section.end_to_end.in_kb == Agreement(3, 6, 6)
        assert section.spans_given is not None
        assert section.spans_given.in_kb == Agreement(0, 0, 6)


def test_a_system_that_cannot_be_given_spans() -> None:
    sections = evaluate(OwnSpansOnly(), [cases.document(Language.EN)]).sections
    assert [section.spans_given for section in sections] == [None, None]


def test_mistakes_are_those_made_end_to_end(evaluation: Evaluation) -> None:
    assert len(evaluation.mistakes) == 10
