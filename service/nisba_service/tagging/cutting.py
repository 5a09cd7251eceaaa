"""Texts cut into sentences of tokens, as a tagger sees them; offsets stay those of the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from nisba_service.tagging import rule_tokenizer
from nisba_service.tagging.particles import Particles
from nisba_service.tagging.rule_tokenizer import Span

# What is longer is a link or noise, read by its start: the tagger reads words letter by letter.
MAX_TOKEN = 40


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's tokens, one or more: what the tagger sees of each, and its span."""

    words: Sequence[str]
    spans: Sequence[Span]

    @classmethod
    def of(cls, seen: Iterable[tuple[str, Span]]) -> Sentence:
        """Put together what the tagger sees."""
        words, spans = zip(*seen, strict=True)
        return cls([word[:MAX_TOKEN] for word in words], spans)


class Cutter(Protocol):
    """Cuts texts."""

    def sentences(self, texts: Sequence[str]) -> list[list[Sentence]]:
        """Return the sentences of each text, in order."""
        ...


@dataclass(frozen=True, slots=True)
class RuleCutter:
    """Cuts by `rule_tokenizer`, and takes particles off words where the models want it."""

    particles: Particles | None

    def sentences(self, texts: Sequence[str]) -> list[list[Sentence]]:
        """Return the sentences of each text, in order."""
        return [
            [self._sentence(text, spans) for spans in rule_tokenizer.sentences(text)]
            for text in texts
        ]

    def of_words(self, words: Sequence[str]) -> Sentence:
        """Return the sentence of words, not empty; its spans are in words."""
        return self._seen(words, [(i, i + 1) for i in range(len(words))])

    def _sentence(self, text: str, spans: Sequence[Span]) -> Sentence:
        return self._seen([text[start:end] for start, end in spans], spans)

    def _seen(self, words: Sequence[str], spans: Sequence[Span]) -> Sentence:
        particles = self.particles
        if particles is None:
            return Sentence.of(zip(words, spans, strict=True))
        return Sentence.of(
            seen
            for word, span in zip(words, spans, strict=True)
            for seen in particles.seen(word, span)
        )
