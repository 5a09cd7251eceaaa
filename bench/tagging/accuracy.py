"""What the tagger finds: as Nisba runs it and as Stanza does, and behind either tokenizer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from nisba_service.evaluation import bio
from nisba_service.evaluation.gold import GoldDocument
from nisba_service.evaluation.ner import ner_scores
from nisba_service.names.scripts import script_of
from nisba_service.names.types import EntityType, Language, Script
from nisba_service.tagging.model import TaggedSpan
from nisba_service.tagging.stanza_reader import Tokenizer
from nisba_service.tagging.stanza_tagger import StanzaTagger

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FileScores:
    """F1 on a file of tagged tokens; `differing` sentences have other spans by Stanza."""

    name: str
    sentences: int
    differing: int
    f1: float | None
    by_stanza: float | None


@dataclass(frozen=True, slots=True)
class TokenizerScores:
    """F1 of raw spans against gold mentions: span and type, span alone.

    Gold leaves titles and particles outside, the tagger's spans do not: this compares tokenizers
    and is no measure of mentions.
    """

    typed: float
    span_only: float


def of_file(path: Path, models: Path) -> FileScores:
    """Tag the sentences of a file, by the tagger as it is loaded and by Stanza."""
    sentences = bio.read(path)
    tokens = [sentence.tokens for sentence in sentences]
    text = " ".join(token for sentence in tokens for token in sentence)
    language = Language.AR if script_of(text) is Script.ARABIC else Language.EN
    ours, theirs = (
        StanzaTagger.load(models, eager=False, network=network).tag_tokens(tokens, language)
        for network in (True, False)
    )
    return FileScores(
        name=path.stem,
        sentences=len(sentences),
        differing=sum(a != b for a, b in zip(ours, theirs, strict=True)),
        f1=ner_scores(sentences, ours).all.f1,
        by_stanza=ner_scores(sentences, theirs).all.f1,
    )


def of_tokenizers(
    models: Path, documents: Sequence[GoldDocument]
) -> dict[Tokenizer, TokenizerScores]:
    """Tag the documents of a language behind each tokenizer."""
    expected: set[Span] = {
        (i, m.start, m.end, m.type) for i, doc in enumerate(documents) for m in doc.mentions
    }
    return {
        tokenizer: _scores(expected, _found(models, tokenizer, documents))
        for tokenizer in Tokenizer
    }


Span = tuple[int, int, int, EntityType | None]


def _found(models: Path, tokenizer: Tokenizer, documents: Sequence[GoldDocument]) -> set[Span]:
    tagger = StanzaTagger.load(models, eager=False, tokenizer=tokenizer)
    language = documents[0].language
    assert language is not None, "documents of one language are asked for"
    tagged = tagger.tag([document.text for document in documents], language)
    return {(i, s.start, s.end, s.type) for i, spans in enumerate(tagged) for s in _named(spans)}


def _named(spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    return [span for span in spans if span.type is not EntityType.MISC]


def _scores(expected: set[Span], answered: set[Span]) -> TokenizerScores:
    return TokenizerScores(
        typed=f1(expected, answered),
        span_only=f1({e[:3] for e in expected}, {a[:3] for a in answered}),
    )


def f1(expected: set[T], answered: set[T]) -> float:
    return 2 * len(expected & answered) / max(len(expected) + len(answered), 1)
