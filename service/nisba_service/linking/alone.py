"""A name by itself, whatever text it stands in: looked up and weighed once, and kept.

Most names of the news are in it for days, and most texts say nothing of most of their names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from nisba_service.gazetteer.index import NameMatch
from nisba_service.linking.decide import decide
from nisba_service.linking.features import NO_CONTEXT
from nisba_service.linking.groups import NameGroup
from nisba_service.linking.model import Decision, Outcome
from nisba_service.linking.policy import Policy
from nisba_service.linking.scoring import Bearer, Scorer, exact
from nisba_service.linking.ties import Known
from nisba_service.names.types import EntityType, Language

# Some 15 MB where all have several candidates.
_KEPT_NAMES = 4_096


@dataclass(frozen=True, slots=True)
class Alone:
    """What a name says without a text.

    Attributes:
        matches: the entities whose names agree best with it.
        bearers: these as candidates.
        decision: the answer, if there is nothing else to go by.
        known: what the other names of a document may take from it.
        countries: those that tell its bearers apart.
    """

    matches: tuple[NameMatch, ...]
    bearers: tuple[Bearer, ...]
    decision: Decision
    known: Known
    countries: frozenset[str]


class NamesAlone:
    """Looks names up, and keeps what was found. Threads may share it."""

    def __init__(self, scorer: Scorer, policy: Policy) -> None:
        self._of = _remembered(scorer, policy)

    def of(self, group: NameGroup) -> Alone:
        """Return what is known of a group's name; which mentions it has is of no concern."""
        return self._of(group.name, group.type, group.language, group.type_is_certain)


def _remembered(
    scorer: Scorer, policy: Policy
) -> Callable[[str, EntityType | None, Language, bool], Alone]:
    """Return what weighs names. A closure: a method kept by its own object would make a circle."""

    @lru_cache(maxsize=_KEPT_NAMES)
    def of(name: str, type: EntityType | None, language: Language, is_certain: bool) -> Alone:
        group = NameGroup(name, type, language, (), is_certain)
        matches = scorer.retrieve(group)
        bearers = scorer.bearers(group, matches)
        decision = decide(scorer.score_bearers(bearers, NO_CONTEXT), policy)
        known = _known(scorer, matches, decision, policy)
        return Alone(matches, bearers, decision, known, scorer.countries_apart(matches))

    return of


def _known(
    scorer: Scorer, matches: tuple[NameMatch, ...], decision: Decision, policy: Policy
) -> Known:
    is_clear = decision.outcome is Outcome.LINKED and decision.confidence >= policy.anchor_at
    stored = exact(matches)
    return Known(
        exact=[entity_id for entity_id in stored if not scorer.is_place(entity_id)],
        is_stored=bool(stored),
        anchor=decision.entity_id if is_clear else None,
    )
