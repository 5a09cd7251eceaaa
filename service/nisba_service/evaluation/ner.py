"""Entity-level scores of a tagger: an entity is right if its span is, and its type.

People, organisations and places count, MISC does not: the tag sets differ in what it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from nisba_service.evaluation.bio import TaggedSentence
from nisba_service.evaluation.scores import Agreement
from nisba_service.evaluation.tables import Row, Table, number
from nisba_service.names.types import EntityType
from nisba_service.tagging.model import TaggedSpan

T = TypeVar("T")

TYPES = (EntityType.PERSON, EntityType.ORGANIZATION, EntityType.LOCATION)


@dataclass(frozen=True, slots=True)
class TypeScore:
    """The entities of one type."""

    type: EntityType
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class NerScores:
    """`all` wants span and type, `span_only` the span alone; both over all types together."""

    sentences: int
    tokens: int
    types: tuple[TypeScore, ...]
    all: Agreement
    span_only: Agreement


def ner_scores(gold: Sequence[TaggedSentence], tagged: Sequence[Sequence[TaggedSpan]]) -> NerScores:
    """Score the entities that a tagger found in each sentence; spans are in tokens."""
    expected = {(i, s) for i, sentence in enumerate(gold) for s in _counted(sentence.entities)}
    found = {(i, s) for i, spans in enumerate(tagged) for s in _counted(spans)}
    return NerScores(
        sentences=len(gold),
        tokens=sum(len(sentence.tokens) for sentence in gold),
        types=tuple(
            TypeScore(type_, _agreement(_of(type_, expected), _of(type_, found))) for type_ in TYPES
        ),
        all=_agreement(expected, found),
        span_only=_agreement(_untyped(expected), _untyped(found)),
    )


def ner_table(scores: NerScores) -> Table:
    """Return a row for each type, for all of them, and for spans whatever their type."""
    return Table(
        title=f"{scores.sentences} sentences, {scores.tokens} tokens",
        header=("entities", "gold", "precision", "recall", "F1"),
        rows=(
            *(_row(score.type.value, score.agreement) for score in scores.types),
            _row("all", scores.all),
            _row("span only", scores.span_only),
        ),
    )


def _counted(spans: Iterable[TaggedSpan]) -> list[TaggedSpan]:
    return [span for span in spans if span.type in TYPES]


def _of(type_: EntityType, placed: set[tuple[int, TaggedSpan]]) -> set[tuple[int, TaggedSpan]]:
    return {(index, span) for index, span in placed if span.type is type_}


def _untyped(placed: set[tuple[int, TaggedSpan]]) -> set[tuple[int, int, int]]:
    return {(index, span.start, span.end) for index, span in placed}


def _agreement(expected: set[T], found: set[T]) -> Agreement:
    return Agreement(len(expected & found), len(found), len(expected))


def _row(label: str, agreement: Agreement) -> Row:
    figures = (agreement.precision, agreement.recall, agreement.f1)
    return label, str(agreement.gold), *map(number, figures)
