from __future__ import annotations

from collections.abc import Sequence

import pytest

from nisba_service.evaluation.evaluate import Evaluation, evaluate
from nisba_service.evaluation.gold import GoldDocument
from nisba_service.evaluation.systems import Answers
from nisba_service.names.types import Language
from tests.evaluation import cases


class Hand:
    """A system that gives the answers of `cases`, and finds nobody when it is given the spans."""

    def end_to_end(self, documents: Sequence[GoldDocument]) -> Answers:
        return [cases.answers(document.language) for document in documents]

    def spans_given(self, documents: Sequence[GoldDocument]) -> Answers:
        return [() for _ in documents]


@pytest.fixture
def evaluation() -> Evaluation:
    return evaluate(Hand(), [cases.document(Language.AR), cases.document(Language.EN)])
