"""Names in text by Stanza's tokenizer and tagger. With `stanza_pipeline` all that imports stanza.

The way of a batch of texts: clean each, cut it into pieces, tokenize the pieces of all texts (by
rules for this project's models, by their own tokenizer for others), tag the sentences of all pieces
together in batches of like length, carry the spans back to the texts as received. Nothing is ever
downloaded.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import torch
from stanza import Pipeline
from stanza.models.common.doc import Document as StanzaDocument

from nisba_service.names.types import Language
from nisba_service.tagging import model_files, rule_tokenizer, stanza_pipeline, tag_sets
from nisba_service.tagging.clean import Cleaned, clean
from nisba_service.tagging.model import TaggedSpan
from nisba_service.tagging.model_files import ModelFiles
from nisba_service.tagging.particles import Particles, Seen
from nisba_service.tagging.pieces import Piece, batches

# Code points tokenized together: Stanza holds about 150 bytes for each while it works.
TOKENIZER_BUDGET = 50_000
# Tokens tagged together, padding counted: bounds memory, and 4 096 is as fast as more.
TAGGER_BUDGET = 4_096
# A batch is as wide as its longest token; what is longer is a link or noise, read by its start.
MAX_TOKEN = 40

_PARAGRAPH_BREAK = "\n\n"


class Tokenizer(StrEnum):
    """What cuts texts into sentences and tokens."""

    RULES = "rules"  # `rule_tokenizer`: fast, the tokens of the corpora behind the bundled models
    NEURAL = "neural"  # Stanza's, of the models folder: what Stanza's published taggers learnt from


class StanzaTagger:
    """A Tagger over one Stanza resource folder: the bundled models, or Stanza's published ones.

    Threads may share it; each call runs alone.
    """

    def __init__(
        self,
        models: Sequence[ModelFiles],
        model_version: str,
        tokenizers: Mapping[Language, Tokenizer],
    ) -> None:
        self._models = {model.language: model for model in models}
        self._tokenizers = tokenizers
        self._readers: dict[Language, _Reader] = {}
        self._model_version = model_version
        self._lock = threading.Lock()

    @classmethod
    def load(
        cls,
        models_dir: Path,
        *,
        eager: bool = True,
        threads: int = 1,
        tokenizer: Tokenizer | None = None,
    ) -> StanzaTagger:
        """Open a folder of models.

        Args:
            models_dir: a Stanza resource folder with English and Arabic.
            eager: load both languages now; else each when it is first needed, where a damaged file
                then shows (a missing one shows now in either case).
            threads: torch's threads, for the whole process. More than one has brought nothing.
            tokenizer: None: the rules for this project's models, the folder's own for others.

        Raises:
            ModelsError: a folder or file is missing, damaged or of the wrong kind.
        """
        torch.set_num_threads(threads)
        models = model_files.find(models_dir)
        tokenizers = {m.language: tokenizer or _default_tokenizer(m) for m in models}
        tagger = cls(models, _version(models, tokenizers), tokenizers)
        if eager:
            for model in models:
                tagger._reader(model.language)
        return tagger

    @property
    def model_version(self) -> str:
        """Content hash of the model files and of the tokenizers, 16 hexadecimal digits."""
        return self._model_version

    def tag(self, texts: Sequence[str], language: Language) -> list[list[TaggedSpan]]:
        """Return the spans of each text, equal to those of the text alone.

        Raises:
            ModelsError: the language is loaded only now, and its models are damaged.
        """
        cleaned = [clean(text) for text in texts]
        spans: list[list[TaggedSpan]] = [[] for _ in texts]
        with self._lock, torch.inference_mode():
            reader = self._reader(language)
            for batch in batches([text.text for text in cleaned], TOKENIZER_BUDGET):
                for piece, entity in _entities(reader, batch):
                    span = _span(cleaned[piece.index], piece.start, entity)
                    if span is not None:
                        spans[piece.index].append(span)
        return spans

    def tag_tokens(
        self, sentences: Sequence[Sequence[str]], language: Language
    ) -> list[list[TaggedSpan]]:
        """Return the spans of sentences that are already tokens, as they are; spans are in tokens.

        Raises:
            ModelsError: the language is loaded only now, and its models are damaged.
        """
        with self._lock, torch.inference_mode():
            reader = self._reader(language)
            seen = [
                [s for i, word in enumerate(words) for s in reader.seen(word, i, i + 1)]
                for words in sentences
            ]
            document = _document(seen)
            for batch in _of_like_length(document.sentences):
                _tag_sentences(reader.pipeline, batch)
        return [_token_spans(*pair) for pair in zip(document.sentences, seen, strict=True)]

    def _reader(self, language: Language) -> _Reader:
        if language not in self._readers:
            model = self._models[language]
            self._readers[language] = _Reader.load(model, self._tokenizers[language])
        return self._readers[language]


@dataclass(frozen=True, slots=True)
class _Reader:
    """The models of a language, and how they want a text to be cut."""

    pipeline: Pipeline
    tokenizer: Tokenizer
    particles: Particles | None

    @classmethod
    def load(cls, model: ModelFiles, tokenizer: Tokenizer) -> _Reader:
        pipeline = stanza_pipeline.load(model)
        words = pipeline.processors["ner"].vocab["word"]
        return cls(pipeline, tokenizer, Particles(words) if model.particles_apart else None)

    def seen(self, word: str, start: int, end: int) -> Iterator[Seen]:
        """Yield what the tagger sees of a word at a place."""
        if self.particles is None:
            return iter((Seen(word, start, end),))
        return self.particles.seen(word, start, end)


@dataclass(frozen=True, slots=True)
class _Entity:
    """A span of a piece with the model's own tag."""

    start: int
    end: int
    tag: str


def _entities(reader: _Reader, batch: list[Piece]) -> Iterator[tuple[Piece, _Entity]]:
    """Yield each piece's entities, in order. A blank line keeps sentences within their piece."""
    text = _PARAGRAPH_BREAK.join(piece.text for piece in batch)
    sentences = _sentences(reader, text)
    offset = 0
    following = iter(sentences)
    sentence = next(following, None)
    for piece in batch:
        end = offset + len(piece.text)
        while sentence is not None and sentence.tokens[0].start_char < end:
            for entity in sentence.ents:
                found = _Entity(
                    entity.start_char - offset, _end(text, entity) - offset, entity.type
                )
                if found.start < found.end:
                    yield piece, found
            sentence = next(following, None)
        offset = end + len(_PARAGRAPH_BREAK)


def _end(text: str, entity: Any) -> int:
    """Return where an entity ends: a particle behind it is the next word's."""
    end: int = entity.end_char
    while end > entity.start_char and text[end - 1].isspace():
        end -= 1
    return end


def _sentences(reader: _Reader, text: str) -> list[Any]:
    """Return the tokenized, tagged sentences of a text.

    An error of Stanza's own may quote the text, so only its kind is passed on.
    """
    try:
        if reader.tokenizer is Tokenizer.RULES:
            document = _by_rules(reader, text)
        else:
            processors = [name for name in reader.pipeline.processors if name != "ner"]
            document = reader.pipeline.process(text, processors=processors)
        for batch in _of_like_length(document.sentences):
            _tag_sentences(reader.pipeline, batch)
    except (ValueError, AssertionError, RuntimeError) as error:
        kind = type(error).__name__
        raise RuntimeError(f"Stanza failed on {len(text)} code points with {kind}") from None
    return list(document.sentences)


def _by_rules(reader: _Reader, text: str) -> StanzaDocument:
    seen = [
        [s for start, end in sentence for s in reader.seen(text[start:end], start, end)]
        for sentence in rule_tokenizer.sentences(text)
    ]
    return _document(seen, text)


def _document(sentences: Sequence[Sequence[Seen]], text: str | None = None) -> StanzaDocument:
    """Return a document of tokens; they have their places only in a text."""
    return StanzaDocument(
        [
            [
                {"id": i, "text": token.text}
                | ({} if text is None else {"start_char": token.start, "end_char": token.end})
                for i, token in enumerate(sentence, start=1)
            ]
            for sentence in sentences
        ],
        text,
    )


def _of_like_length(sentences: Sequence[Any]) -> Iterator[list[Any]]:
    """Yield batches whose padded size is within the budget; a sentence alone may be above it."""
    batch: list[Any] = []
    for sentence in sorted(sentences, key=lambda s: len(s.tokens), reverse=True):
        if batch and len(batch[0].tokens) * (len(batch) + 1) > TAGGER_BUDGET:
            yield batch
            batch = []
        batch.append(sentence)
    if batch:
        yield batch


def _tag_sentences(pipeline: Pipeline, sentences: list[Any]) -> None:
    for sentence in sentences:
        for token in sentence.tokens:
            if len(token.text) > MAX_TOKEN:
                token.text = token.text[:MAX_TOKEN]
    document = StanzaDocument([])
    document.sentences = sentences
    document.num_tokens = sum(len(sentence.tokens) for sentence in sentences)
    pipeline.processors["ner"].process(document)


def _span(cleaned: Cleaned, offset: int, entity: _Entity) -> TaggedSpan | None:
    type_ = tag_sets.entity_type(entity.tag)
    if type_ is None:
        return None
    start, end = cleaned.span(offset + entity.start, offset + entity.end)
    return TaggedSpan(start, end, type_)


def _token_spans(sentence: Any, seen: Sequence[Seen]) -> list[TaggedSpan]:
    """Return a tagged sentence's spans in tokens; Stanza numbers from 1 what the tagger saw."""
    spans = []
    for entity in sentence.ents:
        type_ = tag_sets.entity_type(entity.type)
        start, end = seen[entity.tokens[0].id[0] - 1].start, seen[entity.tokens[-1].id[0] - 1].end
        if type_ is not None and start < end:
            spans.append(TaggedSpan(start, end, type_))
    return spans


def _default_tokenizer(model: ModelFiles) -> Tokenizer:
    own = model.packages["ner"] == model_files.OWN_PACKAGE
    return Tokenizer.RULES if own else Tokenizer.NEURAL


def _version(models: Sequence[ModelFiles], tokenizers: Mapping[Language, Tokenizer]) -> str:
    """Return a version that changes with whatever the spans depend on."""
    files = model_files.content_hash(models)
    rules = [lang.value for lang, t in tokenizers.items() if t is Tokenizer.RULES]
    if not rules:
        return files
    basis = f"{files} {rule_tokenizer.VERSION} {' '.join(rules)}"
    return hashlib.sha256(basis.encode()).hexdigest()[:16]
