"""What stands around a mention, cut out in either script."""

from __future__ import annotations

import pytest

from nisba_service.archive.context import Context, harmless
from nisba_service.names.types import Language

ENGLISH = "The deputy leader Saleh al-Arouri spoke in Beirut on Monday."
ARABIC = "تحدث نائب الرئيس صالح العاروري في بيروت يوم الاثنين."


def around(text: str, mention: str, width: int) -> tuple[str, str, str]:
    start = text.index(mention)
    context = Context.of(text, start, start + len(mention), width)
    return context.before, context.mention, context.after


def test_words_at_the_edges_are_whole() -> None:
    assert around(ENGLISH, "Saleh al-Arouri", 11) == ("…leader ", "Saleh al-Arouri", " spoke in…")
    assert around(ARABIC, "صالح العاروري", 10) == ("…الرئيس ", "صالح العاروري", " في بيروت…")


def test_an_edge_between_two_words_costs_none() -> None:
    assert around(ENGLISH, "Saleh al-Arouri", 7)[0] == "…leader "


def test_all_of_a_short_text() -> None:
    before, mention, after = around(ARABIC, "صالح العاروري", 500)
    assert before + mention + after == ARABIC


def test_a_mention_at_either_end() -> None:
    assert around("Hamdallah", "Hamdallah", 5) == ("", "Hamdallah", "")
    assert around("الحمد الله", "الحمد الله", 5) == ("", "الحمد الله", "")


def test_an_edge_inside_a_word_without_spaces_keeps_it() -> None:
    text = "x" * 50 + "Arouri" + "y" * 50
    before, _, after = around(text, "Arouri", 10)
    assert (before, after) == ("…" + "x" * 10, "y" * 10 + "…")


def test_line_breaks_become_spaces_also_inside_a_mention() -> None:
    text = "قال\nصالح\r\nالعاروري\n\nأمس"
    assert around(text, "صالح\r\nالعاروري", 50) == ("قال ", "صالح العاروري", " أمس")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u202eArouri", "Arouri"),  # would turn round all that follows
        ("\u2067الحمد الله", "الحمد الله"),
        ("\u2069\u2069Arouri", "Arouri"),  # would close what a page has opened
        ("Arouri\x1b[2J", "Arouri\ufffd[2J"),  # would clear a terminal
        ("Arouri\x00", "Arouri\ufffd"),
        ("العاروري\u200f\u200c", "العاروري\u200f\u200c"),  # marks of spelling stay
    ],
)
def test_signs_that_change_what_stands_around_them(text: str, shown: str) -> None:
    assert harmless(text) == shown


def test_the_language_is_that_of_most_letters() -> None:
    text = "BBC: " + ARABIC
    start = text.index("صالح")
    assert Context.of(text, start, start + 4).language is Language.AR
    assert Context.of(ENGLISH, 0, 3).language is Language.EN
    assert Context.of("2023", 0, 4).language is Language.EN
