"""Words as rows of symbols, one byte each: what spellings are compared by.

A symbol is a grapheme (a letter, or letters that write one sound: sh, kh, ou) and where it stands
in its word, since vowels and h weigh differently at its ends. Doubled letters count once: the
Arabic script does not write them. Latin symbols have codes below 128, Arabic ones from 128.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum
from operator import itemgetter

DIGITS = "0123456789"
# Weak graphemes come and go at the end of a word, so that they have a symbol of their own there.
LATIN_WEAK = (*"aeiouywhtāīū", "ou", "oo", "ee", "ay", "aw")
LATIN_FIRM = (
    *"bcdfgjklmnpqrsvxzḥṣṭḍẓʿʾ", "sh", "kh", "gh", "th", "dh", "ch", "c(e)",
)  # fmt: skip
LATIN_INNER = ("(s)h", "(t)h", "(d)h")
ARABIC_WEAK = tuple("اويهتعةىأإآ")
ARABIC_FIRM = tuple("بثجحخدذرزسشصضطظغفقكلمنپچژڤگئؤء")

# An h after s, t or d is most often part of their sound (Hashem, هاشم), but not always (Ishaq,
# إسحاق; Fathi, فتحي), so that it is a symbol beside them. Before e, i and y a c is soft (Cecil,
# سيسيل). Each of these gets a letter of its own first.
_CONTEXT = re.compile("sh|th|dh|c(?=[eiyī])")
_IN_CONTEXT = {"sh": "šˢ", "th": "θᵗ", "dh": "ðᵈ", "c": "ç"}

# Other ways to write a grapheme above.
_SAME_GRAPHEME = {
    "š": "sh", "ˢ": "(s)h", "θ": "th", "ᵗ": "(t)h", "ð": "dh", "ᵈ": "(d)h", "ç": "c(e)",
    "tsch": "ch", "sch": "sh", "tch": "ch", "ph": "f", "ck": "k", "dj": "j", "oe": "o",
    "ai": "ay", "ei": "ay", "ey": "ay", "au": "aw", "ow": "aw",
}  # fmt: skip


class Place(IntEnum):
    """Where in its word a symbol stands."""

    START = 0
    INSIDE = 1
    END = 2


FIRST_ARABIC = 128


def _number(
    weak: Iterable[str], firm: Iterable[str], inner: Iterable[str], first: int
) -> dict[tuple[str, Place], int]:
    pairs = [(grapheme, place) for grapheme in weak for place in Place]
    pairs += [(grapheme, place) for grapheme in firm for place in (Place.START, Place.INSIDE)]
    pairs += [(grapheme, Place.INSIDE) for grapheme in inner]
    codes = {pair: first + i for i, pair in enumerate(pairs)}
    return codes | {
        (grapheme, place): codes[grapheme, Place.INSIDE]
        for grapheme in (*firm, *inner)
        for place in Place
        if (grapheme, place) not in codes
    }


CODES = (
    {(digit, place): 1 + int(digit) for digit in DIGITS for place in Place}
    | _number(LATIN_WEAK, LATIN_FIRM, LATIN_INNER, 1 + len(DIGITS))
    | _number(ARABIC_WEAK, ARABIC_FIRM, (), FIRST_ARABIC)
)
_GRAPHEMES = {grapheme: grapheme for grapheme, _ in CODES} | _SAME_GRAPHEME
# One table a place: a key of a pair with an enum costs a call of its hash for every letter.
_STARTING, _INSIDE, _ENDING = (
    {written: CODES[grapheme, place] for written, grapheme in _GRAPHEMES.items()} for place in Place
)
_GRAPHEME = re.compile("|".join(map(re.escape, sorted(_GRAPHEMES, key=len, reverse=True))))
_DOUBLED = re.compile(r"([^\W\deo])\1+")


def symbols(word: str) -> bytes:
    """Return the symbols of a word in marked form; letters of other scripts have none."""
    word = _CONTEXT.sub(lambda match: _IN_CONTEXT[match[0]], _DOUBLED.sub(itemgetter(1), word))
    found = _GRAPHEME.findall(word)
    if not found:
        return b""
    codes = [_INSIDE[grapheme] for grapheme in found]
    codes[-1] = _ENDING[found[-1]]
    codes[0] = _STARTING[found[0]]  # a single one is a start
    return bytes(codes)
