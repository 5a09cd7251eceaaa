"""From measured features to a rank and a probability: two small learned models.

One ranks the candidates of a name, the other says whether two names are one: what tells the best of
many is not what tells right from wrong. Both sum up the features of `measure` with weights of their
script pair, and add a few units that see features together (a first part that is missing beside a
rest that is common). The tables `data/rank.tsv` and `data/accept.tsv` are learned by
`python -m training.names`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache
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
    """A table. A script pair's own weights come first, then those of the units, which all share.

    Attributes:
        weights: of each feature, [script pairs, features, 1 + units].
        constants: [script pairs, 1 + units].
        unit_weights: what each unit adds, [units].
        slopes, shifts: of each script pair: what makes a score the logarithm of odds.
    """

    weights: Floats
    constants: Floats
    unit_weights: Floats
    slopes: Floats
    shifts: Floats

    def scores(self, features: npt.ArrayLike, scripts: ScriptPair) -> Floats:
        """Return a score for each row of features: the greater, the likelier one name.

        The same for a row to the last digit, whatever other rows there are: a product of matrices
        is not, and would have each name that is compared too change all answers by a hair.
        """
        rows = np.asarray(features, np.float64)
        sums = np.einsum("nf,fu->nu", rows, self.weights[scripts]) + self.constants[scripts]
        scores: Floats = sums[:, 0] + np.einsum("nu,u->n", np.tanh(sums[:, 1:]), self.unit_weights)
        return scores

    def probabilities(self, features: npt.ArrayLike, scripts: ScriptPair) -> Floats:
        """Return the calibrated probabilities of rows of features."""
        odds = self.slopes[scripts] * self.scores(features, scripts) + self.shifts[scripts]
        # The logistic curve, without overflow.
        probabilities: Floats = 0.5 + 0.5 * np.tanh(odds / 2)
        return probabilities


def read(text: str) -> Model:
    """Read a table: rows of a name and numbers, first of the script pairs, then of the units."""
    rows = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, *numbers = line.split("\t")
            rows[name] = np.array([float(number) for number in numbers if number])
    features = np.stack([rows[name] for name in FEATURES])
    units = features[:, len(ScriptPair) :]
    constants = rows["(constant)"]
    return Model(
        weights=np.stack([np.c_[features[:, pair], units] for pair in ScriptPair]),
        constants=np.stack(
            [np.r_[constants[pair], rows[f"({pair.name.lower()} units)"]] for pair in ScriptPair]
        ),
        unit_weights=rows["(unit weights)"],
        slopes=rows["(slope)"],
        shifts=rows["(shift)"],
    )


def write(model: Model, heading: str) -> str:
    """Return the text of a table; `read` is its inverse, up to rounding."""
    own, units = model.weights[:, :, 0].T, model.weights[0, :, 1:]
    rows: list[tuple[str, Floats]] = [
        (name, np.r_[weights, of_units])
        for name, weights, of_units in zip(FEATURES, own, units, strict=True)
    ]
    rows.append(("(constant)", model.constants[:, 0]))
    rows += [(f"({pair.name.lower()} units)", model.constants[pair, 1:]) for pair in ScriptPair]
    rows += [("(unit weights)", model.unit_weights)]
    rows += [("(slope)", model.slopes), ("(shift)", model.shifts)]
    lines = ["\t".join([name, *(f"{number:.4g}" for number in numbers)]) for name, numbers in rows]
    return heading + "\n".join(lines) + "\n"


# Read when first asked for: a feature can be measured before its weights are learned.
@cache
def ranking() -> Model:
    """Return the model that tells the best of many."""
    return _load("rank")


@cache
def accepting() -> Model:
    """Return the model that tells whether two names are one."""
    return _load("accept")


def _load(name: str) -> Model:
    return read(resources.files(__package__).joinpath(f"data/{name}.tsv").read_text("utf-8"))
