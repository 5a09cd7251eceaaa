"""Probabilities and their log-odds."""

from __future__ import annotations

import math

# Log-odds beyond this say "certain"; they must not overflow when they are added up.
MAX_LOG_ODDS = 30.0
LEAST = 1e-6


def probability(log_odds: float) -> float:
    """Return the probability of these log-odds."""
    return 1.0 / (1.0 + math.exp(-max(-MAX_LOG_ODDS, min(MAX_LOG_ODDS, log_odds))))


def log_odds(probability: float, least: float = LEAST) -> float:
    """Return the log-odds of a probability, kept `least` away from certainty."""
    p = min(max(probability, least), 1.0 - least)
    return math.log(p / (1.0 - p))
