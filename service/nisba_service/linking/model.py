"""What linking says: candidates, and one of three outcomes for each mention."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from nisba_service.names.types import EntityType
from nisba_service.tagging.model import Mention


class Outcome(StrEnum):
    """LINKED to one entity; AMBIGUOUS: several fit and nothing decides; NIL: nobody fits."""

    LINKED = "LINKED"
    AMBIGUOUS = "AMBIGUOUS"
    NIL = "NIL"


class Feature(NamedTuple):
    """One measured agreement between a mention and a candidate.

    `weight` is what one unit of it adds to the candidate's log-odds. A tuple, since an article has
    hundreds of them.
    """

    name: str
    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that might be meant, its score in [0, 1], and what the score is made of."""

    entity_id: str
    name: str
    type: EntityType
    score: float
    matched_name: str
    features: tuple[Feature, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer for one name. `entity_id` is set if and only if LINKED.

    `confidence` is the probability that the best candidate is right, whatever the outcome.
    """

    outcome: Outcome
    entity_id: str
    confidence: float
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A mention and its decision.

    `antecedent` is the index in the document's links of the longer mention that settled it.
    `new_name_key` is set for NIL: spellings of one new name share it, in either script.
    """

    mention: Mention
    decision: Decision
    antecedent: int | None = None
    new_name_key: str = ""

    @property
    def type(self) -> EntityType:
        """Return what the mention is taken to be: what it is linked to, else as it was tagged."""
        best = self.decision.candidates
        if self.mention.type is not None and self.decision.outcome is not Outcome.LINKED:
            return self.mention.type
        return best[0].type if best else EntityType.MISC


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made an answer: equal provenance and equal input give an equal answer."""

    gazetteer_version: str
    model_version: str = ""
    policy_version: str = ""
    gazetteer_revision: int = 0


@dataclass(frozen=True, slots=True)
class LinkedDocument:
    """A document's links in order of start. `language` is "en", "ar", "mul" or "und"."""

    id: str
    language: str
    links: tuple[Link, ...]
    provenance: Provenance
