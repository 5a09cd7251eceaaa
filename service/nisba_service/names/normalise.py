"""One normal form for documents and for stored names, and the way back to the text as written.

Reach for `normalise` where offsets matter (documents), for `normal_form` where they do not (names).
Both take the same steps, so a stored name stands in a text if its normal form stands in the text's:

1. what stands around a sign decides on it: the full stops of "P.L.O." vanish, the apostrophe of a
   possessive "'s" is a space;
2. each code point is replaced on its own: compatibility and presentation forms are resolved,
   combining marks, apostrophes, ʿayn signs, tatweel, hamza and invisible marks vanish, letters that
   writers use for one another become one (أ إ آ ا, ى ي ی, ة ه, ک ك), digits become ASCII, letters
   lower case, hyphens, quotation marks and white space a space;
3. a run of spaces is one space.

Other punctuation stays, since it ends a name ("in Gaza. Egypt said").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

# Letters that Unicode does not decompose, or not into what writers mean.
_LETTERS = {
    # Latin, as the press writes them without their marks.
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    "ħ": "h", "ŋ": "ng", "ə": "a",
    # Arabic letters that writers use for one another: مصطفى, مصطفي; غزة, غزه; کرمان, كرمان.
    "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ۆ": "و", "ۇ": "و", "ٱ": "ا",
    "ة": "ه", "ۃ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ک": "ك", "ڪ": "ك", "ڭ": "گ",
    # Hamza alone, and the stretching that fills a line: شهداء, شهدا; محـــمود, محمود.
    "ء": "", "ٴ": "", "ـ": "",
}  # fmt: skip

# Apostrophes, primes and the signs for ʿayn and hamza: 'Arouri, ʿArūrī, ‘Arouri, `Arouri.
_VANISHING = "'`´‘’‚‛ʻʼʽʾʿˈˊˋ′‵ˮ"
# Hyphens and quotation marks: al-Arouri, al‑Arouri; "Abu Mazen", «أبو مازن».
_SPACES = '-‐‑‒–—―_"“”„‟«»〝〞·•'

_POSSESSIVE = re.compile(r"(?<=[^\W\d_]{3})['’](?=[sS]\b)")
_ABBREVIATION = re.compile(r"\b(?:[^\W\d_]\.){2,}")


# What `marked_form` keeps of what `normal_form` drops, each under one sign: long vowels and the
# consonants of scholarly romanisation (Ṣāliḥ), ʿayn and hamza, and the Arabic letters that tell how
# a word is said (إسماعيل begins with i, مصطفى ends in a, غزة is Gazat before an article).
_MARKED = {
    "ā": "āâáà", "ī": "īîíì", "ū": "ūûúùōôóò",
    "ḥ": "ḥḩħ", "ṣ": "ṣşș", "ṭ": "ṭţț", "ḍ": "ḍḑ", "ẓ": "ẓ", "ʿ": "ʿ`‘ʻ", "ʾ": "ʾ'’ʼ´",
    "ة": "ةۃ", "ى": "ى", "أ": "أ", "إ": "إ", "آ": "آ", "ئ": "ئ", "ؤ": "ؤ", "ء": "ء",
}  # fmt: skip


class _Replacements(dict[int, str]):
    """The replacement of each code point, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        replacement = self[code] = _replacement(chr(code))
        return replacement


class _MarkedReplacements(_Replacements):
    """The same, but for what `marked_form` keeps."""

    def __init__(self) -> None:
        kept = {char: sign for sign, chars in _MARKED.items() for char in chars}
        super().__init__((ord(char), sign) for char, sign in kept.items())


def _replacement(char: str) -> str:
    if char in _VANISHING:
        return ""
    if char.isspace() or char in _SPACES:
        return " "
    return "".join(_simple(part) for part in unicodedata.normalize("NFKD", char.lower()))


def _simple(char: str) -> str:
    if char in _LETTERS:
        return _LETTERS[char]
    category = unicodedata.category(char)
    if category[0] in "MC":
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    return " " if char.isspace() else char


_REPLACEMENTS = _Replacements()
_MARKED_REPLACEMENTS = _MarkedReplacements()
_UNMARKED = {ord(sign): _replacement(sign) for sign in _MARKED}
_VANISHED = "\u200b"
_SPACE_RUN = re.compile(r" {2,}")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normal form; code point i of `text` was written at `offsets[i]` of the original.

    `offsets` has one more item than `text`: the length of the original. Text that one code point
    became (ﷲ → الله) has the offset of that code point.
    """

    text: str
    offsets: Sequence[int]


def normalise(text: str) -> Normalised:
    """Return the normal form of a text with the origin of each of its code points."""
    replacements = _REPLACEMENTS
    pieces = [replacements[ord(char)] for char in _resolve_signs(text)]
    lengths = np.fromiter(map(len, pieces), np.int64, len(pieces))
    offsets = np.repeat(np.arange(len(pieces)), lengths)
    spaced = "".join(pieces)
    codes = np.frombuffer(spaced.encode("utf-32-le"), np.uint32)
    is_space = codes == ord(" ")
    kept = np.ones(len(codes), bool)
    kept[1:] = ~(is_space[1:] & is_space[:-1])
    return Normalised(
        text=_SPACE_RUN.sub(" ", spaced),
        offsets=[*offsets[kept].tolist(), len(text)],
    )


def normal_form(name: str) -> str:
    """Return the normal form of a name, without spaces at its ends."""
    return _SPACE_RUN.sub(" ", _resolve_signs(name).translate(_REPLACEMENTS)).strip()


# Names in Cyrillic letters stand in lists beside Latin ones: Сергей Лавров, Sergei Lavrov.
_CYRILLIC = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "ie",
        "ж": "zh", "з": "z", "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m",
        "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f",
        "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
        "э": "e", "ю": "yu", "я": "ya", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c",
        "џ": "dz", "қ": "k", "ғ": "g", "ү": "u", "ұ": "u", "ө": "o", "ң": "n", "ә": "a", "һ": "h",
    }
)  # fmt: skip


def marked_form(name: str) -> str:
    """Return the normal form of a name with the marks that tell how it is said: Ṣāliḥ → ṣāliḥ."""
    lowered = unicodedata.normalize("NFC", _resolve_signs(name).lower()).translate(_CYRILLIC)
    return _SPACE_RUN.sub(" ", lowered.translate(_MARKED_REPLACEMENTS)).strip()


def unmarked(marked: str) -> str:
    """Return the normal form of a word in marked form."""
    return marked.translate(_UNMARKED)


def _resolve_signs(text: str) -> str:
    """Replace signs that mean something by their surroundings; as many code points as before."""
    if "'" in text or "’" in text:
        text = _POSSESSIVE.sub(" ", text)
    if "." in text:
        text = _ABBREVIATION.sub(lambda match: match[0].replace(".", _VANISHED), text)
    return text
