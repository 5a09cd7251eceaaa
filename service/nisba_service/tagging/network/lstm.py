"""A bidirectional LSTM of one layer: sequences in, both directions together, step by step.

What a cell adds up from its input depends on the input alone, and inputs repeat (letters, words):
so it is given as a table of all different inputs, and a step looks it up. What is left is one
product with the cells' last outputs, for all sequences and both directions, and two calls of tanh.

The gates' sigmoid is read off tanh, as sigmoid(x) = tanh(x / 2) / 2 + 1 / 2: their weights are
halved beforehand, so that one tanh serves all four parts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nisba_service.tagging.network.packing import Packed, Places

Floats = NDArray[np.float32]

_DIRECTIONS = ("", "_reverse")
# A product with a single row, and its last columns where their number is not a multiple of 16, are
# other routines of BLAS, with other roundings: a sequence would come out otherwise alone than among
# others. Without them it is the same to the last bit where the processor has AVX-512; elsewhere
# roundings differ, as they do in torch.
_MIN_ROWS = 2
EVEN_COLUMNS = 16


def product(rows: Floats, matrix: Floats) -> Floats:
    """Return rows (…, N, K) times a matrix (…, K, M), each row's the same whatever N is.

    M must be a multiple of EVEN_COLUMNS for that.
    """
    count = rows.shape[-2]
    enough = rows if count >= _MIN_ROWS else np.repeat(rows, _MIN_ROWS, axis=-2)
    result: Floats = np.matmul(enough, matrix)
    return result[..., :count, :]


@dataclass(frozen=True, slots=True)
class BiLstm:
    """Weights of both directions; the four parts of a cell are input, forget, output, new value.

    Attributes:
        inputs: (2, inputs, 4 × cells), and `bias` (2, 1, 4 × cells): of an input.
        recurrent: (2, cells, 4 × cells): of the cells' last outputs.
        hidden, state: (2, 1, cells): before the first step.
    """

    inputs: Floats
    bias: Floats
    recurrent: Floats
    hidden: Floats
    state: Floats

    @classmethod
    def of(cls, weights: Mapping[str, Floats], name: str) -> BiLstm:
        """Take the LSTM of that name from torch's weights."""
        own = f"{name}.lstm"
        biases = [
            weights[f"{own}.bias_ih_l0{d}"] + weights[f"{own}.bias_hh_l0{d}"] for d in _DIRECTIONS
        ]
        return cls(
            _columns([weights[f"{own}.weight_ih_l0{d}"] for d in _DIRECTIONS]),
            np.stack([_in_order(bias)[np.newaxis] for bias in biases]),
            _columns([weights[f"{own}.weight_hh_l0{d}"] for d in _DIRECTIONS]),
            weights[f"{name}_h_init"],
            weights[f"{name}_c_init"],
        )

    def behind(self, matrix: Floats, bias: Floats) -> BiLstm:
        """Return the LSTM that takes what `matrix` (inputs, own inputs) and `bias` make of it."""
        wide = self.inputs.astype(np.float64)  # so that folding two roundings into one costs none
        return BiLstm(
            (matrix.astype(np.float64) @ wide).astype(np.float32),
            (bias[np.newaxis].astype(np.float64) @ wide + self.bias).astype(np.float32),
            self.recurrent,
            self.hidden,
            self.state,
        )

    def table(self, inputs: Floats) -> Floats:
        """Return what the cells add up from each of N inputs: (2, N, 4 × cells)."""
        table = product(inputs, self.inputs)
        table += self.bias
        return table

    def run(self, table: Floats, rows: Places, packed: Packed) -> Floats:
        """Return the outputs (N, 2 × cells) at N items, the rows of a table that they are."""
        cells = self.hidden.shape[2]
        outputs = np.empty((2, len(rows), cells), np.float32)
        self._steps(
            table.reshape(-1, 4 * cells), _by_step(rows, packed, table.shape[1]), outputs, packed
        )
        return np.concatenate([outputs[0, packed.forward], outputs[1, packed.backward]], axis=1)

    def _steps(self, table: Floats, rows: Places, outputs: Floats, packed: Packed) -> None:
        count = max(packed.widths[0], _MIN_ROWS)
        hidden = np.repeat(self.hidden, count, axis=1)
        state = np.repeat(self.state, count, axis=1)
        room = np.empty((2, 2, count, 4 * hidden.shape[2]), np.float32).reshape(2, -1)
        for start, width in zip(packed.starts, packed.widths, strict=True):
            among = rows[:, start : start + width]
            if width < _MIN_ROWS:
                among = np.repeat(among, _MIN_ROWS, axis=1)
            _step(table, among, (self.recurrent, hidden, state), room)
            outputs[:, start : start + width] = hidden[:, :width]


def _by_step(rows: Places, packed: Packed, size: int) -> Places:
    """Return the rows (2, N) in the order of steps; backwards they are of the second table."""
    ordered = np.empty((2, len(rows)), np.intp)
    ordered[0, packed.forward] = rows
    ordered[1, packed.backward] = rows + size
    return ordered


def _step(table: Floats, rows: Places, cells: tuple[Floats, Floats, Floats], room: Floats) -> None:
    """Move the first cells of each direction, as many as there are rows, by one step."""
    recurrent, hidden, state = cells[0], cells[1][:, : rows.shape[1]], cells[2][:, : rows.shape[1]]
    shape = (*rows.shape, recurrent.shape[2])
    parts, sums = (part[: rows.size * shape[2]].reshape(shape) for part in room)
    np.take(table, rows, axis=0, out=parts, mode="clip")
    np.matmul(hidden, recurrent, out=sums)
    parts += sums
    np.tanh(parts, out=parts)
    size = hidden.shape[2]
    gates = parts[..., : 3 * size]
    gates *= 0.5
    gates += 0.5
    new = parts[..., 3 * size :]
    new *= gates[..., :size]
    state *= gates[..., size : 2 * size]
    state += new
    np.tanh(state, out=hidden)
    hidden *= gates[..., 2 * size :]


def _columns(weights: list[Floats]) -> Floats:
    """Return torch's weights (cells, inputs) of both directions as (2, inputs, cells).

    In memory too: BLAS multiplies a few rows several times as fast with a matrix laid out so.
    """
    return np.ascontiguousarray(
        np.stack([_in_order(weight) for weight in weights]).transpose(0, 2, 1)
    )


def _in_order(weight: Floats) -> Floats:
    """Return torch's rows (input, forget, new value, output) in the order of here, gates halved."""
    entering, kept, new, shown = np.split(weight, 4)
    half = np.float32(0.5)
    return np.concatenate([entering * half, kept * half, shown * half, new])
