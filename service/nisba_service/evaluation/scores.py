"""Matched documents in, figures out.

What is counted:

- mentions: a gold mention is found if an answer has exactly its span; for the second figure, if an
  answer shares a place with it, each answer serving one mention.
- in the gazetteer (InKB): right is a link at exactly the gold span to who is meant, or to one of
  `also_ok`. Every other link is a false positive: to somebody else, on a NIL, outside any mention.
  A gold mention whose entity the gazetteer has, and that has no right link, is a false negative.
- NIL: right is the answer NIL at exactly the span of a gold NIL.

An answer that `also_ok` permits across that line (a link for a gold NIL, NIL for a gold entity) is
no error, and is counted on neither side.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from nisba_service.evaluation.calibration import Calibration, Share, calibration
from nisba_service.evaluation.matching import Answer, Matched, Pair, Verdict
from nisba_service.linking.model import Outcome
from nisba_service.names.types import EntityType

PER_TOKENS = 1_000


@dataclass(frozen=True, slots=True)
class Agreement:
    """Right answers, all answers, and what there was to find; a figure of nothing is None."""

    right: int
    answered: int
    gold: int

    @property
    def precision(self) -> float | None:
        """Return the share of the answers that are right."""
        return Share(self.right, self.answered).value

    @property
    def recall(self) -> float | None:
        """Return the share of what there was to find that was found."""
        return Share(self.right, self.gold).value

    @property
    def f1(self) -> float | None:
        """Return the harmonic mean of precision and recall."""
        return Share(2 * self.right, self.answered + self.gold).value


@dataclass(frozen=True, slots=True)
class TagScore:
    """The gold mentions of a tag by verdict; the five numbers add up to `mentions`."""

    tag: str
    mentions: int
    right: int
    ambiguous: int
    wrong: int
    unknown: int
    missed: int

    @property
    def accuracy(self) -> float | None:
        """Return the share that is answered right."""
        return Share(self.right, self.mentions).value


@dataclass(frozen=True, slots=True)
class Scores:
    """All figures of some documents.

    Attributes:
        documents, tokens: how much text.
        mentions: found at exactly the gold span.
        mentions_overlapping: found at a span that shares a place with the gold span.
        in_kb: links, against the gold mentions whose entities the gazetteer has.
        nil: NIL answers, against the gold mentions that it does not have.
        nil_linked: gold NILs with a wrong link at their place, whatever its span.
        nil_persons_linked: the same, people only.
        links_outside: links that share no place with any gold mention.
        tags: by tag, in alphabetical order.
        calibration: of all links; one that is not right as in `in_kb` is wrong.
    """

    documents: int
    tokens: int
    mentions: Agreement
    mentions_overlapping: Agreement
    in_kb: Agreement
    nil: Agreement
    nil_linked: Share
    nil_persons_linked: Share
    links_outside: int
    tags: tuple[TagScore, ...]
    calibration: Calibration

    @property
    def links_outside_per_1000_tokens(self) -> float | None:
        """Return the links that share no place with any gold mention, per 1 000 tokens."""
        return PER_TOKENS * self.links_outside / self.tokens if self.tokens else None


def score(matched: Sequence[Matched]) -> Scores:
    """Return the figures of documents, every mention counting the same (micro-average)."""
    pairs = [pair for document in matched for pair in document.pairs]
    stray = [a for document in matched for a in (*document.elsewhere, *document.outside)]
    nils = [pair for pair in pairs if pair.gold.is_nil]
    answered = sum(document.answer_count for document in matched)
    found = sum(pair.answer is not None for pair in pairs)
    overlapping = sum(document.overlapping for document in matched)
    return Scores(
        documents=len(matched),
        tokens=sum(document.document.token_count for document in matched),
        mentions=Agreement(found, answered, len(pairs)),
        mentions_overlapping=Agreement(overlapping, answered, len(pairs)),
        in_kb=_in_kb(pairs, stray),
        nil=_nil(pairs, stray),
        nil_linked=_linked(nils),
        nil_persons_linked=_linked([p for p in nils if p.gold.type is EntityType.PERSON]),
        links_outside=sum(a.is_link for document in matched for a in document.outside),
        tags=_by_tag(pairs),
        calibration=calibration(_links(pairs, stray)),
    )


def _in_kb(pairs: Iterable[Pair], stray: Iterable[Answer]) -> Agreement:
    right = answered = gold = 0
    for pair in pairs:
        is_right = pair.verdict is Verdict.RIGHT
        if not pair.gold.is_nil:
            is_link = pair.answer is not None and pair.answer.is_link
            right += is_right and is_link
            answered += is_link
            gold += is_link or not is_right
        elif pair.verdict is Verdict.WRONG:
            answered += 1
    return Agreement(right, answered + sum(answer.is_link for answer in stray), gold)


def _nil(pairs: Iterable[Pair], stray: Iterable[Answer]) -> Agreement:
    right = answered = gold = 0
    for pair in pairs:
        is_right = pair.verdict is Verdict.RIGHT
        if pair.gold.is_nil:
            is_nil = _is_nil(pair.answer)
            right += is_right and is_nil
            answered += is_nil
            gold += is_nil or not is_right
        elif pair.verdict is Verdict.UNKNOWN:
            answered += 1
    return Agreement(right, answered + sum(map(_is_nil, stray)), gold)


def _is_nil(answer: Answer | None) -> bool:
    return answer is not None and answer.outcome is Outcome.NIL


def _linked(nils: Sequence[Pair]) -> Share:
    return Share(sum(pair.is_linked_wrongly for pair in nils), len(nils))


def _by_tag(pairs: Iterable[Pair]) -> tuple[TagScore, ...]:
    verdicts: dict[str, Counter[Verdict]] = defaultdict(Counter)
    for pair in pairs:
        for tag in pair.gold.tags:
            verdicts[tag][pair.verdict] += 1
    return tuple(
        TagScore(
            tag=tag,
            mentions=counts.total(),
            right=counts[Verdict.RIGHT],
            ambiguous=counts[Verdict.AMBIGUOUS],
            wrong=counts[Verdict.WRONG],
            unknown=counts[Verdict.UNKNOWN],
            missed=counts[Verdict.MISSED],
        )
        for tag, counts in sorted(verdicts.items())
    )


def _links(pairs: Iterable[Pair], stray: Iterable[Answer]) -> Iterator[tuple[float, bool]]:
    """Yield the confidence of every link, and whether it is right."""
    for pair in pairs:
        if pair.answer is not None and pair.answer.is_link:
            yield pair.answer.confidence, pair.gold.accepts(pair.answer.entity_id)
    for answer in stray:
        if answer.is_link:
            yield answer.confidence, False
