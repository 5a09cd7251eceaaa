from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nisba_service.tagging.pieces import MAX_PIECE, batches, pieces


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in pieces(text)]


def test_a_blank_line_ends_a_piece_and_a_line_break_does_not() -> None:
    assert cut("Hamas\nand Fatah\n \nرام\nالله\n") == ["Hamas\nand Fatah", "رام\nالله"]


def test_a_long_paragraph_is_cut_after_a_sentence() -> None:
    sentence = "قالت حماس إن الاتفاق قائم. "
    found = cut(sentence * 100)
    assert len(found) > 1
    assert all(piece.endswith(".") and len(piece) <= MAX_PIECE for piece in found)


def test_a_long_sentence_is_cut_between_words() -> None:
    found = cut("hamas " * 400)
    assert {word for piece in found for word in piece.split()} == {"hamas"}


@pytest.mark.parametrize("text", ["a" * 100_000, "ح" * 100_000])
def test_a_word_without_end_is_cut_all_the_same(text: str) -> None:
    found = cut(text)
    assert max(map(len, found)) == MAX_PIECE
    assert sum(map(len, found)) == len(text)


def test_what_holds_no_letter_is_left_out() -> None:
    assert cut("12. 13.\n\n... ؟\n\nغزة") == ["غزة"]
    assert cut("." * 100_000) == []


def test_batches_keep_order_and_budget() -> None:
    found = list(batches(["one\n\ntwo", "three", "four"], 8))
    assert [[(p.index, p.start, p.text) for p in batch] for batch in found] == [
        [(0, 0, "one"), (0, 5, "two")],
        [(1, 0, "three")],
        [(2, 0, "four")],
    ]


@given(st.text(alphabet="ab. \n\u0628", max_size=3000))
def test_pieces_hold_every_letter_once(text: str) -> None:
    assert "".join("".join(cut(text)).split()).replace(".", "") == "".join(text.split()).replace(
        ".", ""
    )
