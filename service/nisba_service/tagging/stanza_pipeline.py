"""Stanza at work: a pipeline of one language, loaded from its files, cuts texts and tags tokens.

Errors name the bad file; an error of Stanza's own may quote the text, so only its kind is told.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from stanza import Pipeline
from stanza.models.common.doc import Document as StanzaDocument

from nisba_service.errors import ModelsError
from nisba_service.tagging.cutting import Sentence
from nisba_service.tagging.model_files import ModelFiles
from nisba_service.tagging.tagged import TaggedEntity

# Stanza logs to a handler of its own, and its records may quote the text.
logging.getLogger("stanza").setLevel(logging.CRITICAL)

TAGGER = "ner"
_PARAGRAPH_BREAK = "\n\n"


def load(model: ModelFiles, *, tags: bool, threads: int) -> Pipeline:
    """Return the pipeline of a tokenizer and, if `tags`, a tagger. Downloads nothing.

    Args:
        threads: torch's, for the whole process.

    Raises:
        ModelsError: a file is damaged.
    """
    torch.set_num_threads(threads)
    packages = {name: p for name, p in model.packages.items() if tags or name != TAGGER}
    try:
        return Pipeline(
            model.language.value,
            dir=str(model.folder),
            package=None,
            processors=packages,
            download_method=None,
            use_gpu=False,
            logging_level="CRITICAL",
            tokenize_with_mwt="mwt" in packages,
        )
    except Exception as error:  # whatever a damaged file makes torch and Stanza raise
        raise _damaged(model, error) from error


@dataclass(frozen=True, slots=True)
class StanzaCutter:
    """A Cutter: Stanza's tokenizer. A blank line keeps sentences in their text."""

    pipeline: Pipeline

    def sentences(self, texts: Sequence[str]) -> list[list[Sentence]]:
        """Return the sentences of each text, in order."""
        processors = [name for name in self.pipeline.processors if name != TAGGER]
        joined = _PARAGRAPH_BREAK.join(texts)
        with _discreet(len(joined)), torch.inference_mode():
            following = iter(self.pipeline.process(joined, processors=processors).sentences)
        sentence = next(following, None)
        cut: list[list[Sentence]] = []
        offset = 0
        for text in texts:
            cut.append([])
            end = offset + len(text)
            while sentence is not None and sentence.tokens[0].start_char < end:
                cut[-1].append(_sentence(sentence, offset))
                sentence = next(following, None)
            offset = end + len(_PARAGRAPH_BREAK)
        return cut


@dataclass(frozen=True, slots=True)
class StanzaTokenTagger:
    """A TokenTagger: Stanza's, of any kind."""

    pipeline: Pipeline

    @property
    def vocabulary(self) -> Sequence[str]:
        """The words that have vectors, in the order of the model."""
        return list(self.pipeline.processors[TAGGER].vocab["word"])

    @property
    def known_tags(self) -> list[str]:
        """The tags that the model can give."""
        return list(self.pipeline.processors[TAGGER].get_known_tags())

    def entities(self, sentences: Sequence[Sequence[str]]) -> list[list[TaggedEntity]]:
        """Return the entities of sentences of a token or more, in order; spans are in tokens."""
        document = StanzaDocument(
            [
                [{"id": i, "text": word} for i, word in enumerate(sentence, start=1)]
                for sentence in sentences
            ]
        )
        with _discreet(sum(map(len, sentences))), torch.inference_mode():
            self.pipeline.processors[TAGGER].process(document)
        return [[_entity(entity) for entity in s.ents] for s in document.sentences]


def _sentence(sentence: Any, offset: int) -> Sentence:
    return Sentence.of(
        (token.text, (token.start_char - offset, token.end_char - offset))
        for token in sentence.tokens
    )


def _entity(entity: Any) -> TaggedEntity:
    """Stanza numbers tokens from 1."""
    return TaggedEntity(entity.tokens[0].id[0] - 1, entity.tokens[-1].id[0], entity.type)


@contextmanager
def _discreet(size: int) -> Iterator[None]:
    try:
        yield
    except (ValueError, AssertionError, RuntimeError) as error:
        kind = type(error).__name__
        raise RuntimeError(f"Stanza failed with {kind} on a text of size {size}") from None


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
