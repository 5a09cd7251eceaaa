"""Retrieves the candidates of a name, and scores each by the declared features."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nisba_service.gazetteer.index import NameMatch
from nisba_service.linking.barred import is_barred
from nisba_service.linking.features import FEATURES, Case, Context, bond_to
from nisba_service.linking.groups import NameGroup
from nisba_service.linking.knowledge import Knowledge
from nisba_service.linking.model import Candidate, Feature
from nisba_service.linking.policy import Policy
from nisba_service.names.odds import probability
from nisba_service.names.types import EntityType


class Scorer:
    """Scores candidates by what is known of them and by one policy. Immutable."""

    def __init__(self, knowledge: Knowledge, policy: Policy) -> None:
        self._knowledge = knowledge
        self._policy = policy
        weights = {weight.feature: weight.weight for weight in policy.weights}
        self._weights = [(name, of, weights[name]) for name, of in FEATURES]

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
        cases = self._cases(group, matches, context)
        candidates = [self._candidate(group, case) for case in cases]
        return tuple(sorted(candidates, key=lambda c: (-c.score, c.entity_id)))

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
        cases = [
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
        return [case for case in cases if not is_barred(case)]

    def _candidate(self, group: NameGroup, case: Case) -> Candidate:
        features = []
        total = 0.0
        for name, measure, weight in self._weights:
            value = measure(case)
            total += weight * value
            if value:
                features.append(Feature(name, value, weight))
        return Candidate(
            entity_id=case.entity_id,
            name=case.card.names[group.language],
            type=case.card.type,
            score=probability(total),
            matched_name=case.match.name.name,
            features=tuple(features),
        )


def exact(matches: Iterable[NameMatch]) -> list[str]:
    """Return the entities that have the name as it is stored, but for titles and article."""
    return [
        match.entity_id
        for match in matches
        if match.comparison.left.plain == match.comparison.right.plain
    ]
