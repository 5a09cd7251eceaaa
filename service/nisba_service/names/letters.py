"""Letters of both scripts as sounds of one coarse alphabet, to find names by, not to judge.

The alphabet: a i u (vowels), b d f g h k l m n r s t z, S (sh, ch) and x (kh). Letters that are
written for one another across scripts share a sound: p and b (بيريز, Peres), q, c and k (Qassem,
Kassem), j, g and gh (جمال: Jamal, Gamal), v and f, dh and d, th and t. ع has none (عباس, Abbas).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from operator import itemgetter

# Longest first where several begin alike.
LATIN_SOUNDS: Mapping[str, str] = {
    "tsch": "S", "tch": "S", "sch": "S", "sh": "S", "ch": "S", "kh": "x", "gh": "g", "th": "t",
    "dh": "d", "ph": "f", "ck": "k", "dj": "g", "dg": "g", "ou": "u", "oo": "u", "ee": "i",
    "ce": "sa", "ci": "si", "cy": "si",
    "a": "a", "b": "b", "c": "k", "d": "d", "e": "a", "f": "f", "g": "g", "h": "h",
    "i": "i", "j": "g", "k": "k", "l": "l", "m": "m", "n": "n", "o": "u", "p": "b", "q": "k",
    "r": "r", "s": "s",
    "t": "t", "u": "u", "v": "f", "w": "u", "x": "ks", "y": "i", "z": "z",
}  # fmt: skip

ARABIC_SOUNDS: Mapping[str, str] = {
    "تش": "S", "تس": "ts",
    "ا": "a", "ب": "b", "پ": "b", "ت": "t", "ث": "t", "ج": "g", "چ": "S", "ح": "h", "خ": "x",
    "د": "d", "ذ": "d", "ر": "r", "ز": "z", "ژ": "g", "س": "s", "ش": "S",
    "ص": "s", "ض": "d", "ط": "t",
    "ظ": "z", "ع": "", "غ": "g", "ف": "f", "ڤ": "f", "ق": "k", "ك": "k", "گ": "g", "ل": "l",
    "م": "m", "ن": "n", "ه": "h", "و": "u", "ي": "i",
}  # fmt: skip

_SOUNDS = {**LATIN_SOUNDS, **ARABIC_SOUNDS, **{digit: digit for digit in "0123456789"}}
# In Abd al-Hamid, Abd al-Hadi the h begins a word.
_GRAPHEME = re.compile("(?<=^ab)d(?=h)|" + "|".join(sorted(_SOUNDS, key=len, reverse=True)))
_VOWELS = str.maketrans("", "", "aiu")
_CONSONANTS = re.compile("[^aiu]+")
_DOUBLED = re.compile(r"(.)\1+")
_DOUBLED_CONSONANT = re.compile(r"([^\W\daeiou])\1")
_WEAK_END = re.compile(r"(?<=.)h$|(?<=..a)t$")


def sounds(word: str) -> str:
    """Return the coarse sounds of a word in normal form; letters of other scripts have none."""
    found = "".join([_SOUNDS[grapheme] for grapheme in _GRAPHEME.findall(word)])
    return _DOUBLED.sub(itemgetter(1), found)


def vowels(sounds: str) -> str:
    """Return the vowels of a word's sounds, in order."""
    return _CONSONANTS.sub("", sounds)


def doubled(word: str) -> int:
    """Return how many consonants a word in normal form has twice in a row: Hassan, Hammas."""
    return len(_DOUBLED_CONSONANT.findall(word))


def skeleton(sounds: str) -> str:
    """Return the consonants of a word's sounds: what both scripts are sure to write.

    A final h is weak (Haniyeh, Haniya, هنية), and so is the t that a following word brings out
    (Izbat al-Amirah, عزبة العامرة). A word of vowels alone keeps them (Aya, آية).
    """
    firm = _WEAK_END.sub("", sounds) if sounds.endswith(("h", "t")) else sounds
    consonants = _DOUBLED.sub(itemgetter(1), firm.translate(_VOWELS))
    return consonants or sounds
