import pytest

from nisba_service.names.symbols import CODES, FIRST_ARABIC, Place, symbols

GRAPHEMES = {code: grapheme for (grapheme, _), code in CODES.items()}


def graphemes(word: str) -> list[str]:
    return [GRAPHEMES[code] for code in symbols(word)]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("khan", ["kh", "a", "n"]),
        ("hassan", ["h", "a", "s", "a", "n"]),
        ("mahmoud", ["m", "a", "h", "m", "ou", "d"]),
        ("hussein", ["h", "u", "s", "ay", "n"]),
        ("ṣāliḥ", ["ṣ", "ā", "l", "i", "ḥ"]),
        ("حسّان", ["ح", "س", "ا", "ن"]),
        ("غزة", ["غ", "ز", "ة"]),
        ("加沙", []),
    ],
)
def test_a_word_is_a_row_of_graphemes(word: str, expected: list[str]) -> None:
    assert graphemes(word) == expected


@pytest.mark.parametrize("word", ["hashem", "ishaq"])
def test_an_h_after_s_is_a_symbol_of_its_own(word: str) -> None:
    assert "(s)h" in graphemes(word)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("cecil", ["c(e)", "e", "c(e)", "i", "l"]), ("carl", ["c", "a", "r", "l"])],
)
def test_c_is_soft_before_e_and_i(word: str, expected: list[str]) -> None:
    assert graphemes(word) == expected


@pytest.mark.parametrize("word", ["aba", "ابا"])
def test_weak_graphemes_have_a_symbol_for_each_place(word: str) -> None:
    first, last = symbols(word)[0], symbols(word)[-1]
    grapheme = graphemes(word)[0]
    assert first == CODES[grapheme, Place.START]
    assert last == CODES[grapheme, Place.END]
    assert first != last


def test_the_scripts_share_no_symbol() -> None:
    assert max(symbols("zuhayr sharqiyah")) < FIRST_ARABIC <= min(symbols("زهير شرقية"))
