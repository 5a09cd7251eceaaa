"""Decides the names of one document together: long names first, then what they explain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nisba_service.gazetteer.index import NameMatch
from nisba_service.linking.antecedents import longer_forms, name_length, visible_forms
from nisba_service.linking.decide import decide
from nisba_service.linking.features import NO_CONTEXT, Context
from nisba_service.linking.graph import RelationGraph, Surroundings
from nisba_service.linking.groups import NameGroup
from nisba_service.linking.model import Decision, Outcome
from nisba_service.linking.new_names import new_name_key
from nisba_service.linking.policy import Policy
from nisba_service.linking.scoring import Scorer


@dataclass(frozen=True, slots=True)
class Resolved:
    """One decision for mentions of one name.

    Attributes:
        mentions: indices of the mentions that it holds for, in order.
        decision: the answer.
        antecedents: indices of the mentions of the longer name that settled it; empty if none did.
        new_name_key: for NIL, the key of the name, or of its longer form.
    """

    mentions: tuple[int, ...]
    decision: Decision
    antecedents: tuple[int, ...] = ()
    new_name_key: str = ""


@dataclass(frozen=True, slots=True)
class _Names:
    """The document's groups with what was found for each, index by index.

    `own_anchors` holds the entity that a group, and no other group, denotes beyond doubt.
    """

    groups: Sequence[NameGroup]
    matches: Sequence[tuple[NameMatch, ...]]
    longer: Sequence[tuple[int, ...]]
    own_anchors: Sequence[str | None]
    surroundings: Surroundings


class DocumentResolver:
    """Decides the distinct names of a document. Immutable."""

    def __init__(self, scorer: Scorer, graph: RelationGraph, policy: Policy) -> None:
        self._scorer = scorer
        self._graph = graph
        self._policy = policy

    def resolve_alone(self, group: NameGroup) -> Decision:
        """Return the decision for a name without a document."""
        return self.resolve([group])[0].decision

    def resolve(self, groups: Sequence[NameGroup], headline: int = 0) -> list[Resolved]:
        """Return the decisions for the mentions of each group.

        1. Each name by itself: those that are clear are context for the others.
        2. Names without a longer form in the document, in that context.
        3. Short names, by what their longer forms turned out to denote. A short name has more than
           one decision if further longer forms turn up between its mentions.

        Args:
            groups: the names of a document.
            headline: number of mentions in its first line, which looks ahead.
        """
        names = self._read(groups)
        settled: dict[int, list[Resolved]] = {}
        # A longer form has more parts than its short forms, so it is settled before them.
        for index in sorted(range(len(groups)), key=lambda i: -name_length(groups[i])):
            readings = visible_forms(index, groups, names.longer[index], headline)
            settled[index] = [
                self._settle(index, names, mentions, {i: settled[i][0] for i in visible})
                for visible, mentions in readings.items()
            ]
        return [resolved for index in range(len(groups)) for resolved in settled[index]]

    def _read(self, groups: Sequence[NameGroup]) -> _Names:
        matches = [self._scorer.retrieve(group) for group in groups]
        anchors = [self._anchor(g, m) for g, m in zip(groups, matches, strict=True)]
        counts = Counter(anchor for anchor in anchors if anchor is not None)
        own_anchors = [a if a is not None and counts[a] == 1 else None for a in anchors]
        surroundings = Surroundings(self._graph, counts.keys())
        longer = longer_forms(groups, [anchor is not None for anchor in anchors])
        return _Names(groups, matches, longer, own_anchors, surroundings)

    def _anchor(self, group: NameGroup, matches: tuple[NameMatch, ...]) -> str | None:
        """Return the entity that the name denotes beyond doubt without any context, if any."""
        decision = decide(self._scorer.score(group, matches, NO_CONTEXT), self._policy)
        clear = decision.outcome is Outcome.LINKED and decision.confidence >= self._policy.anchor_at
        return decision.entity_id if clear else None

    def _settle(
        self,
        index: int,
        names: _Names,
        mentions: tuple[int, ...],
        longer: Mapping[int, Resolved],
    ) -> Resolved:
        denoted: dict[str, int] = {}
        for i, form in longer.items():
            if form.decision.outcome is Outcome.LINKED:
                denoted.setdefault(form.decision.entity_id, i)
        matches = _with_antecedents(names, index, denoted)
        context = Context(
            relatedness=self._relatedness(index, names, matches),
            antecedents=tuple(denoted),
            has_unknown_antecedent=any(
                form.decision.outcome is Outcome.NIL for form in longer.values()
            ),
        )
        decision = decide(self._scorer.score(names.groups[index], matches, context), self._policy)
        settled_by = denoted.get(decision.entity_id)
        antecedents = () if settled_by is None else names.groups[settled_by].mentions
        key = _new_name_key(names.groups[index], decision, longer)
        return Resolved(mentions, decision, antecedents, key)

    def _relatedness(
        self, index: int, names: _Names, matches: Sequence[NameMatch]
    ) -> dict[str, float]:
        """Return the relatedness of each candidate to what the *other* names denote."""
        related = names.surroundings.relatedness
        own = names.own_anchors[index]
        cap = self._policy.related_cap
        return {m.entity_id: min(cap, related(m.entity_id, without=own)) for m in matches}


def _new_name_key(group: NameGroup, decision: Decision, longer: Mapping[int, Resolved]) -> str:
    if decision.outcome is not Outcome.NIL:
        return ""
    of_longer_form = next((form.new_name_key for form in longer.values()), "")
    return of_longer_form or new_name_key(group.name, group.type)


def _with_antecedents(
    names: _Names, index: int, denoted: Mapping[str, int]
) -> tuple[NameMatch, ...]:
    """Return the matches of a name, those of its longer forms in their place.

    "Bardella" agrees poorly with "Jordan Bardella", as which it is known in this document.
    """
    of_longer_form = {
        entity_id: match
        for entity_id, longer in denoted.items()
        for match in names.matches[longer]
        if match.entity_id == entity_id
    }
    own = {match.entity_id: match for match in names.matches[index]}
    return tuple((own | of_longer_form).values())
