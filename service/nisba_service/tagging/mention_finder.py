"""A document's mentions: language, tagger, dictionary, and the rules that join them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.agreement import agreed
from nisba_service.tagging.echoes import echoes
from nisba_service.tagging.given import at_spans
from nisba_service.tagging.glued import Glue, ends_of_people
from nisba_service.tagging.language import passages
from nisba_service.tagging.latin_names import latin_names
from nisba_service.tagging.mentions import Reading, merge
from nisba_service.tagging.model import Document, Mention, Passage, TaggedSpan, Tagger
from nisba_service.tagging.short_bodies import short_bodies
from nisba_service.tagging.spotter import Spotted, Spotter
from nisba_service.tagging.support import supported
from nisba_service.tagging.trim import Trimmer
from nisba_service.tagging.untagged import untagged
from nisba_service.tagging.whole_spans import Whole
from nisba_service.tagging.words import Words, words_of


class MentionReader:
    """Finds what tagged documents name, by the names of one gazetteer. Threads may share it."""

    def __init__(self, spotter: Spotter) -> None:
        self._spotter = spotter
        self._trimmer = Trimmer(spotter.knows_name, spotter.knows)

    def find(self, document: Document, tagged: Sequence[TaggedSpan]) -> tuple[Mention, ...]:
        """Return the mentions of a document that has been tagged."""
        words = words_of(document.text)
        spans = self._corrected(words, tagged)
        spotted = supported(words, self._spotter.spot(words), spans, self._spotter.is_given_name)
        short = short_bodies(words, [*spans, *_bodies(spotted)], self._spotter.knows)
        spans = _in_order(spans, short)
        reading = Reading(words, passages(document), spans, spotted)
        mentions = merge(reading, self._trimmer)
        missed = _missed(reading, mentions)
        if not missed:
            return mentions
        return merge(replace(reading, tagged=_in_order(spans, missed)), self._trimmer)

    def _corrected(self, words: Words, tagged: Sequence[TaggedSpan]) -> list[TaggedSpan]:
        """Return the tagger's spans cut apart, made whole, and of the types that the text shows."""
        is_name = self._spotter.knows_name
        cut = Glue(words, ends_of_people(words, tagged), is_name).cut(tagged)
        whole = Whole(is_name, self._spotter.is_given_name).spans(words, list(cut))
        return list(agreed(words, list(whole), is_name))

    def at_spans(self, document: Document, spans: Sequence[TaggedSpan]) -> tuple[Mention, ...]:
        """Return the mentions at spans that the caller knows to be names, in order of start.

        Raises:
            ScriptUnsupported: most letters of the document are neither Latin nor Arabic.
        """
        return at_spans(Words.of(document.text), passages(document), spans, self._spotter.knows)


class MentionFinder(MentionReader):
    """Tags documents and finds what they name. Threads may share it.

    Immutable but for what the tagger keeps.
    """

    def __init__(self, tagger: Tagger, spotter: Spotter) -> None:
        super().__init__(spotter)
        self._tagger = tagger

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


def _bodies(spotted: Sequence[Spotted]) -> Iterator[TaggedSpan]:
    for name in spotted:
        if EntityType.ORGANIZATION in name.types:
            yield TaggedSpan(name.start, name.end, EntityType.ORGANIZATION)


def _missed(reading: Reading, mentions: Sequence[Mention]) -> list[TaggedSpan]:
    """Return the names that stand outside all mentions and that the mentions, or signs, tell of."""
    found = [TaggedSpan(m.start, m.end, m.type or EntityType.MISC) for m in mentions]
    return [
        *echoes(reading.words, mentions),
        *latin_names(reading.words.original, reading.passages, mentions),
        *untagged(reading.words, found),
    ]


def _in_order(*spans: Iterable[TaggedSpan]) -> list[TaggedSpan]:
    return sorted(chain(*spans), key=lambda span: span.start)


def _moved(span: TaggedSpan, distance: int) -> TaggedSpan:
    return TaggedSpan(span.start + distance, span.end + distance, span.type)
