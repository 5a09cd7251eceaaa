"""The network of a model's files, where the model is of the kind that is run here.

That is what Stanza trains without a character language model and without a transformer: vectors
that stay as they are, a model of letters, one layer, one set of tags. A model with anything else in
it is Stanza's to run.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nisba_service.tagging.model_files import ModelFiles
from nisba_service.tagging.network import checkpoints
from nisba_service.tagging.network.checkpoints import Tensor, Unreadable
from nisba_service.tagging.network.crf import TagSet
from nisba_service.tagging.network.lstm import EVEN_COLUMNS, BiLstm, Floats
from nisba_service.tagging.network.tagger import NetworkTagger
from nisba_service.tagging.network.words import Letters, Vectors, Words

_CELLS = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
_LSTMS = ("taggerlstm", "charmodel.charlstm")
# All that a model of this kind has learnt, by Stanza's names.
_WEIGHTS = frozenset(
    {
        *(f"{lstm}.lstm.{c}{way}" for lstm in _LSTMS for c in _CELLS for way in ("", "_reverse")),
        *(f"{lstm}_{state}_init" for lstm in _LSTMS for state in "hc"),
        "charmodel.char_emb.weight",
        "input_transform.weight",
        "input_transform.bias",
        "tag_clfs.0.weight",
        "tag_clfs.0.bias",
        "crits.0._transitions",
    }
)
_VOCABULARIES = frozenset({"char", "word", "tag", "_key2class"})


def load(model: ModelFiles) -> NetworkTagger | None:
    """Return the tagger of a language, None if the model has other parts or cannot be read.

    What is wrong with damaged files is Stanza's to say, which is asked next.
    """
    try:
        contents = checkpoints.read(model.only_file("ner"))
        rows = checkpoints.read(model.only_file("pretrain"))["emb"].mapped()
        return _tagger(contents, rows)
    except (Unreadable, AttributeError, LookupError, TypeError, ValueError):
        return None


def _tagger(contents: Mapping[str, Any], rows: NDArray[Any]) -> NetworkTagger:
    config, vocabularies = contents["config"], contents["vocab"]
    weights = _weights(contents["model"])
    _require("vocabularies", vocabularies.keys() == _VOCABULARIES)
    _require("a transformer", not config["bert_model"])
    words = _words(config, vocabularies, weights, rows)
    lstm = BiLstm.of(weights, "taggerlstm").behind(
        weights["input_transform.weight"].T, weights["input_transform.bias"]
    )
    _require("inputs", words.width == lstm.inputs.shape[1])
    ((_, tags),) = vocabularies["tag"]["_id2unit"].items()
    return NetworkTagger(
        vocabularies["word"]["_id2unit"],
        words,
        lstm,
        _even(weights["tag_clfs.0.weight"].T),
        weights["tag_clfs.0.bias"],
        weights["crits.0._transitions"],
        TagSet.of(tags),
    )


def _even(matrix: Floats) -> Floats:
    """Return a matrix with columns of zeros behind it, as `lstm.product` wants it."""
    wider = -matrix.shape[1] % EVEN_COLUMNS
    return np.ascontiguousarray(np.pad(matrix, ((0, 0), (0, wider))))


def _weights(model: Mapping[str, Tensor]) -> dict[str, Floats]:
    _require("weights", model.keys() == _WEIGHTS)
    return {name: tensor.floats() for name, tensor in model.items()}


def _words(
    config: Mapping[str, Any],
    vocabularies: Mapping[str, Any],
    weights: Mapping[str, Floats],
    rows: NDArray[Any],
) -> Words:
    known, letters = vocabularies["word"], vocabularies["char"]
    _require("vocabularies in small letters", not (known["lower"] or letters["lower"]))
    _require("vectors of other words", len(rows) == len(known["_id2unit"]))
    return Words(
        Vectors(known["_unit2id"], config.get("lowercase", True), rows),
        Letters.of(letters["_unit2id"], lower=config.get("char_lowercase", False), weights=weights),
    )


def _require(what: str, holds: bool) -> None:
    if not holds:
        raise ValueError(f"other {what}")
