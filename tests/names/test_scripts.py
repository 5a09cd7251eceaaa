import pytest

from nisba_service.names.scripts import script_of
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
        ("1948", Script.OTHER),
        ("加沙", Script.OTHER),
        ("", Script.OTHER),
    ],
)
def test_script_of_most_letters(text: str, script: Script) -> None:
    assert script_of(text) is script
