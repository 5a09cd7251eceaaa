"""What is measured, as it is kept between two sittings: plain values that go into JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

ONE = "one spelling"


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock and of the processor, of all processes; MiB of the largest of them."""

    clock: float
    processor: float
    mib: float

    def less(self, idle: Cost) -> Cost:
        """Return what is left when what a start takes is taken off."""
        return Cost(self.clock - idle.clock, self.processor - idle.processor, self.mib)


@dataclass(frozen=True, slots=True)
class Relinked:
    """One edit, and what it cost to follow it.

    Attributes:
        what: the kind of edit.
        rank: the place of the entity among all that articles name, by popularity, from 1; of
            several entities, of the most popular.
        documents: documents that were linked again.
        changes: mentions that are not linked as they were.
    """

    what: str
    rank: int
    documents: int
    changes: int
    cost: Cost


@dataclass(frozen=True, slots=True)
class Again:
    """Linking everything anew, after all edits were followed.

    Attributes:
        equal: shards of links and traces that are the same, by their SHA-256.
        shards: all such shards.
    """

    cost: Cost
    equal: int
    shards: int


@dataclass(frozen=True, slots=True)
class Scale:
    """An archive of one size.

    Attributes:
        idle: following an edit that no link depends on: what every `relink` takes at least.
        again: None: it was not done.
    """

    documents: int
    mentions: int
    linked: Cost
    idle: Cost
    relinked: Sequence[Relinked]
    again: Again | None

    def of(self, what: str) -> list[Relinked]:
        """Return the edits of a kind, the cheapest first."""
        return sorted(
            (edit for edit in self.relinked if edit.what == what),
            key=lambda edit: edit.cost.processor,
        )

    def median(self, what: str) -> float:
        """Return the processor's seconds of the median edit of a kind."""
        return median(edit.cost.processor for edit in self.of(what))

    def median_clock(self, what: str) -> float:
        """Return the seconds on the clock of the median edit of a kind, by the clock."""
        return median(edit.cost.clock for edit in self.of(what))


@dataclass(frozen=True, slots=True)
class Tagged:
    """Tagging of a sample, by one worker and by two; `idle`: of two documents only.

    Attributes:
        found: the share of all names in the sample that are found exactly, of each language.
    """

    documents: int
    one: Cost
    two: Cost
    idle_one: Cost
    idle_two: Cost
    found: Sequence[float]

    @property
    def seconds(self) -> float:
        """Return the processor's seconds for a document, without the start."""
        return self.one.less(self.idle_one).processor / self.documents

    @property
    def scaling(self) -> float:
        """Return how many times faster two workers tag than one, without the start."""
        return self.one.less(self.idle_one).clock / self.two.less(self.idle_two).clock
