"""The peer: Stanza's tags, and the stored name that looks most like each, above a cutoff.

    name, score, _ = process.extractOne(tagged, names, scorer=fuzz.WRatio)

It gets what a careful user would give it: rapidfuzz's own preprocessing (case, punctuation), the
language of every document, the same tagging models as Nisba, in Arabic one leading particle taken
off where the rest is a stored name, and for each language the cutoff that is best on the documents
it is then measured on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process, utils

from nisba_service.evaluation.gold import GoldDocument
from nisba_service.evaluation.matching import Answer, match
from nisba_service.evaluation.scores import score
from nisba_service.evaluation.systems import Answers
from nisba_service.gazetteer.model import Gazetteer
from nisba_service.linking.model import Outcome
from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.model import Tagger

PARTICLES = "وفبلكس"
CUTOFFS = tuple(range(60, 101))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A span, the entity whose name looks most like it, and how much, in 0 to 100."""

    start: int
    end: int
    entity_id: str
    score: float


class Lookalikes:
    """All names of a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        bearers: dict[str, str] = {}
        for entity in gazetteer.entities.values():
            for name in entity.names:
                bearers.setdefault(utils.default_process(name.name), entity.id)
        self._names = [*bearers]
        self._bearers = bearers
        self._best = cache(self._extract)

    def propose(self, document: GoldDocument, start: int, end: int) -> Proposal:
        """Return the most alike entity of a span, a particle before its name left outside."""
        text = document.text[start:end]
        if document.language is Language.AR and text[0] in PARTICLES and self._knows(text[1:]):
            start += 1
        return Proposal(start, end, *self._best(document.text[start:end]))

    def _knows(self, name: str) -> bool:
        return utils.default_process(name) in self._bearers

    def _extract(self, name: str) -> tuple[str, float]:
        found = process.extractOne(utils.default_process(name), self._names, scorer=fuzz.WRatio)
        return self._bearers[found[0]], found[1]


class Peer:
    """Stanza and extractOne, as a system to evaluate."""

    def __init__(self, tagger: Tagger, lookalikes: Lookalikes) -> None:
        self._tagger = tagger
        self._lookalikes = lookalikes
        self._cutoffs: Mapping[Language, int] = {}

    @property
    def cutoffs(self) -> Mapping[Language, int]:
        """Return the cutoff of each language, after `end_to_end` has chosen them."""
        return self._cutoffs

    def end_to_end(self, documents: Sequence[GoldDocument]) -> Answers:
        """Choose the best cutoff of each language, and return the answers at the tagged spans."""
        proposed = [self._tagged(document) for document in documents]
        self._cutoffs = {
            language: _best_cutoff(
                [
                    pair
                    for pair in zip(documents, proposed, strict=True)
                    if pair[0].language is language
                ]
            )
            for language in Language
        }
        return self._answers(documents, proposed)

    def spans_given(self, documents: Sequence[GoldDocument]) -> Answers:
        """Return the answers at the gold spans, with the cutoffs of `end_to_end`."""
        proposed = [
            [self._lookalikes.propose(document, gold.start, gold.end) for gold in document.mentions]
            for document in documents
        ]
        return self._answers(documents, proposed)

    def _tagged(self, document: GoldDocument) -> list[Proposal]:
        (spans,) = self._tagger.tag([document.text], document.language)
        return [
            self._lookalikes.propose(document, span.start, span.end)
            for span in spans
            if span.type is not EntityType.MISC
        ]

    def _answers(
        self, documents: Sequence[GoldDocument], proposed: Sequence[Sequence[Proposal]]
    ) -> Answers:
        return [
            _decided(proposals, self._cutoffs[document.language])
            for document, proposals in zip(documents, proposed, strict=True)
        ]


def _decided(proposals: Sequence[Proposal], cutoff: float) -> tuple[Answer, ...]:
    return tuple(
        Answer(p.start, p.end, Outcome.LINKED, p.entity_id, p.score / 100)
        if p.score >= cutoff
        else Answer(p.start, p.end, Outcome.NIL, confidence=p.score / 100)
        for p in proposals
    )


def _best_cutoff(proposed: Sequence[tuple[GoldDocument, Sequence[Proposal]]]) -> int:
    """Return the cutoff with the best F1 of links, the highest of equal ones."""

    def f1(cutoff: int) -> tuple[float, int]:
        matched = [match(document, _decided(found, cutoff)) for document, found in proposed]
        return score(matched).in_kb.f1 or 0.0, cutoff

    return max(CUTOFFS, key=f1)
