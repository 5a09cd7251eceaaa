from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from stanza.models import ner_tagger
from stanza.models.ner.trainer import Trainer

from nisba_service.names.types import Language
from training.tagger import corpus, train, vectors
from training.tagger.recipe import FULL, miniature
from training.tagger.train import Files

MODELS = Path(__file__).parents[3] / "models"


@pytest.fixture
def files(data: Path, tmp_path: Path) -> Files:
    made = Files(*(tmp_path / name for name in ("train.json", "dev.json", "v.pt", "m.pt")))
    corpus.write_json(corpus.read(data / "en" / "train-gmb.bio"), made.train)
    corpus.write_json(corpus.read(data / "en" / "dev.bio"), made.dev)
    vectors.save(vectors.reused(MODELS / "en/pretrain/nisba.pt", 50), made.vectors)
    return made


def weights(files: Files, averaging: float) -> dict[str, torch.Tensor]:
    recipe = replace(
        miniature(FULL[Language.EN]), steps=2, interval=2, hidden=4, averaging=averaging
    )
    train.train(recipe, files)
    found: dict[str, torch.Tensor] = torch.load(files.model)["model"]
    return found


def test_no_memory_is_the_last_step_and_memory_lags_behind_it(files: Files) -> None:
    last, averaged = weights(files, 0.0), weights(files, 0.9)
    name = "tag_clfs.0.weight"
    assert not torch.equal(last[name], averaged[name])


def test_stanzas_trainer_is_put_back(files: Files) -> None:
    weights(files, 0.5)
    assert ner_tagger.Trainer is Trainer
