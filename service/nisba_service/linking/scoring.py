"""Retrieves the candidates of a name, and scores each by the declared features."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nisba_service.gazetteer.index import NameMatch
from nisba_service.linking.barred import is_barred
from nisba_service.linking.features import FEATURES, NO_CONTEXT, OF_TEXT, Case, Context, bond_to
from nisba_service.linking.groups import NameGroup
from nisba_service.linking.knowledge import Knowledge
from nisba_service.linking.model import Candidate, Feature
from nisba_service.linking.policy import FeatureName, Policy
from nisba_service.names.odds import probability
from nisba_service.names.types import EntityType, Language


class Scorer:
    """Scores candidates by what is known of them and by one policy. Immutable."""

    def __init__(self, knowledge: Knowledge, policy: Policy) -> None:
        self._knowledge = knowledge
        self._policy = policy
        weights = {weight.feature: weight.weight for weight in policy.weights}
        self._weights = [Weighted(name, measure, weights[name]) for name, measure in FEATURES]

    def retrieve(self, group: NameGroup) -> tuple[NameMatch, ...]:
        """Return the entities whose names agree best with the group's name.

        A type that is certain limits them. One that is not is a feature of its own here, so the
        index must not count it too.
        """
        return self._knowledge.matches(group.name, group.type if group.type_is_certain else None)

    def score(
        self, group: NameGroup, matches: Sequence[NameMatch], context: Context
    ) -> tuple[Candidate, ...]:
        """Return a candidate for each match, best first; equal scores in order of ID."""
        cases = [case for case in self._cases(group, matches, context) if not is_barred(case)]
        return _ordered([self._candidate(group.language, case) for case in cases])

    def bearers(self, group: NameGroup, matches: Sequence[NameMatch]) -> tuple[Bearer, ...]:
        """Return the candidates of a name as they are without a text, those barred too."""
        cases = self._cases(group, matches, NO_CONTEXT)
        return tuple(self._bearer(group.language, case) for case in cases)

    def score_bearers(self, bearers: Sequence[Bearer], context: Context) -> tuple[Candidate, ...]:
        """Return what `score` does, in a third of its time: of a text without antecedents."""
        assert not context.antecedents, "they change every feature; this is a bug"
        cases = [(b, b.case._replace(context=context)) for b in bearers]
        return _ordered([self._in_text(b, case) for b, case in cases if not is_barred(case)])

    def countries(self, entity_id: str) -> frozenset[str]:
        """Return the countries that an entity belongs to."""
        return self._knowledge.profile(entity_id).countries

    def is_place(self, entity_id: str) -> bool:
        """Say whether an entity is a place."""
        return self._knowledge.card(entity_id).type is EntityType.LOCATION

    def countries_apart(self, matches: Iterable[NameMatch]) -> frozenset[str]:
        """Return the countries that tell the bearers of a name apart: Lebanon and Libya, طرابلس."""
        bearers = exact(matches)
        if len(bearers) < 2:
            return frozenset()
        of_each = [self.countries(entity_id) for entity_id in bearers]
        return frozenset().union(*of_each) if len(set(of_each)) > 1 else frozenset()

    def _cases(
        self, group: NameGroup, matches: Sequence[NameMatch], context: Context
    ) -> list[Case]:
        best = max((m.probability for m in matches), default=0.0)
        least = max(best - self._policy.namesake_margin, self._policy.namesake_at)
        namesakes = {m.entity_id for m in matches if m.probability >= least}
        if len(namesakes) < 2:
            namesakes = set()
        fame = {entity_id: self._knowledge.fame(entity_id) for entity_id in namesakes}
        top_fame = max(fame.values(), default=0)
        holding = namesakes & {h for id in namesakes for h in self._knowledge.holders(id)}
        return [
            Case(
                match=match,
                card=self._knowledge.card(match.entity_id),
                profile=self._knowledge.profile(match.entity_id),
                type=group.type,
                context=context,
                fame=fame.get(match.entity_id, 0),
                top_fame=top_fame if match.entity_id in namesakes else 0,
                holds_namesake=match.entity_id in holding,
                has_namesake=match.entity_id in namesakes,
                bond=bond_to(match.entity_id, context.antecedents),
            )
            for match in matches
        ]

    def _candidate(self, language: Language, case: Case) -> Candidate:
        return _candidate(language, case, _measured(self._weights, case))

    def _bearer(self, language: Language, case: Case) -> Bearer:
        candidate = self._candidate(language, case)
        own = {feature.name: feature for feature in candidate.features}
        steps = [own.get(w.feature) or w for w in self._weights if w.feature in (*own, *OF_TEXT)]
        return Bearer(case, language, candidate, tuple(steps))

    def _in_text(self, bearer: Bearer, case: Case) -> Candidate:
        features = _measured(bearer.steps, case)
        if len(features) == len(bearer.candidate.features):
            return bearer.candidate  # the text says nothing of it
        return _candidate(bearer.language, case, features)


class Weighted(NamedTuple):
    """A feature that is measured, and what one unit of it weighs."""

    feature: FeatureName
    measure: Callable[[Case], float]
    weight: float


@dataclass(frozen=True, slots=True)
class Bearer:
    """A candidate of a name as it is without a text.

    Attributes:
        case: what it was measured by.
        language: in which it is shown.
        candidate: its score, without a text.
        steps: the features that it has in any text, and those to measure in each, in order.
    """

    case: Case
    language: Language
    candidate: Candidate
    steps: tuple[Feature | Weighted, ...]


def _measured(steps: Iterable[Feature | Weighted], case: Case) -> tuple[Feature, ...]:
    """Return the features that are not zero, in order."""
    features = []
    for step in steps:
        if isinstance(step, Feature):
            features.append(step)
        elif value := step.measure(case):
            features.append(Feature(step.feature, value, step.weight))
    return tuple(features)


def _candidate(language: Language, case: Case, features: tuple[Feature, ...]) -> Candidate:
    total = 0.0
    for _, value, weight in features:
        total += weight * value
    return Candidate(
        entity_id=case.entity_id,
        name=case.card.names[language],
        type=case.card.type,
        score=probability(total),
        matched_name=case.match.name.name,
        features=features,
    )


def _ordered(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(candidates, key=lambda c: (-c.score, c.entity_id)))


def exact(matches: Iterable[NameMatch]) -> list[str]:
    """Return the entities that have the name as it is stored, but for titles and article."""
    return [
        match.entity_id
        for match in matches
        if match.comparison.left.plain == match.comparison.right.plain
    ]
