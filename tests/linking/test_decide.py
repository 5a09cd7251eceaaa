"""Scored candidates in, one of three outcomes out."""

from __future__ import annotations

import pytest

from nisba_service.linking.decide import decide
from nisba_service.linking.model import Candidate, Outcome
from nisba_service.linking.policy import POLICY
from nisba_service.names.types import EntityType


def candidate(entity_id: str, score: float) -> Candidate:
    return Candidate(entity_id, entity_id, EntityType.PERSON, score, entity_id, ())


def test_nobody_is_nil() -> None:
    decision = decide([], POLICY)
    assert (decision.outcome, decision.entity_id, decision.confidence) == (Outcome.NIL, "", 0.0)


def test_one_good_candidate_is_linked() -> None:
    decision = decide([candidate("per:rami-hamdallah", 0.97)], POLICY)
    assert decision.outcome is Outcome.LINKED
    assert decision.entity_id == "per:rami-hamdallah"
    assert decision.confidence == pytest.approx(0.97)


def test_one_bad_candidate_is_nil_and_still_shown() -> None:
    decision = decide([candidate("per:mushir-al-masri", 0.2)], POLICY)
    assert (decision.outcome, decision.entity_id) == (Outcome.NIL, "")
    assert [c.entity_id for c in decision.candidates] == ["per:mushir-al-masri"]
    assert decision.confidence == pytest.approx(0.2)


def test_two_equal_candidates_are_ambiguous() -> None:
    decision = decide([candidate("per:a", 0.95), candidate("per:b", 0.95)], POLICY)
    assert (decision.outcome, decision.entity_id) == (Outcome.AMBIGUOUS, "")
    assert decision.confidence < 0.5


def test_a_weak_rival_does_not_make_it_ambiguous() -> None:
    decision = decide([candidate("per:a", 0.97), candidate("per:b", 0.6)], POLICY)
    assert decision.entity_id == "per:a"


def test_many_weak_candidates_do_not_add_up_to_a_strong_one() -> None:
    crowd = [candidate(f"per:{n}", 0.3) for n in range(12)]
    assert decide(crowd, POLICY).outcome is Outcome.NIL


def test_nor_do_they_make_a_strong_one_ambiguous() -> None:
    crowd = [candidate(f"per:{n}", 0.3) for n in range(12)]
    decision = decide([candidate("loc:basel", 0.9), *crowd], POLICY)
    assert decision.entity_id == "loc:basel"
    assert decision.confidence < 0.9


@pytest.mark.parametrize("certain", [0.0, 1.0])
def test_certainty_stays_finite(certain: float) -> None:
    assert decide([candidate("per:a", certain)], POLICY).confidence == pytest.approx(
        certain, abs=1e-5
    )
