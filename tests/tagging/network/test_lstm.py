from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_info

from nisba_service.tagging.network.lstm import EVEN_COLUMNS, BiLstm, Floats, product
from nisba_service.tagging.network.packing import Packed

INPUTS, CELLS, DIFFERENT = 5, 8, 20


@pytest.fixture(scope="module")
def theirs() -> torch.nn.LSTM:
    torch.manual_seed(1)
    return torch.nn.LSTM(INPUTS, CELLS, batch_first=True, bidirectional=True)


@pytest.fixture(scope="module")
def begin() -> Floats:
    return np.random.default_rng(2).standard_normal((2, 2, 1, CELLS)).astype(np.float32)


@pytest.fixture(scope="module")
def ours(theirs: torch.nn.LSTM, begin: Floats) -> BiLstm:
    weights = {f"x.lstm.{n}": p.detach().numpy() for n, p in theirs.named_parameters()}
    return BiLstm.of({**weights, "x_h_init": begin[0], "x_c_init": begin[1]}, "x")


@pytest.fixture(scope="module")
def inputs() -> Floats:
    return np.random.default_rng(3).standard_normal((DIFFERENT, INPUTS)).astype(np.float32)


def outputs(lstm: BiLstm, inputs: Floats, sequences: list[list[int]]) -> list[Floats]:
    rows = np.array([row for sequence in sequences for row in sequence])
    packed = Packed.of([len(sequence) for sequence in sequences])
    found = lstm.run(lstm.table(inputs), rows, packed)
    return np.split(found, packed.last[:-1] + 1)


SEQUENCES = st.lists(
    st.lists(st.integers(0, DIFFERENT - 1), min_size=1, max_size=7), min_size=1, max_size=9
)


@settings(deadline=None)
@given(SEQUENCES)
def test_outputs_are_torchs(
    ours: BiLstm,
    theirs: torch.nn.LSTM,
    begin: Floats,
    inputs: Floats,
    sequences: list[list[int]],
) -> None:
    states = (torch.from_numpy(begin[0]), torch.from_numpy(begin[1]))
    for sequence, found in zip(sequences, outputs(ours, inputs, sequences), strict=True):
        with torch.inference_mode():
            expected, _ = theirs(torch.from_numpy(inputs[sequence])[None], states)
        assert np.allclose(found, expected[0].numpy(), atol=1e-6)


@settings(deadline=None)
@given(SEQUENCES)
def test_a_sequence_has_the_same_outputs_alone_and_among_others(
    ours: BiLstm, inputs: Floats, sequences: list[list[int]]
) -> None:
    for sequence, among in zip(sequences, outputs(ours, inputs, sequences), strict=True):
        (alone,) = outputs(ours, inputs, [sequence])
        assert np.allclose(alone, among, atol=1e-6)


def test_a_layer_before_the_lstm_is_folded_into_it(ours: BiLstm) -> None:
    generator = np.random.default_rng(4)
    matrix = generator.standard_normal((3, INPUTS)).astype(np.float32)
    bias = generator.standard_normal(INPUTS).astype(np.float32)
    given_ = generator.standard_normal((6, 3)).astype(np.float32)
    folded = ours.behind(matrix, bias).table(given_)
    assert np.allclose(folded, ours.table(given_ @ matrix + bias), atol=1e-5)


AVX_512 = any(pool.get("architecture") == "SkylakeX" for pool in threadpool_info())


@pytest.mark.skipif(not AVX_512, reason="other processors round a row of few and of many otherwise")
@pytest.mark.parametrize("columns", [EVEN_COLUMNS, 800])
def test_a_row_of_a_product_is_the_same_among_few_and_many(columns: int) -> None:
    generator = np.random.default_rng(5)
    matrix = generator.standard_normal((200, columns)).astype(np.float32)
    rows = generator.standard_normal((300, 200)).astype(np.float32)
    full = product(rows, matrix)
    for count in (1, 2, 3, 5, 8, 17, 64, 65, 299):
        assert np.array_equal(product(rows[:count], matrix), full[:count])
