"""Texts that come near to what breaks things, in both languages."""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st

NAMES: Final = (
    *("Saleh al-Arouri", "Al-Aruri", "Hamdallah", "Hamas", "Gaza", "PLO", "Abu Mazen's", "O'Neill"),
    *("صالح العاروري", "العاروري", "الحمد الله", "حماس", "غزة", "م.ت.ف", "أبو مازن", "عبد الرحمن"),
)
WORDS: Final = (
    *("met", "in", "and", "said", "Mr.", "the", "of", "i.e.", "U.S.A.", "don't", "Ltd.", "“so”"),
    *("التقى", "في", "وقال", "و", "لل", "بال", "ابن", "بن", "أبي", "السيد", "د.", "«قال»", "قادة"),
)
MARKS: Final = (
    # Direction marks, overrides, isolates; zero-width; BOM; tatweel; vowels; other combining marks.
    *("\u200e", "\u200f", "\u202a", "\u202e", "\u202c", "\u2066", "\u2069", "\u061c"),
    *("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad"),
    *("ـ", "ـ" * 50, "\u064e", "\u0651\u064e", "\u0670", "\u0301", "\u0301" * 40, "\u20dd"),
)
SIGNS: Final = (
    *(" ", "  ", "\n", "\n\n", "\t", "\r\n", "\x00", "\x1b", "\x85", "\u2028", "\u00a0", "\u3000"),
    *(
        ". ",
        "، ",
        "؟ ",
        "؛",
        ", ",
        "! ",
        "…",
        "-",
        "–",
        "'",
        "’",
        '"',
        "(",
        ")",
        "[",
        "/",
        "@",
        "_",
    ),
    *("0", "2023", "٢٠٢٣", "۱۲", "½", "①", "🙂", "👨‍👩‍👧", "🇵🇸", "ﷲ", "ﻻ", "ﷺ", "ß", "İ", "ǅ", "ﬁ"),
    *("哈马斯", "Хамас", "חמאס", "𝐇𝐚𝐦𝐚𝐬", "\U000e0041", "\uffff", "\U0010ffff", "گ", "پ", "ی", "ک"),
)
LONE_SURROGATES: Final = ("\ud800", "\udfff", "\udc80")
LONG: Final = ("a" * 3_000, "ع" * 3_000, "Ab" * 1_000, "وال" * 1_000, "x-" * 1_500, "ا.ب." * 800)

_PIECES: Final = st.sampled_from((*NAMES, *WORDS, *MARKS, *SIGNS))


def texts(*, surrogates: bool = False) -> st.SearchStrategy[str]:
    """Return texts of pieces and of anything; with lone surrogates, which no UTF-8 can hold."""
    letters = st.characters() if surrogates else st.characters(exclude_categories=["Cs"])
    anything = st.text(letters, max_size=20)
    pieces = [_PIECES, _PIECES, _PIECES, st.sampled_from(LONG), anything]
    if surrogates:
        pieces.append(st.sampled_from(LONE_SURROGATES))
    spaced = st.tuples(st.one_of(pieces), st.sampled_from(("", " ", " ", " "))).map("".join)
    return st.lists(spaced, max_size=25).map("".join)
