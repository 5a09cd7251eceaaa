"""Names in text by Stanza's tokenizer and tagger. The only module that imports stanza and torch.

The way of a batch of texts: clean each, cut it into pieces, tokenize the pieces of all texts
together, tag the sentences of all pieces together in batches of like length, carry the spans back
to the texts as received. Nothing is ever downloaded.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from stanza import Pipeline
from stanza.models.common.doc import Document as StanzaDocument

from nisba_service.errors import ModelsError
from nisba_service.names.types import Language
from nisba_service.tagging import model_files, tag_sets
from nisba_service.tagging.clean import Cleaned, clean
from nisba_service.tagging.model import TaggedSpan
from nisba_service.tagging.model_files import ModelFiles
from nisba_service.tagging.pieces import Piece, batches

# Code points tokenized together: Stanza holds about 150 bytes for each while it works.
TOKENIZER_BUDGET = 50_000
# Tokens tagged together, padding counted: bounds memory, and 4 096 is as fast as more.
TAGGER_BUDGET = 4_096
# A batch is as wide as its longest token; what is longer is a link or noise, read by its start.
MAX_TOKEN = 40

_PARAGRAPH_BREAK = "\n\n"

# Stanza logs to a handler of its own, and its records may quote the text.
logging.getLogger("stanza").setLevel(logging.CRITICAL)


class StanzaTagger:
    """A Tagger over one Stanza resource folder: the bundled models, or Stanza's published ones.

    Threads may share it; each call runs alone.
    """

    def __init__(self, models: Sequence[ModelFiles], model_version: str) -> None:
        self._models = {model.language: model for model in models}
        self._pipelines: dict[Language, Pipeline] = {}
        self._model_version = model_version
        self._lock = threading.Lock()

    @classmethod
    def load(cls, models_dir: Path, *, eager: bool = True, threads: int = 1) -> StanzaTagger:
        """Open a folder of models.

        Args:
            models_dir: a Stanza resource folder with English and Arabic.
            eager: load both languages now; else each when it is first needed, where a damaged file
                then shows (a missing one shows now in either case).
            threads: torch's threads, for the whole process. More than one has brought nothing.

        Raises:
            ModelsError: a folder or file is missing, damaged or of the wrong kind.
        """
        torch.set_num_threads(threads)
        models = model_files.find(models_dir)
        tagger = cls(models, model_files.content_hash(models))
        if eager:
            for model in models:
                tagger._pipeline(model.language)
        return tagger

    @property
    def model_version(self) -> str:
        """Content hash of the model files, 16 hexadecimal digits."""
        return self._model_version

    def tag(self, texts: Sequence[str], language: Language) -> list[list[TaggedSpan]]:
        """Return the spans of each text, equal to those of the text alone.

        Raises:
            ModelsError: the language is loaded only now, and its models are damaged.
        """
        cleaned = [clean(text) for text in texts]
        spans: list[list[TaggedSpan]] = [[] for _ in texts]
        with self._lock, torch.inference_mode():
            pipeline = self._pipeline(language)
            for batch in batches([text.text for text in cleaned], TOKENIZER_BUDGET):
                for piece, entity in _entities(pipeline, batch):
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
        document = StanzaDocument(
            [[{"id": i, "text": t} for i, t in enumerate(s, start=1)] for s in sentences]
        )
        with self._lock, torch.inference_mode():
            pipeline = self._pipeline(language)
            for batch in _of_like_length(document.sentences):
                _tag_sentences(pipeline, batch)
        return [_token_spans(sentence) for sentence in document.sentences]

    def _pipeline(self, language: Language) -> Pipeline:
        if language not in self._pipelines:
            self._pipelines[language] = _load(self._models[language])
        return self._pipelines[language]


@dataclass(frozen=True, slots=True)
class _Entity:
    """A span of a piece with the model's own tag."""

    start: int
    end: int
    tag: str


def _entities(pipeline: Pipeline, batch: list[Piece]) -> Iterator[tuple[Piece, _Entity]]:
    """Yield each piece's entities, in order. A blank line keeps sentences within their piece."""
    sentences = _sentences(pipeline, _PARAGRAPH_BREAK.join(piece.text for piece in batch))
    offset = 0
    following = iter(sentences)
    sentence = next(following, None)
    for piece in batch:
        end = offset + len(piece.text)
        while sentence is not None and sentence.tokens[0].start_char < end:
            for entity in sentence.ents:
                yield (
                    piece,
                    _Entity(entity.start_char - offset, entity.end_char - offset, entity.type),
                )
            sentence = next(following, None)
        offset = end + len(_PARAGRAPH_BREAK)


def _sentences(pipeline: Pipeline, text: str) -> list[Any]:
    """Return the tokenized, tagged sentences of a text.

    An error of Stanza's own may quote the text, so only its kind is passed on.
    """
    try:
        document = pipeline.process(text, processors=_without_tagger(pipeline))
        for batch in _of_like_length(document.sentences):
            _tag_sentences(pipeline, batch)
    except (ValueError, AssertionError, RuntimeError) as error:
        kind = type(error).__name__
        raise RuntimeError(f"Stanza failed on {len(text)} code points with {kind}") from None
    return list(document.sentences)


def _without_tagger(pipeline: Pipeline) -> list[str]:
    return [name for name in pipeline.processors if name != "ner"]


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


def _token_spans(sentence: Any) -> list[TaggedSpan]:
    """Return a tagged sentence's spans in tokens; Stanza numbers tokens from 1."""
    spans = []
    for entity in sentence.ents:
        type_ = tag_sets.entity_type(entity.type)
        if type_ is not None:
            spans.append(TaggedSpan(entity.tokens[0].id[0] - 1, entity.tokens[-1].id[0], type_))
    return spans


def _load(model: ModelFiles) -> Pipeline:
    try:
        pipeline = Pipeline(
            model.language.value,
            dir=str(model.folder),
            package=None,
            processors=dict(model.packages),
            download_method=None,
            use_gpu=False,
            logging_level="CRITICAL",
            tokenize_with_mwt="mwt" in model.packages,
        )
    except Exception as error:  # whatever a damaged file makes torch and Stanza raise
        raise _damaged(model, error) from error
    _check_tags(model, pipeline.processors["ner"].get_known_tags())
    return pipeline


def _check_tags(model: ModelFiles, tags: Sequence[str]) -> None:
    if not tag_sets.is_usable(tags):
        raise ModelsError(
            f"{_file_of(model, 'ner')}: its tags ({', '.join(tags)}) name no person, organisation "
            "or place; use an NER model that does"
        )


# What the files of each kind hold; a character model is forward_charlm or backward_charlm.
_CONTENTS: Mapping[str, frozenset[str]] = {
    "tokenize": frozenset({"model", "vocab", "config"}),
    "mwt": frozenset({"model", "vocab", "config"}),
    "ner": frozenset({"model", "vocab", "config"}),
    "pretrain": frozenset({"vocab", "emb"}),
}


def _damaged(model: ModelFiles, error: Exception) -> ModelsError:
    """Return the error that names the file at fault, all of them if each is sound by itself."""
    faulty = [path for path in model.files if not _is_sound(path)] or list(model.files)
    names = ", ".join(map(str, faulty))
    return ModelsError(
        f"{names}: damaged, or not a model of this kind ({type(error).__name__}); restore the "
        f"bundled models/ from the release, or fetch the files again with "
        f'stanza.download("{model.language.value}", model_dir=FOLDER)'
    )


def _is_sound(path: Path) -> bool:
    try:
        contents = torch.load(path, map_location="cpu", weights_only=True)
    except Exception:  # as above
        return False
    expected = _CONTENTS.get(path.parent.name, frozenset())
    return isinstance(contents, dict) and expected <= contents.keys()


def _file_of(model: ModelFiles, processor: str) -> Path:
    return next(path for path in model.files if path.parent.name == processor)
