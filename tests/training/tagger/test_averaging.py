from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from stanza.models import ner_tagger
from stanza.models.ner.trainer import Trainer

from nisba_service.names.types import Language
from training.tagger import corpus, train, vectors
from training.tagger.averaging import AveragingTrainer
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


def test_annealed_from_a_model_it_stays_near_it(files: Files) -> None:
    recipe = replace(miniature(FULL[Language.EN]), steps=2, interval=2, hidden=4, annealing=2)
    train.train(recipe, files)
    cooled = replace(files, model=files.model.with_name("cooled.pt"))
    train.anneal(recipe, cooled, files.model)
    before, after = (torch.load(f.model)["model"] for f in (files, cooled))
    name = "tag_clfs.0.weight"
    assert not torch.equal(before[name], after[name])
    assert torch.allclose(before[name], after[name], atol=3 * recipe.rate)


def test_the_learning_rate_falls_to_nothing(files: Files) -> None:
    recipe = replace(miniature(FULL[Language.EN]), steps=2, interval=2, hidden=4, annealing=4)
    train.train(recipe, files)
    rates: list[float] = []

    class Watched(AveragingTrainer):
        def update(self, batch: object, eval: bool = False) -> float:
            loss = super().update(batch, eval=eval)
            rates.append(self.optimizer.param_groups[0]["lr"])
            return loss

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(train, "AveragingTrainer", Watched)
        train.anneal(recipe, replace(files, model=files.model.with_name("c.pt")), files.model)
    assert rates == pytest.approx([recipe.rate / 2 * share for share in (1, 0.75, 0.5, 0.25)])


@pytest.mark.parametrize("tunes_words", [False, True])
def test_words_move_where_the_recipe_says_so(files: Files, tunes_words: bool) -> None:
    recipe = replace(
        miniature(FULL[Language.EN]),
        steps=2,
        interval=2,
        hidden=4,
        annealing=2,
        tunes_words=tunes_words,
    )
    train.train(recipe, files)
    cooled = replace(files, model=files.model.with_name("cooled.pt"))
    train.anneal(recipe, cooled, files.model)
    before, after = (torch.load(f.model)["model"]["delta_emb.weight"] for f in (files, cooled))
    assert not before.any()
    assert bool(after.any()) is tunes_words
