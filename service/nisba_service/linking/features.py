"""What is measured between a name and a candidate: the declared list that scoring runs through."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nisba_service.gazetteer.index import NameMatch
from nisba_service.gazetteer.model import Entity, NameKind
from nisba_service.linking.decide import log_odds
from nisba_service.linking.policy import FeatureName
from nisba_service.names.align import telling_parts
from nisba_service.names.types import EntityType

# Log-odds beyond which the index only says that it is sure.
SURE = 6.0
# Names that denote somebody only where the text, or common knowledge, has already said whom.
PART_KINDS = frozenset({NameKind.SHORT, NameKind.KUNYA})


@dataclass(frozen=True, slots=True)
class Context:
    """What the rest of the document says about a name.

    Attributes:
        relatedness: of each candidate to the document's other entities, by entity ID.
        antecedents: entities that longer forms of the name denote, the nearest first.
        has_unknown_antecedent: a longer form of the name denotes nobody in the gazetteer.
    """

    relatedness: Mapping[str, float]
    antecedents: tuple[str, ...] = ()
    has_unknown_antecedent: bool = False


NO_CONTEXT = Context({})


@dataclass(frozen=True, slots=True)
class Case:
    """One candidate of one name, with all that its features are computed from.

    Attributes:
        fame, top_fame: number of the candidate's relations, and the largest among its namesakes.
        holds_namesake: it is the place, or the body, that a namesake is a part of.
    """

    match: NameMatch
    entity: Entity
    type: EntityType | None
    context: Context
    fame: int
    top_fame: int
    holds_namesake: bool

    @property
    def is_antecedent(self) -> bool:
        """Return whether a longer form of the name denotes this candidate."""
        return self.entity.id in self.context.antecedents


def _base(case: Case) -> float:
    return 1.0


def _name(case: Case) -> float:
    # Who has been named in full is known, however either of two namesakes was spelt.
    if case.is_antecedent:
        return SURE
    return max(-SURE, min(SURE, log_odds(case.match.probability)))


def _exact(case: Case) -> float:
    if case.is_antecedent:
        return 1.0
    return float(case.match.comparison.left.plain == case.match.comparison.right.plain)


def _one_part(case: Case) -> float:
    return float(len(telling_parts(case.match.comparison.left)) == 1)


def _type_differs(case: Case) -> float:
    return float(case.type is not None and case.type is not case.entity.type)


def _shared_part(case: Case) -> float:
    return float(case.match.name.kind in PART_KINDS)


def _nearest_antecedent(case: Case) -> float:
    return float(
        len(case.context.antecedents) > 1 and case.context.antecedents[0] == case.entity.id
    )


def _rival_antecedent(case: Case) -> float:
    has_longer_form = bool(case.context.antecedents) or case.context.has_unknown_antecedent
    return float(has_longer_form and not case.is_antecedent)


def _related(case: Case) -> float:
    # Squared: context supports a name that agrees, it does not replace one that does not.
    return case.context.relatedness.get(case.entity.id, 0.0) * case.match.probability**2


def _holds_namesake(case: Case) -> float:
    return float(case.holds_namesake)


def _prior(case: Case) -> float:
    return math.log((1 + case.fame) / (1 + case.top_fame)) if case.fame < case.top_fame else 0.0


FEATURES: tuple[tuple[FeatureName, Callable[[Case], float]], ...] = (
    (FeatureName.BASE, _base),
    (FeatureName.NAME, _name),
    (FeatureName.EXACT, _exact),
    (FeatureName.ONE_PART, _one_part),
    (FeatureName.TYPE_DIFFERS, _type_differs),
    (FeatureName.SHARED_PART, _shared_part),
    (FeatureName.NEAREST_ANTECEDENT, _nearest_antecedent),
    (FeatureName.RIVAL_ANTECEDENT, _rival_antecedent),
    (FeatureName.RELATED, _related),
    (FeatureName.HOLDS_NAMESAKE, _holds_namesake),
    (FeatureName.PRIOR, _prior),
)
