import unicodedata

import pytest

from nisba_service.names.scripts import Letters, script_of
from nisba_service.names.types import Script


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Gaza", Script.LATIN),
        ("Ṣāliḥ", Script.LATIN),
        ("غزة", Script.ARABIC),
        ("ﻏﺰﺓ", Script.ARABIC),
        ("حماس Hamas.", Script.LATIN),
        ("كتائب القسام (IDF)", Script.ARABIC),
        ("پیشمرگه", Script.ARABIC),
        ("ﷲ", Script.ARABIC),
        ("1948", Script.OTHER),
        ("۱۹۴۸ ١٩٤٨", Script.OTHER),
        ("ـــ \u064b\u0670", Script.OTHER),
        ("«» · × ÷ ° ،؛؟", Script.OTHER),
        ("«غزة»", Script.ARABIC),
        ("加沙", Script.OTHER),
        ("", Script.OTHER),
    ],
)
def test_script_of_most_letters(text: str, script: Script) -> None:
    assert script_of(text) is script


def test_letters_are_counted_by_script() -> None:
    assert Letters.of("«حماس» ۱۲ (Hamas)") == Letters(latin=5, arabic=4)
    assert Letters.of("Hamas 12") == Letters(latin=5, arabic=0)


def test_whatever_counts_is_a_letter_of_its_script() -> None:
    for code in range(0x10000):
        char = chr(code)
        counted = Letters.of(char)
        if counted.total:
            assert unicodedata.category(char) in ("Lu", "Ll", "Lo", "Lt"), hex(code)
            name = unicodedata.name(char)
            assert name.startswith("ARABIC") == bool(counted.arabic), name


def test_the_alphabets_of_the_news_are_covered() -> None:
    arabic = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژڤگکیەۀۆ"
    assert Letters.of(arabic) == Letters(latin=0, arabic=len(arabic))
    latin = "AaZzÀÖØöøÿĀāĞğİıŞşŻʔẒẓȘş"
    assert Letters.of(latin) == Letters(latin=len(latin), arabic=0)
