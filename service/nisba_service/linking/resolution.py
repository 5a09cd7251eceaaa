"""Decides the names of one document together: long names first, then what they explain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nisba_service.gazetteer.index import NameMatch
from nisba_service.linking.alone import Alone, NamesAlone
from nisba_service.linking.antecedents import Bond, references
from nisba_service.linking.clues import NO_CLUES, Clues
from nisba_service.linking.decide import decide
from nisba_service.linking.features import Antecedent, Context
from nisba_service.linking.graph import Surroundings
from nisba_service.linking.groups import NameGroup, split_by_country
from nisba_service.linking.knowledge import Knowledge
from nisba_service.linking.lexicon import CountryShares
from nisba_service.linking.model import Decision, Outcome
from nisba_service.linking.new_names import new_name_key
from nisba_service.linking.policy import Policy
from nisba_service.linking.scoring import Scorer
from nisba_service.linking.ties import Ties, find_ties


@dataclass(frozen=True, slots=True)
class Resolved:
    """One decision for mentions of one name.

    Attributes:
        mentions: indices of the mentions that it holds for, in order.
        decision: the answer.
        antecedents: indices of the mentions of the other name that settled it; empty if none did.
        new_name_key: for NIL, the key of the name, or of its longer form.
    """

    mentions: tuple[int, ...]
    decision: Decision
    antecedents: tuple[int, ...] = ()
    new_name_key: str = ""


@dataclass(frozen=True, slots=True)
class _Names:
    """The document's names with what was found for each, index by index.

    `own_anchors` holds the entity that a name, and no other name, denotes beyond doubt.
    """

    groups: Sequence[NameGroup]
    clues: Clues
    alone: Sequence[Alone]
    own_anchors: Sequence[str | None]
    ties: Ties
    surroundings: Surroundings
    countries: CountryShares


@dataclass(frozen=True, slots=True)
class _Settled:
    """A tie as some mentions see it: the bond, the other name, and the decision for that."""

    bond: Bond
    group: int
    resolved: Resolved

    @property
    def entity_id(self) -> str:
        """Return what the other name denotes; "" if it is not one entity."""
        return self.resolved.decision.entity_id


@dataclass(frozen=True, slots=True)
class _Reading:
    """Mentions of a name that see the same other names."""

    index: int
    mentions: tuple[int, ...]
    known: tuple[_Settled, ...]


class DocumentResolver:
    """Decides the distinct names of a document. Immutable."""

    def __init__(self, knowledge: Knowledge, policy: Policy) -> None:
        self._scorer = Scorer(knowledge, policy)
        self._alone = NamesAlone(self._scorer, policy)
        self._knowledge = knowledge
        self._policy = policy

    def resolve_alone(self, group: NameGroup) -> Decision:
        """Return the decision for a name without a document."""
        return self._alone.of(group).decision

    def resolve(self, groups: Sequence[NameGroup], clues: Clues = NO_CLUES) -> list[Resolved]:
        """Return the decisions for the mentions of each group.

        1. Each name by itself: those that are clear are context for the others.
        2. Names without a longer form in the document, in that context.
        3. Short names, by what their longer forms turned out to denote. A short name has more than
           one decision if further longer forms turn up between its mentions.
        """
        names = self._read(groups, clues)
        resolved: list[Resolved] = []
        of_mention: dict[int, Resolved] = {}
        for index in names.ties.order:
            established = ""
            for reading in _readings(index, names, of_mention):
                decided = self._settle(names, reading, established)
                established = decided.decision.entity_id
                of_mention.update(dict.fromkeys(reading.mentions, decided))
                resolved.append(decided)
        return resolved

    def _read(self, whole: Sequence[NameGroup], clues: Clues) -> _Names:
        groups, alone = [], []
        for group in whole:
            found = self._alone.of(group)
            parts = split_by_country(group, clues.beside, found.countries)
            groups += parts
            alone += [found] * len(parts)
        known = [found.known for found in alone]
        counts = Counter(name.anchor for name in known if name.anchor is not None)
        return _Names(
            groups=groups,
            clues=clues,
            alone=alone,
            own_anchors=[
                name.anchor if name.anchor and counts[name.anchor] == 1 else None for name in known
            ],
            ties=find_ties(groups, known, clues.definitions),
            surroundings=Surroundings(self._knowledge, counts.keys()),
            countries=CountryShares({id: self._scorer.countries(id) for id in counts}),
        )

    def _settle(self, names: _Names, reading: _Reading, established: str) -> Resolved:
        group = names.groups[reading.index]
        denoted = {s.entity_id: s.group for s in reversed(reading.known) if s.entity_id}
        matches = _with_antecedents(names, reading.index, denoted)
        context = self._context(names, reading, established, matches)
        decision = self._decision(names, reading.index, matches, context)
        settled_by = denoted.get(decision.entity_id)
        return Resolved(
            mentions=reading.mentions,
            decision=decision,
            antecedents=() if settled_by is None else names.groups[settled_by].mentions,
            new_name_key=_new_name_key(group, decision, reading.known),
        )

    def _decision(
        self, names: _Names, index: int, matches: Sequence[NameMatch], context: Context
    ) -> Decision:
        if context.antecedents:
            candidates = self._scorer.score(names.groups[index], matches, context)
            return decide(candidates, self._policy)
        alone = names.alone[index]
        candidates = self._scorer.score_bearers(alone.bearers, context)
        if candidates == alone.decision.candidates:
            return alone.decision
        return decide(candidates, self._policy)

    def _context(
        self, names: _Names, reading: _Reading, established: str, matches: Sequence[NameMatch]
    ) -> Context:
        clues, own = names.clues, names.own_anchors[reading.index]
        return Context(
            relatedness=self._relatedness(names, own, matches),
            antecedents=tuple(_antecedents(reading.known)),
            established=established,
            salience=_salience(reading.known),
            beside=frozenset().union(*(clues.beside[m] for m in reading.mentions)),
            around=frozenset().union(*(clues.around[m] for m in reading.mentions)),
            of_others=names.countries.without(own),
            date=clues.date,
            latest_year=clues.latest_year,
        )

    def _relatedness(
        self, names: _Names, own: str | None, matches: Sequence[NameMatch]
    ) -> dict[str, float]:
        """Return the relatedness of each candidate to what the *other* names denote."""
        related = names.surroundings.relatedness
        cap = self._policy.related_cap
        return {m.entity_id: min(cap, related(m.entity_id, without=own)) for m in matches}


def _readings(index: int, names: _Names, of_mention: Mapping[int, Resolved]) -> Iterator[_Reading]:
    """Yield the mentions of a name in parts that see the same decisions, in order."""
    mentions_of: dict[tuple[tuple[int, int], ...], list[int]] = {}
    known_to: dict[tuple[tuple[int, int], ...], tuple[_Settled, ...]] = {}
    for mention in names.groups[index].mentions:
        seen = references(mention, names.ties.of[index], names.groups, names.clues.headline)
        known = tuple(_Settled(r.tie.bond, r.tie.group, of_mention[r.mention]) for r in seen)
        key = tuple((settled.group, settled.resolved.mentions[0]) for settled in known)
        mentions_of.setdefault(key, []).append(mention)
        known_to[key] = known
    for key, mentions in mentions_of.items():
        yield _Reading(index, tuple(mentions), known_to[key])


def _antecedents(known: Sequence[_Settled]) -> Iterator[Antecedent]:
    for settled in known:
        if settled.resolved.decision.outcome is not Outcome.AMBIGUOUS:
            yield Antecedent(settled.entity_id or None, settled.bond)


def _salience(known: Sequence[_Settled]) -> dict[str, float]:
    """Return how often the document has each entity's longer names, the commonest being 1."""
    counts: Counter[str] = Counter()
    for settled in known:
        if settled.entity_id:
            counts[settled.entity_id] += len(settled.resolved.mentions)
    most = max(counts.values(), default=1)
    return {entity_id: count / most for entity_id, count in counts.items()}


def _new_name_key(group: NameGroup, decision: Decision, known: Sequence[_Settled]) -> str:
    if decision.outcome is not Outcome.NIL:
        return ""
    of_other = next((s.resolved.new_name_key for s in known if s.resolved.new_name_key), "")
    return of_other or new_name_key(group.name, group.type)


def _with_antecedents(
    names: _Names, index: int, denoted: Mapping[str, int]
) -> tuple[NameMatch, ...]:
    """Return the matches of a name, those of its longer forms in their place.

    "Bardella" agrees poorly with "Jordan Bardella", as which it is known in this document.
    """
    of_other = {
        entity_id: match
        for entity_id, other in denoted.items()
        for match in names.alone[other].matches
        if match.entity_id == entity_id
    }
    own = {match.entity_id: match for match in names.alone[index].matches}
    return tuple((own | of_other).values())
