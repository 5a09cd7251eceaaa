"""What can be evaluated: this process's linker, a service, or whatever else has these methods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeAlias

import nisba
from nisba_service.evaluation.gold import GoldDocument
from nisba_service.evaluation.matching import Answer
from nisba_service.linking.linker import Linker
from nisba_service.linking.model import LinkedDocument, Outcome
from nisba_service.tagging.model import Document, TaggedSpan

# The answers of each document, in the documents' order.
Answers: TypeAlias = list[tuple[Answer, ...]]


class System(Protocol):
    """Answers for documents, whose gold it must not look at, but for the spans when given them."""

    def end_to_end(self, documents: Sequence[GoldDocument]) -> Answers:
        """Return the answers at the mentions that the system finds itself."""
        ...

    def spans_given(self, documents: Sequence[GoldDocument]) -> Answers | None:
        """Return the answers at the gold spans, told with their types; None: it cannot be told."""
        ...


class LocalSystem:
    """The linker in this process. Languages are detected, as they are for any text."""

    def __init__(self, linker: Linker) -> None:
        self._linker = linker

    def end_to_end(self, documents: Sequence[GoldDocument]) -> Answers:
        """Return the answers at the mentions that the linker finds."""
        return [_of_links(d) for d in self._linker.link_many(list(map(_asked, documents)))]

    def spans_given(self, documents: Sequence[GoldDocument]) -> Answers:
        """Return the answers at the gold spans."""
        return [
            _of_links(self._linker.link_spans(_asked(document), _spans(document)))
            for document in documents
        ]


class ServerSystem:
    """A service behind its SDK. The contract has no call that takes spans."""

    def __init__(self, client: nisba.Client) -> None:
        self._client = client

    def end_to_end(self, documents: Sequence[GoldDocument]) -> Answers:
        """Return the answers at the mentions that the service finds. Raises NisbaError."""
        linked = (
            self._client.link(d.text, date=str(d.date or ""), max_candidates=1) for d in documents
        )
        return [tuple(_of_sdk(mention) for mention in document.mentions) for document in linked]

    def spans_given(self, documents: Sequence[GoldDocument]) -> None:
        """Return None: the service finds mentions itself."""


def _asked(document: GoldDocument) -> Document:
    """Return the document without its language, which the linker detects."""
    return Document(document.text, date=document.date)


def _spans(document: GoldDocument) -> list[TaggedSpan]:
    return [TaggedSpan(gold.start, gold.end, gold.type) for gold in document.mentions]


def _of_links(linked: LinkedDocument) -> tuple[Answer, ...]:
    return tuple(
        Answer(
            start=link.mention.start,
            end=link.mention.end,
            outcome=link.decision.outcome,
            entity_id=link.decision.entity_id,
            confidence=link.decision.confidence,
        )
        for link in linked.links
    )


def _of_sdk(mention: nisba.Mention) -> Answer:
    return Answer(
        start=mention.start,
        end=mention.end,
        outcome=Outcome(mention.outcome),
        entity_id=mention.entity_id or "",
        confidence=mention.confidence,
    )
