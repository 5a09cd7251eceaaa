"""From measured features to a rank and a probability: two small learned models.

One ranks the candidates of a name, the other says whether two names are one: what tells the best of
many is not what tells right from wrong. Both sum up the features of `measure` with weights of their
script pair, and add a few units that see features together (a first part that is missing beside a
rest that is common). The tables `data/rank.tsv` and `data/accept.tsv` are learned by
`training/names/learn_weights.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from importlib import resources

import numpy as np
import numpy.typing as npt

from nisba_service.names.measure import FEATURES
from nisba_service.names.types import Script

Floats = npt.NDArray[np.float64]


class ScriptPair(IntEnum):
    """Which scripts two names are in: a column of the tables."""

    CROSS = 0
    LATIN = 1
    ARABIC = 2


def script_pair(left: Script, right: Script) -> ScriptPair:
    """Return the script pair of two names."""
    if left is not right:
        return ScriptPair.CROSS
    return ScriptPair.ARABIC if left is Script.ARABIC else ScriptPair.LATIN


@dataclass(frozen=True, slots=True)
class Model:
    """A table.

    Attributes:
        weights: of each feature for each script pair, [features, script pairs].
        constants: of each script pair.
        units: of each feature in each unit, [features, units].
        unit_constants: [script pairs, units].
        unit_weights: what each unit adds, [units].
        slopes, shifts: of each script pair: what makes a score the logarithm of odds.
    """

    weights: Floats
    constants: Floats
    units: Floats
    unit_constants: Floats
    unit_weights: Floats
    slopes: Floats
    shifts: Floats

    def scores(self, features: npt.ArrayLike, scripts: ScriptPair) -> Floats:
        """Return a score for each row of features: the greater, the likelier one name."""
        values = np.array(features, np.float64)
        units = np.tanh(values @ self.units + self.unit_constants[scripts])
        scores: Floats = (
            values @ self.weights[:, scripts] + units @ self.unit_weights + self.constants[scripts]
        )
        return scores

    def probabilities(self, features: npt.ArrayLike, scripts: ScriptPair) -> Floats:
        """Return the calibrated probabilities of rows of features."""
        scores = self.scores(features, scripts)
        odds = self.slopes[scripts] * scores + self.shifts[scripts]
        probabilities: Floats = 0.5 + 0.5 * np.tanh(
            odds / 2
        )  # the logistic curve, without overflow
        return probabilities


def read(text: str) -> Model:
    """Read a table: rows of a name and numbers, first of the script pairs, then of the units."""
    rows = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, *numbers = line.split("\t")
            rows[name] = np.array([float(number) for number in numbers if number])
    features = np.stack([rows[name] for name in FEATURES])
    pairs = len(ScriptPair)
    return Model(
        weights=features[:, :pairs],
        constants=rows["(constant)"],
        units=features[:, pairs:],
        unit_constants=np.stack([rows[f"({pair.name.lower()} units)"] for pair in ScriptPair]),
        unit_weights=rows["(unit weights)"],
        slopes=rows["(slope)"],
        shifts=rows["(shift)"],
    )


def write(model: Model, heading: str) -> str:
    """Return the text of a table; `read` is its inverse, up to rounding."""
    rows: list[tuple[str, Floats]] = [
        (name, np.concatenate([weights, units]))
        for name, weights, units in zip(FEATURES, model.weights, model.units, strict=True)
    ]
    rows.append(("(constant)", model.constants))
    rows += [(f"({pair.name.lower()} units)", model.unit_constants[pair]) for pair in ScriptPair]
    rows += [("(unit weights)", model.unit_weights)]
    rows += [("(slope)", model.slopes), ("(shift)", model.shifts)]
    lines = ["\t".join([name, *(f"{number:.4g}" for number in numbers)]) for name, numbers in rows]
    return heading + "\n".join(lines) + "\n"


def _load(name: str) -> Model:
    return read(resources.files(__package__).joinpath(f"data/{name}.tsv").read_text("utf-8"))


RANK = _load("rank")
ACCEPT = _load("accept")
