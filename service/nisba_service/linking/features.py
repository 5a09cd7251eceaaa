"""What is measured between a name and a candidate: the declared list that scoring runs through."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from nisba_service.gazetteer.index import NameMatch
from nisba_service.gazetteer.model import NameKind
from nisba_service.linking.antecedents import Bond
from nisba_service.linking.card import Card
from nisba_service.linking.lexicon import Profile
from nisba_service.linking.policy import FeatureName
from nisba_service.names.align import telling_parts
from nisba_service.names.compare import part_similarity
from nisba_service.names.odds import log_odds
from nisba_service.names.parse import Role
from nisba_service.names.types import EntityType

# Log-odds beyond which the index only says that it is sure.
SURE = 6.0
# Names that denote somebody only where the text, or common knowledge, has already said whom.
PART_KINDS = frozenset({NameKind.SHORT, NameKind.KUNYA})
# Parts less alike than this are two different ones.
OTHER_PART = 0.5
# Years before and after its own in which an entity is news as well.
GRACE = 1


@dataclass(frozen=True, slots=True)
class Antecedent:
    """What another name of the document denotes; None: nobody in the gazetteer."""

    entity_id: str | None
    bond: Bond


@dataclass(frozen=True, slots=True)
class Context:
    """What the rest of the document says about a name.

    Attributes:
        relatedness: of each candidate to the document's other entities, by entity ID.
        antecedents: what names denote that this one may stand for, the nearest first.
        established: the entity that this name denoted before its namesake turned up; "": none.
        salience: how often the document has each antecedent's names, the commonest being 1.
        beside: the countries and offices that stand with the name.
        around: the countries that the text speaks of nearby.
        of_others: the share of the document's other entities that belong to each country.
        date: of the document.
        latest_year: that its text tells.
    """

    relatedness: Mapping[str, float]
    antecedents: tuple[Antecedent, ...] = ()
    established: str = ""
    salience: Mapping[str, float] = field(default_factory=dict)
    beside: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    of_others: Mapping[str, float] = field(default_factory=dict)
    date: datetime.date | None = None
    latest_year: int | None = None


NO_CONTEXT = Context({})


class Case(NamedTuple):
    """One candidate of one name, with all that its features are computed from.

    A tuple, since every text takes those of its names up anew.

    Attributes:
        card: how it is shown.
        profile: what the gazetteer says of it beside its names.
        fame, top_fame: of a candidate with namesakes, how much is said of it, and the most of them.
        holds_namesake: it is the place, or the body, that a namesake is a part of.
        has_namesake: another candidate's name agrees as well.
        bond: why another name of the document denotes this candidate, if one does.
    """

    match: NameMatch
    card: Card
    profile: Profile
    type: EntityType | None
    context: Context
    fame: int
    top_fame: int
    holds_namesake: bool
    has_namesake: bool
    bond: Bond | None

    @property
    def entity_id(self) -> str:
        """Return who it is."""
        return self.match.entity_id

    @property
    def is_antecedent(self) -> bool:
        """Return whether another name of the document denotes this candidate."""
        return self.bond is not None


_STRENGTH = {Bond.GIVEN: 0, Bond.SAME: 1, Bond.FAMILY: 2, Bond.DEFINED: 3}
_LONGER = frozenset({Bond.FAMILY, Bond.DEFINED})


def bond_to(entity_id: str, antecedents: Sequence[Antecedent]) -> Bond | None:
    """Return the strongest reason why antecedents denote an entity; None: they denote others."""
    mine = [a.bond for a in antecedents if a.entity_id == entity_id]
    return max(mine, key=_STRENGTH.__getitem__, default=None)


def _base(case: Case) -> float:
    return 1.0


def _name(case: Case) -> float:
    # Who has been named in full is known, however either of two namesakes was spelt.
    if case.is_antecedent:
        return SURE
    return max(-SURE, min(SURE, log_odds(case.match.probability)))


def _is_exact(case: Case) -> bool:
    return case.match.comparison.left.plain == case.match.comparison.right.plain


def _exact(case: Case) -> float:
    return float(case.is_antecedent or _is_exact(case))


def _has_one_part(case: Case) -> bool:
    return len(telling_parts(case.match.comparison.left)) == 1


def _one_part(case: Case) -> float:
    return float(_has_one_part(case))


def _inexact_part(case: Case) -> float:
    return float(_has_one_part(case) and not _exact(case))


def _inexact_place(case: Case) -> float:
    return _inexact_part(case) if case.card.type is not EntityType.PERSON else 0.0


def _last_differs(case: Case) -> float:
    """Say whether the name ends in a part that the candidate's has not."""
    left = telling_parts(case.match.comparison.left)
    right = telling_parts(case.match.comparison.right)
    if case.is_antecedent or len(left) < 2 or left[-1].role is Role.INITIAL:
        return 0.0
    if case.card.type is not EntityType.PERSON:
        return 0.0
    return float(all(part_similarity(left[-1], part) < OTHER_PART for part in right))


def _extra_part(case: Case) -> float:
    """Say whether a name that is no person's has a part that the candidate's has not."""
    left = telling_parts(case.match.comparison.left)
    right = telling_parts(case.match.comparison.right)
    if case.is_antecedent or len(left) < 2 or case.card.type is EntityType.PERSON:
        return 0.0
    return float(
        any(all(part_similarity(part, other) < OTHER_PART for other in right) for part in left)
    )


def _type_differs(case: Case) -> float:
    return float(case.type is not None and case.type is not case.card.type)


def _shared_part(case: Case) -> float:
    return float(not case.is_antecedent and case.match.name.kind in PART_KINDS)


def _given_name(case: Case) -> float:
    return float(case.bond is Bond.GIVEN)


def _nearest_antecedent(case: Case) -> float:
    longer = [a.entity_id for a in case.context.antecedents if a.bond in _LONGER]
    return float(len(longer) > 1 and longer[0] == case.entity_id)


def _rival_antecedent(case: Case) -> float:
    if case.is_antecedent:
        return 0.0
    return float(any(a.bond in _LONGER and a.entity_id for a in case.context.antecedents))


def _rival_given(case: Case) -> float:
    if case.is_antecedent or _rival_antecedent(case) or _unknown_antecedent(case):
        return 0.0
    return float(any(a.bond is Bond.GIVEN for a in case.context.antecedents))


def _rival_same(case: Case) -> float:
    if case.is_antecedent or _rival_antecedent(case) or _unknown_antecedent(case):
        return 0.0
    return float(any(a.bond is Bond.SAME for a in case.context.antecedents))


def _unknown_antecedent(case: Case) -> float:
    if case.is_antecedent:
        return 0.0
    return float(any(a.bond in _LONGER and a.entity_id is None for a in case.context.antecedents))


def _unknown_nearer(case: Case) -> float:
    """Say whether a stranger's longer name stands nearer than the candidate's."""
    if not case.is_antecedent:
        return 0.0
    for antecedent in case.context.antecedents:
        if antecedent.entity_id == case.entity_id:
            return 0.0
        if antecedent.entity_id is None and antecedent.bond in _LONGER:
            return 1.0
    return 0.0


def _related(case: Case) -> float:
    # Squared: context supports a name that agrees, it does not replace one that does not.
    return case.context.relatedness.get(case.entity_id, 0.0) * case.match.probability**2


def _country_beside(case: Case) -> float:
    return float(not case.profile.countries.isdisjoint(case.context.beside))


def _office_beside(case: Case) -> float:
    return float(not case.profile.offices.isdisjoint(case.context.beside))


def _country_named(case: Case) -> float:
    return float(case.has_namesake and not case.profile.countries.isdisjoint(case.context.around))


def _country_of_others(case: Case) -> float:
    if not case.has_namesake:
        return 0.0
    shares = case.context.of_others
    return max((shares.get(country, 0.0) for country in case.profile.countries), default=0.0)


def _salience(case: Case) -> float:
    return math.log(case.context.salience.get(case.entity_id, 1.0))


def _established(case: Case) -> float:
    return float(case.context.established == case.entity_id)


def _other_years(case: Case) -> float:
    """Say whether a namesake's years are others: 1 by the date, half by what the text tells."""
    date, years = case.context.date, case.profile.years
    year = case.context.latest_year if date is None else date.year
    if years is None or year is None or not case.has_namesake:
        return 0.0
    if years[0] - GRACE <= year <= years[1] + GRACE:
        return 0.0
    return 0.5 if date is None else 1.0


def _holds_namesake(case: Case) -> float:
    return float(case.holds_namesake)


def _prior(case: Case) -> float:
    return math.log((1 + case.fame) / (1 + case.top_fame)) if case.fame < case.top_fame else 0.0


FEATURES: tuple[tuple[FeatureName, Callable[[Case], float]], ...] = (
    (FeatureName.BASE, _base),
    (FeatureName.NAME, _name),
    (FeatureName.EXACT, _exact),
    (FeatureName.ONE_PART, _one_part),
    (FeatureName.INEXACT_PART, _inexact_part),
    (FeatureName.INEXACT_PLACE, _inexact_place),
    (FeatureName.LAST_DIFFERS, _last_differs),
    (FeatureName.EXTRA_PART, _extra_part),
    (FeatureName.TYPE_DIFFERS, _type_differs),
    (FeatureName.SHARED_PART, _shared_part),
    (FeatureName.GIVEN_NAME, _given_name),
    (FeatureName.NEAREST_ANTECEDENT, _nearest_antecedent),
    (FeatureName.SALIENCE, _salience),
    (FeatureName.ESTABLISHED, _established),
    (FeatureName.RIVAL_ANTECEDENT, _rival_antecedent),
    (FeatureName.RIVAL_GIVEN, _rival_given),
    (FeatureName.RIVAL_SAME, _rival_same),
    (FeatureName.UNKNOWN_ANTECEDENT, _unknown_antecedent),
    (FeatureName.UNKNOWN_NEARER, _unknown_nearer),
    (FeatureName.RELATED, _related),
    (FeatureName.COUNTRY_BESIDE, _country_beside),
    (FeatureName.OFFICE_BESIDE, _office_beside),
    (FeatureName.COUNTRY_NAMED, _country_named),
    (FeatureName.COUNTRY_OF_OTHERS, _country_of_others),
    (FeatureName.OTHER_YEARS, _other_years),
    (FeatureName.HOLDS_NAMESAKE, _holds_namesake),
    (FeatureName.PRIOR, _prior),
)

OF_TEXT = frozenset(
    {
        FeatureName.SALIENCE,
        FeatureName.ESTABLISHED,
        FeatureName.RELATED,
        FeatureName.COUNTRY_BESIDE,
        FeatureName.OFFICE_BESIDE,
        FeatureName.COUNTRY_NAMED,
        FeatureName.COUNTRY_OF_OTHERS,
        FeatureName.OTHER_YEARS,
    }
)
"""Features that a text gives a name by itself; they are 0 without one. All others are as they are
without a text until another name of it says, or denies, whom this one denotes."""
