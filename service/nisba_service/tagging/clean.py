"""A text made easy for the tagger, with the way back to the offsets of the original.

Milder than the normalisation of names: letters and their case stay, for the tagger reads both.
What goes is what a reader does not see as a letter of its own: vowel signs, tatweel, bidi and
zero-width characters. Ligatures and presentation forms become plain letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# Part of the letter before it: a span that ends in that letter takes it along.
_ATTACHED = (
    "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
)
# Nothing to see: bidi controls, joiners, soft hyphens, byte order marks, variation selectors.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufe00-\ufe0f\ufeff"
)
# Rewritten to letters and marks of the models' alphabets.
_REWRITTEN = (
    "\u0000-\u0008\u000b-\u001f\u007f-\u00a0\u2018-\u201f\u06a9\u06cc\ufb50-\ufdff\ufe70-\ufefc"
)

_UNPLAIN = re.compile(f"[{_ATTACHED}{_INVISIBLE}{_REWRITTEN}]")
_ATTACHED_CHARACTER = re.compile(f"[{_ATTACHED}]")
_INVISIBLE_CHARACTER = re.compile(f"[{_INVISIBLE}]")

_PLAIN = {
    "\u2018": "'",
    "\u2019": "'",  # Hamas’s
    "\u201a": "'",
    "\u201b": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u201f": '"',
    "\u06a9": "ك",  # Persian keheh and yeh in Arabic text: کمال، علی
    "\u06cc": "ي",
}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text; character i stands for `original[starts[i]:ends[i]]`."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original's span of a non-empty span of the cleaned text."""
        return self.starts[start], self.ends[end - 1]


def clean(text: str) -> Cleaned:
    """Return `text` without invisible characters and marks, letters plain."""
    if _UNPLAIN.search(text) is None:
        return Cleaned(text, range(len(text)), range(1, len(text) + 1))
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for position, character in enumerate(text):
        if _ATTACHED_CHARACTER.match(character):
            _extend(ends, position)
        elif not _INVISIBLE_CHARACTER.match(character):
            for plain in _plain(character):
                characters.append(plain)
                starts.append(position)
                ends.append(position + 1)
    return Cleaned("".join(characters), starts, ends)


def _extend(ends: list[int], position: int) -> None:
    """Let the mark at `position` belong to the letter it follows."""
    if ends and ends[-1] == position:
        ends[-1] = position + 1


def _plain(character: str) -> str:
    if not _UNPLAIN.match(character):
        return character
    if character in _PLAIN:
        return _PLAIN[character]
    if character >= "\ufb50":
        return unicodedata.normalize("NFKC", character)
    return " "  # a control character or a no-break space


def plain(text: str) -> str:
    """Return a name as it is shown and looked up: cleaned, white space single."""
    return " ".join(clean(text).text.split())
