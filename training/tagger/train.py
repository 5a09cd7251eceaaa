"""A tagger trained by Stanza's own code, but for its weights: these are averaged over the steps."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from stanza.models import ner_tagger

from training.tagger.averaging import Annealing, AveragingTrainer
from training.tagger.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Files:
    """What a run reads, and the model that it writes."""

    train: Path
    dev: Path
    vectors: Path
    model: Path


def train(recipe: Recipe, files: Files) -> None:
    """Train, and write the model that is best on the development file.

    Runs on a GPU where there is one, else on one thread: more bring nothing.
    """
    _run(recipe, _arguments(recipe, files, recipe.steps), None)


def anneal(recipe: Recipe, files: Files, start: Path) -> None:
    """Train a model further while the learning rate falls, and write the best as `train` does."""
    arguments = _arguments(recipe, files, recipe.annealing)
    # Stanza would stop when the rate is low.
    arguments += ["--finetune", f"--finetune_load_name={start}", "--min_lr=0"]
    _run(recipe, arguments, Annealing(recipe.rate / 2, recipe.annealing, recipe.tunes_words))


def _run(recipe: Recipe, arguments: list[str], annealing: Annealing | None) -> None:
    torch.set_num_threads(1)
    stanzas_own = ner_tagger.Trainer
    ner_tagger.Trainer = lambda *args, **kwargs: AveragingTrainer(
        *args, decay=recipe.averaging, annealing=annealing, **kwargs
    )
    try:
        ner_tagger.main(arguments)
    finally:
        ner_tagger.Trainer = stanzas_own


def _arguments(recipe: Recipe, files: Files, steps: int) -> list[str]:
    options = {
        "train_file": files.train,
        "eval_file": files.dev,
        "wordvec_pretrain_file": files.vectors,
        "save_dir": files.model.parent,
        "save_name": files.model.name,
        "shorthand": f"{recipe.language.value}_nisba",
        "seed": recipe.seed,
        "max_steps": steps,
        "max_steps_no_improve": steps,
        "eval_interval": recipe.interval,
        "hidden_dim": recipe.hidden,
        "char_hidden_dim": recipe.character_hidden,
        "char_emb_dim": recipe.characters,
        "batch_size": recipe.batch,
        # A batch of long sentences may be as large as one of short ones is long.
        "max_batch_words": 1_500,
        "optim": "adam",
        "lr": recipe.rate,
        "patience": recipe.patience,
        "dropout": 0.5,
        "word_dropout": 0.05,
    }
    flags = ["--no_emb_finetune"]
    if recipe.tunes_words:
        # Words without a vector stay without one. Where none is tuned the flag would only change
        # which random numbers are drawn.
        flags.append("--emb_finetune_known_only")
    if not recipe.lowercase:
        flags.append("--no_lowercase")
    return [f"--{name}={value}" for name, value in options.items()] + flags
