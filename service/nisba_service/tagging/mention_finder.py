"""A document's mentions: language, tagger, dictionary, and the rules that join them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from nisba_service.names.types import Language
from nisba_service.tagging.echoes import echoes
from nisba_service.tagging.given import at_spans
from nisba_service.tagging.language import passages
from nisba_service.tagging.mentions import Reading, merge
from nisba_service.tagging.model import Document, Mention, Passage, TaggedSpan, Tagger
from nisba_service.tagging.spotter import Spotter
from nisba_service.tagging.support import supported
from nisba_service.tagging.trim import Trimmer
from nisba_service.tagging.words import Words


class MentionFinder:
    """Finds what documents name. Immutable but for what the tagger keeps: threads may share it."""

    def __init__(self, tagger: Tagger, spotter: Spotter) -> None:
        self._tagger = tagger
        self._spotter = spotter
        self._trimmer = Trimmer(spotter.knows_name, spotter.knows)

    @property
    def model_version(self) -> str:
        """Content hash of the tagger's models."""
        return self._tagger.model_version

    def find_many(self, documents: Sequence[Document]) -> list[tuple[Mention, ...]]:
        """Return the mentions of each document, equal to those of the document alone.

        Raises:
            ScriptUnsupported: most letters of a document are neither Latin nor Arabic.
        """
        return [
            self.find(document, tagged)
            for document, tagged in zip(documents, self.tag_many(documents), strict=True)
        ]

    def tag_many(self, documents: Sequence[Document]) -> list[tuple[TaggedSpan, ...]]:
        """Return the tagged spans of each document: what depends on text and models alone.

        Raises:
            ScriptUnsupported: most letters of a document are neither Latin nor Arabic.
        """
        of_language: dict[Language, list[tuple[int, Passage]]] = defaultdict(list)
        for index, document in enumerate(documents):
            for passage in passages(document):
                of_language[passage.language].append((index, passage))
        spans: list[list[TaggedSpan]] = [[] for _ in documents]
        for language, places in of_language.items():
            texts = [documents[index].text[p.start : p.end] for index, p in places]
            for (index, p), tagged in zip(places, self._tagger.tag(texts, language), strict=True):
                spans[index].extend(_moved(span, p.start) for span in tagged)
        return [tuple(sorted(found, key=lambda span: span.start)) for found in spans]

    def find(self, document: Document, tagged: Sequence[TaggedSpan]) -> tuple[Mention, ...]:
        """Return the mentions of a document that has been tagged."""
        words = Words.of(document.text)
        spotted = supported(words, self._spotter.spot(words), tagged, self._spotter.is_given_name)
        reading = Reading(words, passages(document), tagged, spotted)
        mentions = merge(reading, self._trimmer)
        again = echoes(words, mentions)
        if not again:
            return mentions
        both = sorted((*tagged, *again), key=lambda span: span.start)
        return merge(replace(reading, tagged=both), self._trimmer)

    def at_spans(self, document: Document, spans: Sequence[TaggedSpan]) -> tuple[Mention, ...]:
        """Return the mentions at spans that the caller knows to be names, in order of start.

        Raises:
            ScriptUnsupported: most letters of the document are neither Latin nor Arabic.
        """
        return at_spans(Words.of(document.text), passages(document), spans, self._spotter.knows)


def _moved(span: TaggedSpan, distance: int) -> TaggedSpan:
    return TaggedSpan(span.start + distance, span.end + distance, span.type)
