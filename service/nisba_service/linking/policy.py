"""The linking policy on one page: what counts for and against a candidate, and the thresholds.

A candidate's score is a probability, built as log-odds: the log-odds that its name agrees with the
mention, plus each feature times its weight. Every weight stands beside the case that justifies it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256


class FeatureName(StrEnum):
    """What is measured between a mention and a candidate, in the order it is explained."""

    BASE = "base"
    NAME = "name"
    EXACT = "exact"
    ONE_PART = "one_part"
    TYPE_DIFFERS = "type_differs"
    SHARED_PART = "shared_part"
    NEAREST_ANTECEDENT = "nearest_antecedent"
    RIVAL_ANTECEDENT = "rival_antecedent"
    RELATED = "related"
    HOLDS_NAMESAKE = "holds_namesake"
    PRIOR = "prior"


@dataclass(frozen=True, slots=True)
class Weight:
    """How much one unit of a feature adds to the log-odds, and why."""

    feature: FeatureName
    weight: float
    because: str


# Fitted to the development documents by `make fit-linking` and rounded, with three exceptions:
# HOLDS_NAMESAKE is larger, since those documents ask for the rarer reading as often as for the
# usual one; RIVAL_ANTECEDENT too, since to link a stranger is worse than to miss a friend; and
# NEAREST_ANTECEDENT is smaller, so that of two men who were both named neither wins by a line.
WEIGHTS: tuple[Weight, ...] = (
    Weight(FeatureName.BASE, -1.5, "most names in the news are of nobody whom a gazetteer has"),
    Weight(
        FeatureName.NAME, 0.85, "the log-odds of the name index: العاروري and Aruri are one name"
    ),
    Weight(FeatureName.EXACT, 1.35, "'Rami Hamdallah' as it is stored"),
    Weight(FeatureName.ONE_PART, -0.7, "'Palmer' sounds like Palmyra; 'Geoffrey Palmer' does not"),
    Weight(
        FeatureName.TYPE_DIFFERS,
        -0.9,
        "'Jordan' tagged a person is not the kingdom; yet taggers err",
    ),
    Weight(
        FeatureName.SHARED_PART,
        -1.3,
        "'al-Masri' alone, with nothing before it, may be any of a great many people",
    ),
    Weight(
        FeatureName.NEAREST_ANTECEDENT,
        0.4,
        "'Aoun' after 'Michel Aoun' and, nearer, 'Joseph Aoun': hardly more",
    ),
    Weight(
        FeatureName.RIVAL_ANTECEDENT,
        -6.0,
        "'al-Masri' in a text about an unknown Rami al-Masri is not Mushir al-Masri",
    ),
    Weight(FeatureName.RELATED, 1.2, "'Tripoli' in a text that names Libya; 'Abbas' beside Fatah"),
    Weight(FeatureName.HOLDS_NAMESAKE, 1.2, "'تونس' alone is the country rather than the city"),
    Weight(FeatureName.PRIOR, 0.15, "'Gaza' alone is the Strip rather than the city"),
)


@dataclass(frozen=True, slots=True)
class Policy:
    """Weights, thresholds and limits of linking.

    The candidates of a name and "nobody" share one unit of belief. Two questions decide:

        fits_at: does anybody fit? Below this belief in all candidates together: NIL.
        clear_at: is it clear who? At this share of that belief for the best: LINKED, else
            AMBIGUOUS.

    Attributes:
        weights: of the features.
        retrieved: candidates that are scored for a name.
        shown: candidates that an answer carries unless the caller asks for another number.
        anchor_at: least belief in one candidate at which a name is context for the others.
        related_cap: most relatedness that counts; more says nothing new.
        namesake_at: least probability of the name at which a candidate can be a namesake.
        namesake_margin: names that agree this much less than the best are not its namesakes.
    """

    weights: tuple[Weight, ...] = WEIGHTS
    fits_at: float = 0.5
    clear_at: float = 0.75
    retrieved: int = 12
    shown: int = 5
    anchor_at: float = 0.85
    related_cap: float = 2.0
    namesake_at: float = 0.5
    namesake_margin: float = 0.05

    @property
    def version(self) -> str:
        """Return a name for this state of the policy: equal policies have equal versions."""
        return sha256(repr(self).encode()).hexdigest()[:16]

    def weight(self, feature: FeatureName) -> float:
        """Return the weight of a feature."""
        return next(w.weight for w in self.weights if w.feature is feature)


POLICY = Policy()
