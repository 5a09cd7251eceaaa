"""Gold mentions beside the answers to them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nisba_service.evaluation.gold import NIL, GoldDocument, GoldMention
from nisba_service.linking.model import Outcome


@dataclass(frozen=True, slots=True)
class Answer:
    """What a system says of one span. `entity_id` is set if and only if LINKED.

    `confidence` is its probability that the entity is right.
    """

    start: int
    end: int
    outcome: Outcome
    entity_id: str = ""
    confidence: float = 0.0

    @property
    def is_link(self) -> bool:
        """Say whether the answer names one entity."""
        return self.outcome is Outcome.LINKED


class Verdict(StrEnum):
    """How the answer to a gold mention is judged."""

    RIGHT = "right"
    AMBIGUOUS = "ambiguous"
    WRONG = "wrong"
    """Linked to somebody who is not meant, whether or not the gazetteer has who is."""
    UNKNOWN = "unknown"
    """Said to be NIL, though the gazetteer has who is meant."""
    MISSED = "missed"
    """No answer has exactly this span."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold mention, the answer at exactly its span, and the answers at other spans in it."""

    gold: GoldMention
    answer: Answer | None
    touching: tuple[Answer, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Judge the answer at the gold span."""
        if self.answer is None:
            return Verdict.MISSED
        if self.answer.is_link:
            right = self.gold.accepts(self.answer.entity_id)
            return Verdict.RIGHT if right else Verdict.WRONG
        if self.answer.outcome is Outcome.AMBIGUOUS:
            return Verdict.AMBIGUOUS
        return Verdict.RIGHT if self.gold.accepts(NIL) else Verdict.UNKNOWN

    @property
    def is_linked_wrongly(self) -> bool:
        """Say whether any link at this place, of whatever span, is to somebody not meant."""
        answers = self.touching if self.answer is None else (self.answer, *self.touching)
        return any(a.is_link and not self.gold.accepts(a.entity_id) for a in answers)


@dataclass(frozen=True, slots=True)
class Matched:
    """A document's gold mentions and a system's answers.

    Attributes:
        pairs: one for each gold mention, in order.
        elsewhere: answers that touch a gold mention and have no gold span.
        outside: answers that touch no gold mention.
        overlapping: gold mentions with an answer of their own, of whatever span.
    """

    document: GoldDocument
    pairs: tuple[Pair, ...]
    elsewhere: tuple[Answer, ...]
    outside: tuple[Answer, ...]
    overlapping: int

    @property
    def answer_count(self) -> int:
        """Return the number of answers."""
        exact = sum(pair.answer is not None for pair in self.pairs)
        return exact + len(self.elsewhere) + len(self.outside)


def match(document: GoldDocument, answers: Iterable[Answer]) -> Matched:
    """Set answers beside the gold mentions.

    Args:
        document: its mentions may overlap each other.
        answers: in any order, not overlapping each other.
    """
    ordered = sorted(answers, key=lambda answer: answer.start)
    exact = {(answer.start, answer.end): answer for answer in ordered}
    gold_spans = {(gold.start, gold.end) for gold in document.mentions}
    others = [a for a in ordered if (a.start, a.end) not in gold_spans]
    pairs = tuple(
        Pair(gold, exact.get((gold.start, gold.end)), _touching(gold, others))
        for gold in document.mentions
    )
    touched = {answer for pair in pairs for answer in pair.touching}
    return Matched(
        document=document,
        pairs=pairs,
        elsewhere=tuple(answer for answer in others if answer in touched),
        outside=tuple(answer for answer in others if answer not in touched),
        overlapping=_overlapping(pairs),
    )


def _touching(gold: GoldMention, ordered: Sequence[Answer]) -> tuple[Answer, ...]:
    first = bisect_right(ordered, gold.start, key=lambda answer: answer.end)
    last = first
    while last < len(ordered) and ordered[last].start < gold.end:
        last += 1
    return tuple(ordered[first:last])


def _overlapping(pairs: Iterable[Pair]) -> int:
    """Count gold mentions that get an answer when each answer serves one mention only."""
    used: set[Answer] = set()
    found = 0
    for pair in pairs:
        free = next((answer for answer in pair.touching if answer not in used), None)
        if pair.answer is not None:
            found += 1
        elif free is not None:
            used.add(free)
            found += 1
    return found
