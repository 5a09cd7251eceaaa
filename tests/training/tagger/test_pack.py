from __future__ import annotations

from typing import Any

import torch

from training.tagger.pack import fold

SPECIAL = ["<PAD>", "<UNK>", "<EMPTY>", "<ROOT>"]


def tagger(words: list[str], rows: torch.Tensor) -> dict[str, Any]:
    vocab: dict[str, Any] = {"char": {}, "delta": {"_id2unit": [*SPECIAL, *words]}}
    vocab["_key2class"] = {"char": "CharVocab", "delta": "WordVocab"}
    table = torch.cat([torch.zeros(4, 2), rows])
    table[1] = 0.5  # what is unknown has been tuned too
    return {"model": {"delta_emb.weight": table}, "vocab": vocab, "config": {}}


def vectors() -> dict[str, Any]:
    words = [*SPECIAL, "غزة", "Gaza"]
    ranks = {word: row for row, word in enumerate(words)}
    return {"vocab": {"_id2unit": words, "_unit2id": ranks}, "emb": torch.ones(6, 2)}


def test_a_tuned_table_is_added_to_the_vectors() -> None:
    model, pretrain = tagger(["غزة", "Rafah"], torch.tensor([[1.0, 2.0], [3.0, 4.0]])), vectors()
    fold(model, pretrain)
    assert pretrain["vocab"]["_id2unit"][-3:] == ["غزة", "Gaza", "Rafah"]
    assert pretrain["vocab"]["_unit2id"]["Rafah"] == 6
    # Rafah had no vector of its own, but that of the unknown.
    assert pretrain["emb"][4:].tolist() == [[2.0, 3.0], [1.0, 1.0], [4.5, 5.5]]
    assert pretrain["emb"][1].tolist() == [1.5, 1.5]
    assert "delta" not in model["vocab"]
    assert "delta" not in model["vocab"]["_key2class"]
    assert model["vocab"]["word"] is pretrain["vocab"]
    assert model["model"] == {}


def test_a_table_that_was_not_tuned_is_dropped() -> None:
    model, pretrain = tagger(["Rafah"], torch.zeros(1, 2)), vectors()
    model["model"]["delta_emb.weight"][:] = 0
    fold(model, pretrain)
    assert len(pretrain["vocab"]["_id2unit"]) == 6
    assert pretrain["emb"].tolist() == torch.ones(6, 2).tolist()
    assert "delta" not in model["vocab"]
    assert not model["config"]["emb_finetune"]
