"""Scored candidates in, one of three outcomes out."""

from __future__ import annotations

import math
from collections.abc import Sequence

from nisba_service.linking.model import Candidate, Decision, Outcome
from nisba_service.linking.policy import Policy
from nisba_service.names.odds import log_odds

NOBODY = Decision(Outcome.NIL, "", 0.0, ())


def decide(candidates: Sequence[Candidate], policy: Policy) -> Decision:
    """Answer the policy's two questions: does the best fit, and is it clear that it is he.

    Args:
        candidates: best first; their scores are probabilities, each by itself.
    """
    if not candidates:
        return NOBODY
    ranked = tuple(candidates)
    odds = [math.exp(log_odds(candidate.score)) for candidate in ranked]
    confidence = odds[0] / (1.0 + sum(odds))
    if ranked[0].score < policy.fits_at:
        return Decision(Outcome.NIL, "", confidence, ranked)
    fitting = [odd for c, odd in zip(ranked, odds, strict=True) if c.score >= policy.fits_at]
    if odds[0] / sum(fitting) < policy.clear_at:
        return Decision(Outcome.AMBIGUOUS, "", confidence, ranked)
    return Decision(Outcome.LINKED, ranked[0].entity_id, confidence, ranked)
