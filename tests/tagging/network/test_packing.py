from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nisba_service.tagging.network.packing import Packed


def test_steps_take_the_next_item_of_each_sequence_the_longest_first() -> None:
    packed = Packed.of([1, 3, 2])  # a | b c d | e f
    assert packed.widths == (3, 2, 1)
    assert packed.starts == (0, 3, 5)
    #                                a  b  c  d  e  f
    assert packed.forward.tolist() == [2, 0, 3, 5, 1, 4]  # b e a | c f | d
    assert packed.backward.tolist() == [2, 5, 3, 0, 4, 1]  # d f a | c e | b
    assert packed.first.tolist() == [0, 1, 4]
    assert packed.last.tolist() == [0, 3, 5]


def test_sequences_of_one_length_keep_their_order() -> None:
    packed = Packed.of([2, 2])
    assert packed.forward.tolist() == [0, 2, 1, 3]
    assert packed.backward.tolist() == [2, 0, 3, 1]


@given(st.lists(st.integers(1, 9), min_size=1, max_size=9))
def test_every_item_has_one_place_in_either_direction(lengths: list[int]) -> None:
    packed = Packed.of(lengths)
    assert sorted(packed.forward.tolist()) == list(range(sum(lengths)))
    assert sorted(packed.backward.tolist()) == list(range(sum(lengths)))
    assert sum(packed.widths) == sum(lengths)
