from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from nisba_service.names.types import Language
from nisba_service.tagging import model_files
from nisba_service.tagging.model_files import ModelFiles
from nisba_service.tagging.network import loading

MODELS = Path(__file__).parents[3] / "models"


@pytest.fixture
def copy(tmp_path: Path) -> ModelFiles:
    shutil.copytree(MODELS, tmp_path / "models")
    return model_files.find(tmp_path / "models")[0]


def rewrite(model: ModelFiles, change: Callable[[dict[str, Any]], object]) -> None:
    path = model.only_file("ner")
    contents = torch.load(path, weights_only=True)
    change(contents)
    torch.save(contents, path, _use_new_zipfile_serialization=False)


@pytest.mark.parametrize("language", list(Language))
def test_the_bundled_models_are_of_this_kind(language: Language) -> None:
    (model,) = (m for m in model_files.find(MODELS) if m.language is language)
    tagger = loading.load(model)
    assert tagger is not None
    assert tagger.known_tags == ["LOC", "ORG", "PER"]


def test_vectors_stay_in_their_file(copy: ModelFiles) -> None:
    tagger = loading.load(copy)
    assert tagger is not None
    assert isinstance(tagger.words._vectors.rows, np.memmap)


def test_a_file_written_again_is_of_this_kind(copy: ModelFiles) -> None:
    rewrite(copy, lambda contents: None)
    assert loading.load(copy) is not None


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c["config"].update(bert_model="some/transformer"),
        lambda c: c["vocab"].update(delta=c["vocab"]["word"]),
        lambda c: c["vocab"]["tag"]["_id2unit"].update({1: ["O"]}),
        lambda c: c["model"].update({"delta_emb.weight": torch.zeros(4, 50)}),
        lambda c: c["model"].update({"taggerlstm.lstm.weight_hh_l1": torch.zeros(800, 200)}),
        lambda c: c["model"].pop("charmodel.char_emb.weight"),
        lambda c: c["vocab"]["word"]["_id2unit"].append("new"),
        lambda c: c["vocab"]["char"].update(lower=True),
        lambda c: c["vocab"]["tag"]["_id2unit"][0].append("PERSON"),
    ],
    ids=[
        "a transformer",
        "vectors of its own",
        "two tag sets",
        "weights of vectors of its own",
        "two layers",
        "no model of letters",
        "vectors of other words",
        "letters without case",
        "tags of another scheme",
    ],
)
def test_models_with_other_parts_are_left_to_stanza(
    copy: ModelFiles, change: Callable[[dict[str, Any]], object]
) -> None:
    rewrite(copy, change)
    assert loading.load(copy) is None


@pytest.mark.parametrize("processor", ["ner", "pretrain"])
def test_damaged_files_are_left_to_stanza(copy: ModelFiles, processor: str) -> None:
    path = copy.only_file(processor)
    path.write_bytes(path.read_bytes()[:-5000])
    assert loading.load(copy) is None


def test_a_model_without_vectors_is_left_to_stanza(copy: ModelFiles) -> None:
    files = tuple(path for path in copy.files if path.parent.name != "pretrain")
    bare = ModelFiles(copy.language, copy.folder, copy.packages, files)
    assert loading.load(bare) is None
