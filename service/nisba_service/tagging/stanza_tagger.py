"""Names in text by Stanza's models; `stanza_pipeline` alone imports Stanza.

The way of a batch of texts: clean each, cut it into pieces, tokenize the pieces of all texts (by
rules for this project's models, by their own tokenizer for others), tag the sentences of all pieces
together in batches of like length, carry the spans back to the texts as received. Nothing is ever
downloaded. Stanza and torch are loaded only where the models need them (see `stanza_reader`).
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from threadpoolctl import threadpool_limits

from nisba_service.names.types import EntityType, Language
from nisba_service.tagging import model_files, rule_tokenizer, tag_sets
from nisba_service.tagging.clean import Cleaned, clean
from nisba_service.tagging.model import TaggedSpan
from nisba_service.tagging.model_files import ModelFiles
from nisba_service.tagging.pieces import batches
from nisba_service.tagging.stanza_reader import Manner, Reader, Tokenizer
from nisba_service.tagging.tagged import TaggedEntity

# Code points tokenized together: Stanza holds about 150 bytes for each while it works.
TOKENIZER_BUDGET = 50_000


class StanzaTagger:
    """A Tagger over one Stanza resource folder: the bundled models, or Stanza's published ones.

    Threads may share it; each call runs alone.
    """

    def __init__(
        self,
        models: Sequence[ModelFiles],
        model_version: str,
        manners: Mapping[Language, Manner],
    ) -> None:
        self._models = {model.language: model for model in models}
        self._manners = manners
        self._readers: dict[Language, Reader] = {}
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
        network: bool = True,
    ) -> StanzaTagger:
        """Open a folder of models.

        Args:
            models_dir: a Stanza resource folder with English and Arabic.
            eager: load both languages now; else each when it is first needed, where a damaged file
                then shows (a missing one shows now in either case).
            threads: of BLAS, and of torch where it is loaded, for the whole process. More than one
                has brought nothing.
            tokenizer: None: the rules for this project's models, the folder's own for others.
            network: False: Stanza runs also those taggers that `network` can run.

        Raises:
            ModelsError: a folder or file is missing, damaged or of the wrong kind.
        """
        threadpool_limits(threads, user_api="blas")
        models = model_files.find(models_dir)
        tokenizers = {m.language: tokenizer or _default_tokenizer(m) for m in models}
        manners = {lang: Manner(t, network, threads) for lang, t in tokenizers.items()}
        tagger = cls(models, _version(models, tokenizers), manners)
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
        with self._lock:
            reader = self._reader(language)
            for batch in batches([text.text for text in cleaned], TOKENIZER_BUDGET):
                for piece, entity in reader.entities(batch):
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
        with self._lock:
            found = self._reader(language).token_entities(sentences)
        return [
            [TaggedSpan(e.start, e.end, type_) for e in entities if (type_ := _type(e)) is not None]
            for entities in found
        ]

    def _reader(self, language: Language) -> Reader:
        if language not in self._readers:
            self._readers[language] = Reader.load(self._models[language], self._manners[language])
        return self._readers[language]


def _span(cleaned: Cleaned, offset: int, entity: TaggedEntity) -> TaggedSpan | None:
    type_ = _type(entity)
    if type_ is None:
        return None
    start, end = cleaned.span(offset + entity.start, offset + entity.end)
    return TaggedSpan(start, end, type_)


def _type(entity: TaggedEntity) -> EntityType | None:
    return tag_sets.entity_type(entity.tag)


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
