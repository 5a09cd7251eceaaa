"""What a report says, before it is written down in any form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nisba_service.archive.context import Context
from nisba_service.archive.manifest import Origin
from nisba_service.archive.report.tally import Count
from nisba_service.archive.tables import Change
from nisba_service.linking.model import Outcome
from nisba_service.names.types import EntityType, Language


@dataclass(frozen=True, slots=True)
class Named:
    """An entity, and the names that it is shown under; "" where the archive has none."""

    id: str
    english: str = ""
    arabic: str = ""

    @property
    def names(self) -> tuple[tuple[Language, str], ...]:
        """Return the names that there are, each with its language."""
        both = ((Language.EN, self.english), (Language.AR, self.arabic))
        return tuple((language, name) for language, name in both if name)


@dataclass(frozen=True, slots=True)
class Example:
    """A mention in its text."""

    document_id: str
    date: date | None
    context: Context


@dataclass(frozen=True, slots=True)
class Answer:
    """What a mention was said to be: an entity, if it was linked."""

    outcome: Outcome
    entity: Named | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """The mentions that changed from one answer to another; None: there is no mention.

    `because` holds the entities whose change made the documents of the examples be linked again.
    """

    before: Answer | None
    after: Answer | None
    count: Count
    because: tuple[Named, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class ChangeKind:
    """The mentions that changed in one manner, and the most frequent ways of it."""

    change: Change
    count: Count
    ways: tuple[Way, ...]
    way_total: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two states.

    Attributes:
        before: the name of the earlier state.
        documents: documents that both states cover.
        not_compared: documents that only one of them covers.
        total: all mentions that changed, and the documents that hold them.
        kinds: what changed, the gravest first; what did not happen is left out.
        reasons: the changed entities that made most change, each with what changed in the
            documents that were linked again because of it; a document may have several.
        reason_total: how many such entities there are.
        reasons_known: whether incremental runs lead from one state to the other.
    """

    before: str
    documents: int
    not_compared: int
    total: Count
    kinds: tuple[ChangeKind, ...]
    reasons: tuple[tuple[Named, Count], ...]
    reason_total: int
    reasons_known: bool


@dataclass(frozen=True, slots=True)
class EntityOverTime:
    """An entity's mentions by month: 12 × year + month - 1, in order; empty ones are left out."""

    entity: Named
    count: Count
    months: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class NewName:
    """Spellings that are taken for one name that the gazetteer lacks, the most frequent first."""

    type: EntityType
    count: Count
    spellings: tuple[tuple[str, int], ...]
    spelling_total: int
    first: date | None
    last: date | None
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class WeakLink:
    """A name that was linked with little confidence."""

    name: str
    entity: Named
    lowest: float
    count: Count
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class AmbiguousName:
    """A name that several entities fit, as in the first example: each with its score."""

    name: str
    count: Count
    candidates: tuple[tuple[Named, float], ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """The archive in numbers.

    Attributes:
        documents: documents of the state, also those without mentions.
        outcomes: by outcome.
        languages: by the language of the mention.
        undated: mentions in documents without a date.
        entities: entities that are linked.
    """

    documents: int
    outcomes: tuple[tuple[Outcome, Count], ...]
    languages: tuple[tuple[str, Count], ...]
    undated: int
    entities: int

    @property
    def mentions(self) -> int:
        """Return the number of all mentions."""
        return sum(count.mentions for _, count in self.outcomes)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that the page tells of a state, and of the way to it."""

    state: str
    origin: Origin
    totals: Totals
    changes: Changes | None
    entities: tuple[EntityOverTime, ...]
    new_names: tuple[NewName, ...]
    new_name_total: int
    weak: tuple[WeakLink, ...]
    weak_total: int
    ambiguous: tuple[AmbiguousName, ...]
    ambiguous_total: int
