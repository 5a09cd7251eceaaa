"""A Stanza pipeline of one language, loaded from its files, or an error that names the bad one."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from stanza import Pipeline

from nisba_service.errors import ModelsError
from nisba_service.tagging import tag_sets
from nisba_service.tagging.model_files import ModelFiles

# Stanza logs to a handler of its own, and its records may quote the text.
logging.getLogger("stanza").setLevel(logging.CRITICAL)


def load(model: ModelFiles) -> Pipeline:
    """Return the pipeline of a tokenizer and a tagger. Downloads nothing.

    Raises:
        ModelsError: a file is damaged, or the tagger knows none of the types that are linked.
    """
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
