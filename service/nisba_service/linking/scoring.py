"""Retrieves the candidates of a name, and scores each by the declared features."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from nisba_service.gazetteer.index import NameIndex, NameMatch
from nisba_service.gazetteer.model import Entity, Gazetteer
from nisba_service.linking.barred import is_barred, is_not_name
from nisba_service.linking.features import FEATURES, Case, Context
from nisba_service.linking.graph import RelationGraph
from nisba_service.linking.groups import NameGroup
from nisba_service.linking.lexicon import PART_RELATIONS, Lexicon, Profile
from nisba_service.linking.model import Candidate, Feature
from nisba_service.linking.policy import Policy
from nisba_service.names.odds import probability


class Scorer:
    """Scores candidates of one gazetteer by one policy. Immutable."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        index: NameIndex,
        lexicon: Lexicon,
        graph: RelationGraph,
        policy: Policy,
    ) -> None:
        self._gazetteer = gazetteer
        self._index = index
        self._lexicon = lexicon
        self._graph = graph
        self._policy = policy
        self._weights = [(name, of, policy.weight(name)) for name, of in FEATURES]

    def retrieve(self, group: NameGroup) -> tuple[NameMatch, ...]:
        """Return the entities whose names agree best with the group's name.

        A type that is certain limits them. One that is not is a feature of its own here, so the
        index must not count it too.
        """
        limit = self._policy.retrieved
        certain = group.type if group.type_is_certain else None
        matches = self._index.match(group.name, type=certain, limit=limit)
        entities = self._gazetteer.entities
        return tuple(
            match
            for match in matches
            if match.probability >= self._policy.retrieved_at
            and (certain is None or entities[match.entity_id].type is certain)
            and not is_not_name(entities[match.entity_id], group.name)
        )

    def score(
        self, group: NameGroup, matches: Sequence[NameMatch], context: Context
    ) -> tuple[Candidate, ...]:
        """Return a candidate for each match, best first; equal scores in order of ID."""
        cases = self._cases(group, matches, context)
        candidates = [self._candidate(group, case) for case in cases]
        return tuple(sorted(candidates, key=lambda c: (-c.score, c.entity_id)))

    def profile(self, entity_id: str) -> Profile:
        """Return what the gazetteer says of an entity beside its names."""
        return self._lexicon.profile(entity_id)

    def exact(self, matches: Iterable[NameMatch]) -> list[Entity]:
        """Return the entities that have the name as it is stored, but for titles and article."""
        return [
            self._gazetteer.entities[match.entity_id]
            for match in matches
            if match.comparison.left.plain == match.comparison.right.plain
        ]

    def countries_apart(self, matches: Iterable[NameMatch]) -> frozenset[str]:
        """Return the countries that tell the bearers of a name apart: Lebanon and Libya, طرابلس."""
        of_each = [self.profile(entity.id).countries for entity in self.exact(matches)]
        return frozenset().union(*of_each) if len(set(of_each)) > 1 else frozenset()

    def _cases(
        self, group: NameGroup, matches: Sequence[NameMatch], context: Context
    ) -> list[Case]:
        best = max((m.probability for m in matches), default=0.0)
        least = max(best - self._policy.namesake_margin, self._policy.namesake_at)
        namesakes = {m.entity_id for m in matches if m.probability >= least}
        top_fame = max(map(self._fame, namesakes), default=0)
        holding = {holder for id in namesakes for holder in self._holders(id)} & namesakes
        cases = [
            Case(
                match=match,
                entity=self._gazetteer.entities[match.entity_id],
                profile=self.profile(match.entity_id),
                type=group.type,
                context=context,
                fame=self._fame(match.entity_id),
                top_fame=top_fame if match.entity_id in namesakes else 0,
                holds_namesake=match.entity_id in holding,
                has_namesake=match.entity_id in namesakes and len(namesakes) > 1,
            )
            for match in matches
        ]
        return [case for case in cases if not is_barred(case)]

    def _fame(self, entity_id: str) -> int:
        """Return how much the gazetteer says of an entity: its names and its relations."""
        return len(self._gazetteer.entities[entity_id].names) + self._graph.degree(entity_id)

    def _holders(self, entity_id: str) -> Iterator[str]:
        """Yield what an entity is a part of."""
        for relation in self._gazetteer.entities[entity_id].relations:
            if relation.rel in PART_RELATIONS:
                yield relation.target_id

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
