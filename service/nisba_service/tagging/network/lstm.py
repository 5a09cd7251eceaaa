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
# BLAS multiplies small matrices as they lie, up to a million multiplications, and others only after
# it has copied them, which for the few sentences of one text takes longer than to multiply. In
# blocks of this many columns a step of up to 60 sentences stays below that.
_BLOCK = 80


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
        recurrent: (2, blocks, cells, 4 × cells / blocks): of the cells' last outputs.
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
            _in_blocks(_columns([weights[f"{own}.weight_hh_l0{d}"] for d in _DIRECTIONS])),
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
        outputs = np.empty((2, len(rows), self.hidden.shape[2]), np.float32)
        by_step = _by_step(rows, packed, table.shape[1])
        cells = _Cells(self, max(packed.widths[0], _MIN_ROWS))
        flat = table.reshape(-1, table.shape[2])
        for start, width in zip(packed.starts, packed.widths, strict=True):
            among = by_step[:, start : start + width]
            if width < _MIN_ROWS:
                among = np.repeat(among, _MIN_ROWS, axis=1)
            outputs[:, start : start + width] = cells.step(flat, among)[:, :width]
        return np.concatenate([outputs[0, packed.forward], outputs[1, packed.backward]], axis=1)


def _by_step(rows: Places, packed: Packed, size: int) -> Places:
    """Return the rows (2, N) in the order of steps; backwards they are of the second table."""
    ordered = np.empty((2, len(rows)), np.intp)
    ordered[0, packed.forward] = rows
    ordered[1, packed.backward] = rows + size
    return ordered


class _Cells:
    """The cells of both directions between two steps, for a number of sequences."""

    def __init__(self, lstm: BiLstm, sequences: int) -> None:
        self._recurrent = lstm.recurrent
        self._hidden = np.repeat(lstm.hidden, sequences, axis=1)
        self._state = np.repeat(lstm.state, sequences, axis=1)
        self._room = np.empty((2, 2 * sequences * 4 * lstm.hidden.shape[2]), np.float32)

    def step(self, table: Floats, rows: Places) -> Floats:
        """Move the first sequences by a step, as many as there are rows; return the outputs."""
        _, count = rows.shape
        hidden, state = self._hidden[:, :count], self._state[:, :count]
        parts = self._added(table, rows, hidden)
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
        return hidden

    def _added(self, table: Floats, rows: Places, hidden: Floats) -> Floats:
        """Return what the cells add up (2, sequences, 4 × cells), of inputs and last outputs."""
        _, blocks, _, width = self._recurrent.shape
        shape = (*rows.shape, blocks * width)
        room = self._room[:, : rows.size * blocks * width].reshape(2, *shape)
        parts: Floats = room[0]
        sums: Floats = room[1]
        np.take(table, rows, axis=0, out=parts, mode="clip")
        into = sums.reshape(*rows.shape, blocks, width).transpose(0, 2, 1, 3)
        np.matmul(hidden[:, np.newaxis], self._recurrent, out=into)
        parts += sums
        return parts


def _in_blocks(matrices: Floats) -> Floats:
    """Return matrices (2, K, M) as (2, blocks, K, M / blocks), in memory too."""
    _, inner, columns = matrices.shape
    width = _BLOCK if columns % _BLOCK == 0 else columns
    blocks = matrices.reshape(2, inner, columns // width, width).transpose(0, 2, 1, 3)
    return np.ascontiguousarray(blocks)


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
