"""A text cut into the pieces that the tagger reads, so that no text costs it more than its length.

A piece never crosses a blank line and holds at most `MAX_PIECE` code points, whatever the text:
100 000 letters without a space or a full stop become pieces too. So the tokenizer reads a piece at
once, no sentence is longer than a piece, and what is found in a piece depends on nothing outside
it, which is why texts can be tagged together or alone with one result. Pieces without letters
are left out: they hold no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Stanza reads up to 1 000 code points at once; longer paragraphs it would cut where it likes.
# Paragraphs of news are shorter, so that cuts are rare.
MAX_PIECE = 900

_BLANK_LINE = re.compile(r"\n\s*\n")
_SENTENCE_END = re.compile(r"(?<=[.!?؟۔…])[\"')\]»]?\s|\n")
_SPACE = re.compile(r"\s")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text at `index`, and where it begins in that text."""

    index: int
    start: int
    text: str


def batches(texts: Sequence[str], budget: int) -> Iterator[list[Piece]]:
    """Yield the pieces of all texts, in order, in batches of at most `budget` code points."""
    batch: list[Piece] = []
    size = 0
    for index, text in enumerate(texts):
        for start, end in pieces(text):
            if batch and size + end - start > budget:
                yield batch
                batch, size = [], 0
            batch.append(Piece(index, start, text[start:end]))
            size += end - start
    if batch:
        yield batch


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the pieces, in order, without white space at their ends."""
    start = 0
    for blank in _BLANK_LINE.finditer(text):
        yield from _of_paragraph(text, start, blank.start())
        start = blank.end()
    yield from _of_paragraph(text, start, len(text))


def _of_paragraph(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        cut = end if end - start <= MAX_PIECE else _cut(text, start, start + MAX_PIECE)
        if _LETTER.search(text, start, cut):
            yield _trimmed(text, start, cut)
        start = cut


def _cut(text: str, start: int, limit: int) -> int:
    """Return where to cut: after the last sentence, else after the last word, else at the limit."""
    for boundary in (_SENTENCE_END, _SPACE):
        ends = [match.end() for match in boundary.finditer(text, start, limit)]
        if ends:
            return ends[-1]
    return limit


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
