"""A trained tagger and its vectors as the files that ship: small, and loadable by Stanza.

Vectors are stored as float16. A tagger that has fine-tuned its words carries a second table of
vectors to be added to the first, as large as the first; added once and for all, it need not be
stored. What a tagger has not fine-tuned is dropped likewise.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from stanza.models.common.vocab import UNK_ID, VOCAB_PREFIX

from training.tagger.recipe import Recipe

PACKAGE = "nisba"
_DELTA = "delta_emb.weight"


def pack(recipe: Recipe, model: Path, vectors: Path, folder: Path) -> None:
    """Replace a language's tagger and vectors in a models folder."""
    tagger, pretrain = _load(model), _load(vectors)
    fold(tagger, pretrain)
    pretrain["emb"] = pretrain["emb"].half()
    # What the configuration says of files holds for the machine of the training alone.
    tagger["config"] = {k: v for k, v in tagger["config"].items() if not _is_path(k)}
    language = folder / recipe.language.value
    _save(tagger, language / "ner" / f"{PACKAGE}.pt")
    _save(pretrain, language / "pretrain" / f"{PACKAGE}.pt")
    _describe(recipe, folder / "resources.json")


def fold(tagger: dict[str, Any], pretrain: dict[str, Any]) -> None:
    """Add a tagger's fine-tuned table to the vectors, and take it out of the tagger.

    A word that only the table has becomes a word of the vectors.
    """
    weights = tagger["model"].pop(_DELTA, None)
    delta = tagger["vocab"].pop("delta", None)
    tagger["vocab"].get("_key2class", {}).pop("delta", None)
    tagger["config"]["emb_finetune"] = False
    if weights is None or delta is None or not weights.any():
        return
    ranks: dict[str, int] = pretrain["vocab"]["_unit2id"]
    words: list[str] = pretrain["vocab"]["_id2unit"]
    vectors = pretrain["emb"].float()
    added = []
    for row, word in enumerate(delta["_id2unit"]):
        if row == UNK_ID or row >= len(VOCAB_PREFIX):
            if word in ranks:
                vectors[ranks[word]] += weights[row]
            else:
                ranks[word] = len(words)
                words.append(word)
                added.append(vectors[UNK_ID] + weights[row])
    pretrain["emb"] = torch.cat([vectors, *(vector.unsqueeze(0) for vector in added)])
    tagger["vocab"]["word"] = pretrain["vocab"]


def _is_path(option: str) -> bool:
    return option.endswith(("_file", "_dir", "save_name"))


def _load(path: Path) -> dict[str, Any]:
    state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    return state


def _save(state: dict[str, Any], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(state, path, _use_new_zipfile_serialization=False)


def _describe(recipe: Recipe, path: Path) -> None:
    resources = json.loads(path.read_text("utf-8"))
    tagger = resources[recipe.language.value]["ner"][PACKAGE]
    tagger.pop("particles_apart", None)
    if recipe.particles_apart:
        tagger["particles_apart"] = True
    path.write_text(f"{json.dumps(resources, indent=1)}\n", "utf-8")
