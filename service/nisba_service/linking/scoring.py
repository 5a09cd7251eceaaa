"""Retrieves the candidates of a name, and scores each by the declared features."""

from __future__ import annotations

from collections.abc import Sequence

from nisba_service.gazetteer.index import NameIndex, NameMatch
from nisba_service.gazetteer.model import Gazetteer
from nisba_service.linking.decide import probability
from nisba_service.linking.features import FEATURES, Case, Context
from nisba_service.linking.graph import RelationGraph
from nisba_service.linking.groups import NameGroup
from nisba_service.linking.model import Candidate, Feature
from nisba_service.linking.policy import Policy


class Scorer:
    """Scores candidates of one gazetteer by one policy. Immutable."""

    def __init__(
        self, gazetteer: Gazetteer, index: NameIndex, graph: RelationGraph, policy: Policy
    ) -> None:
        self._gazetteer = gazetteer
        self._index = index
        self._graph = graph
        self._policy = policy
        self._weights = [(name, of, policy.weight(name)) for name, of in FEATURES]

    def retrieve(self, group: NameGroup) -> tuple[NameMatch, ...]:
        """Return the entities whose names agree best with the group's name.

        A type that is certain limits them. One that is not is a feature of its own here, so the
        index must not count it too.
        """
        limit = self._policy.retrieved
        if not group.type_is_certain:
            return self._index.match(group.name, limit=limit)
        matches = self._index.match(group.name, type=group.type, limit=limit)
        entities = self._gazetteer.entities
        return tuple(m for m in matches if entities[m.entity_id].type is group.type)

    def score(
        self, group: NameGroup, matches: Sequence[NameMatch], context: Context
    ) -> tuple[Candidate, ...]:
        """Return a candidate for each match, best first; equal scores in order of ID."""
        top_fame = self._top_fame(matches)
        candidates = [
            self._candidate(
                group,
                Case(
                    match=match,
                    entity=self._gazetteer.entities[match.entity_id],
                    type=group.type,
                    context=context,
                    fame=self._graph.degree(match.entity_id),
                    top_fame=top_fame if self._is_namesake(match, matches) else 0,
                ),
            )
            for match in matches
        ]
        return tuple(sorted(candidates, key=lambda c: (-c.score, c.entity_id)))

    def _candidate(self, group: NameGroup, case: Case) -> Candidate:
        features = []
        total = 0.0
        for name, measure, weight in self._weights:
            value = measure(case)
            total += weight * value
            if value:
                features.append(Feature(name, value, weight))
        return Candidate(
            entity_id=case.entity.id,
            name=case.entity.primary_name(group.language),
            type=case.entity.type,
            score=probability(total),
            matched_name=case.match.name.name,
            features=tuple(features),
        )

    def _top_fame(self, matches: Sequence[NameMatch]) -> int:
        namesakes = [m for m in matches if self._is_namesake(m, matches)]
        return max((self._graph.degree(m.entity_id) for m in namesakes), default=0)

    def _is_namesake(self, match: NameMatch, matches: Sequence[NameMatch]) -> bool:
        best = max(m.probability for m in matches)
        return match.probability >= best - self._policy.namesake_margin
