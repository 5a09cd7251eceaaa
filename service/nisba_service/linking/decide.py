"""Scored candidates in, one of three outcomes out."""

from __future__ import annotations

import math
from collections.abc import Sequence

from nisba_service.linking.model import Candidate, Decision, Outcome
from nisba_service.linking.policy import Policy

NOBODY = Decision(Outcome.NIL, "", 0.0, ())
# Odds beyond this say "certain"; they must not overflow when they are added up.
MAX_LOG_ODDS = 30.0


def probability(log_odds: float) -> float:
    """Return the probability of these log-odds."""
    return 1.0 / (1.0 + math.exp(-max(-MAX_LOG_ODDS, min(MAX_LOG_ODDS, log_odds))))


def log_odds(probability: float) -> float:
    """Return the log-odds of a probability, kept away from certainty."""
    p = min(max(probability, 1e-6), 1.0 - 1e-6)
    return math.log(p / (1.0 - p))


def decide(candidates: Sequence[Candidate], policy: Policy) -> Decision:
    """Answer the policy's two questions: does anybody fit, and is it clear who.

    Args:
        candidates: best first; their scores are probabilities, each by itself.
    """
    if not candidates:
        return NOBODY
    odds = [math.exp(log_odds(candidate.score)) for candidate in candidates]
    everybody = sum(odds)
    confidence = odds[0] / (1.0 + everybody)
    ranked = tuple(candidates)
    if everybody / (1.0 + everybody) < policy.fits_at:
        return Decision(Outcome.NIL, "", confidence, ranked)
    if odds[0] / everybody < policy.clear_at:
        return Decision(Outcome.AMBIGUOUS, "", confidence, ranked)
    return Decision(Outcome.LINKED, ranked[0].entity_id, confidence, ranked)
