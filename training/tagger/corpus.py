"""Sentences of three types, PER, LOC and ORG: read, checked, written for Stanza's training code."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from nisba_service.evaluation import bio
from nisba_service.evaluation.bio import OUTSIDE, TaggedSentence
from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.model import TaggedSpan
from nisba_service.tagging.particles import Particles
from training.tagger import sources
from training.tagger.convert import as_bio
from training.tagger.denoise import by_majority
from training.tagger.sources import Source

TAGS = {
    EntityType.PERSON: "PER",
    EntityType.LOCATION: "LOC",
    EntityType.ORGANIZATION: "ORG",
}
# Words that follow each other in a sentence: a name with its type, or what stands between names.
Part = tuple[tuple[str, ...], EntityType | None]
# Shorter sentences are alike by chance: "RABAT , Morocco", "(Reuters)".
MIN_TELLING_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Count:
    """What a source gave."""

    source: Source
    sentences: int
    tokens: int
    names: int


def training_sentences(data: Path, work: Path, language: Language) -> list[TaggedSentence]:
    """Return the sentences of all sources that may ship, each as often as its source says.

    Args:
        data: the data folder; has a folder for each language.
        work: where files of other formats are written as BIO.

    Raises:
        InvalidInput: a file is missing or breaks a rule.
        ValueError: likewise, a file that is not BIO.
    """
    found: list[TaggedSentence] = []
    for source, sentences in of_sources(data, work, language):
        found.extend(sentences * source.copies)
    return found


def counts(data: Path, work: Path, language: Language) -> tuple[Count, ...]:
    """Return how much each source gives, each sentence counted once."""
    return tuple(
        Count(
            source,
            sentences=len(sentences),
            tokens=sum(len(s.tokens) for s in sentences),
            names=sum(len(s.entities) for s in sentences),
        )
        for source, sentences in of_sources(data, work, language)
    )


def of_sources(
    data: Path, work: Path, language: Language
) -> Iterator[tuple[Source, list[TaggedSentence]]]:
    """Yield the sources of a language that may ship, with their sentences.

    Sentences that also stand in the development or a test file are left out.
    """
    held_out = {s.tokens for s in chain.from_iterable(_held_out(data, language))}
    for source in sources.of(language):
        path = data / language.value / source.file
        if source.optional and not path.is_file():
            continue
        if source.format is not sources.Format.BIO:
            path = _converted(path, source.format, work)
        sentences = [s for s in read(path) if not is_held_out(s, held_out)]
        yield source, by_majority(sentences) if source.silver else sentences


def read(path: Path) -> tuple[TaggedSentence, ...]:
    """Return the sentences of a BIO file with the entities of the three types alone."""
    return tuple(
        TaggedSentence(s.tokens, tuple(e for e in s.entities if e.type in TAGS))
        for s in bio.read(path)
    )


def is_held_out(sentence: TaggedSentence, held_out: set[tuple[str, ...]]) -> bool:
    """Say whether a sentence is one of those that figures are measured on."""
    return len(sentence.tokens) >= MIN_TELLING_LENGTH and sentence.tokens in held_out


def write_json(sentences: Iterable[TaggedSentence], path: Path) -> None:
    """Write sentences as Stanza's NER training reads them."""
    document = [
        [{"text": t, "ner": tag} for t, tag in zip(s.tokens, tags(s), strict=True)]
        for s in sentences
    ]
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def tags(sentence: TaggedSentence) -> list[str]:
    """Return the BIO tag of each token."""
    found = [OUTSIDE] * len(sentence.tokens)
    for entity in sentence.entities:
        type_ = TAGS[entity.type]
        found[entity.start : entity.end] = [f"I-{type_}"] * (entity.end - entity.start)
        found[entity.start] = f"B-{type_}"
    return found


def of_parts(parts: Sequence[Part]) -> TaggedSentence:
    """Return the sentence that names and stretches of other words make, in order."""
    tokens: list[str] = []
    entities = []
    for words, type_ in parts:
        if type_ is not None:
            entities.append(TaggedSpan(len(tokens), len(tokens) + len(words), type_))
        tokens.extend(words)
    return TaggedSentence(tuple(tokens), tuple(entities))


def parts_of(sentence: TaggedSentence) -> list[Part]:
    """Return the names of a sentence and the stretches between them: what `of_parts` takes."""
    parts: list[Part] = []
    end = 0
    for entity in sentence.entities:
        if entity.start > end:
            parts.append((sentence.tokens[end : entity.start], None))
        parts.append((sentence.tokens[entity.start : entity.end], entity.type))
        end = entity.end
    if end < len(sentence.tokens):
        parts.append((sentence.tokens[end:], None))
    return parts


def particles_apart(sentence: TaggedSentence, particles: Particles) -> TaggedSentence:
    """Return a sentence with particles as tokens of their own, outside the name behind them."""
    parts: list[Part] = []
    for words, type_ in parts_of(sentence):
        *before, first = particles.apart(words[0])
        rest = (part for word in words[1:] for part in particles.apart(word))
        if before:
            parts.append((tuple(before), None))
        parts.append(((first, *rest), type_))
    return of_parts(parts)


def _held_out(data: Path, language: Language) -> Iterable[Sequence[TaggedSentence]]:
    for name in (*sources.DEV_FILES[language], *sources.TEST_FILES[language]):
        yield read(data / language.value / name)


def _converted(path: Path, format_: sources.Format, work: Path) -> Path:
    converted = work / f"{path.stem}.bio"
    try:
        with path.open(encoding="utf-8") as lines:
            text = "\n".join(as_bio(lines, format_))
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None
    converted.write_text(f"{text}\n", encoding="utf-8")
    return converted
