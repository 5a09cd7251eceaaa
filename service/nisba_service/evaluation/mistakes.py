"""Every answer that is not right, for the person who improves the linker.

A mistake quotes the text: it is meant for that person's own screen, and must not be logged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nisba_service.evaluation.matching import Answer, Matched, Pair, Verdict

# What a mistake is called whose answer touches no gold mention.
OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Mistake:
    """A gold mention without a right answer, or an answer outside any gold mention.

    Attributes:
        kind: a Verdict, or OUTSIDE.
        start, end: the gold span; for OUTSIDE, the answer's.
        text: the text of that span.
        gold: who is meant, "" for OUTSIDE.
        answers: the answer at the gold span, else those that touch it, none if there is none.
        tags: of the gold mention, in alphabetical order.
    """

    document_id: str
    kind: str
    start: int
    end: int
    text: str
    gold: str
    answers: tuple[Answer, ...]
    tags: tuple[str, ...] = ()


def mistakes(matched: Iterable[Matched]) -> tuple[Mistake, ...]:
    """Return the mistakes of documents, in order of document and place."""
    return tuple(
        mistake
        for document in matched
        for mistake in sorted(_of_document(document), key=lambda m: (m.start, m.end))
    )


def _of_document(matched: Matched) -> Iterator[Mistake]:
    for pair in matched.pairs:
        if pair.verdict is not Verdict.RIGHT:
            yield _of_pair(matched, pair)
    for answer in matched.outside:
        yield Mistake(
            document_id=matched.document.id,
            kind=OUTSIDE,
            start=answer.start,
            end=answer.end,
            text=matched.document.text[answer.start : answer.end],
            gold="",
            answers=(answer,),
        )


def _of_pair(matched: Matched, pair: Pair) -> Mistake:
    return Mistake(
        document_id=matched.document.id,
        kind=pair.verdict.value,
        start=pair.gold.start,
        end=pair.gold.end,
        text=matched.document.text[pair.gold.start : pair.gold.end],
        gold=pair.gold.entity_id,
        answers=pair.touching if pair.answer is None else (pair.answer,),
        tags=tuple(sorted(pair.gold.tags)),
    )
