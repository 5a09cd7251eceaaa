from __future__ import annotations

import pytest

from nisba_service.archive.inputs.html import text_of


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>Saleh al-Arouri</p><p>spoke</p>", "Saleh al-Arouri\nspoke"),
        ("<p>تحدث <b>صالح</b> العاروري</p>", "تحدث صالح العاروري"),
        ("<html><head><title>x</title></head><body>Hamas</body></html>", "Hamas"),
        ("<head><title>x</title><body>حماس", "حماس"),
        ("a<script>var b = '<p>c</p>';</script>d<style>p {}</style>e", "ade"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("al&#x2011;Arouri &amp; حماس&nbsp;", "al‑Arouri & حماس"),
        ("a  \n b<!-- c --> d", "a b d"),
        ("<pre>a  b\nc</pre>", "a  b\nc"),
        ("<ul><li>غزة<li>بيروت</ul>", "غزة\nبيروت"),
        ('<img alt="Hamas" src="x">Beirut', "Beirut"),
        ("no markup at all", "no markup at all"),
        ("", ""),
    ],
)
def test_the_text_of_a_page(page: str, text: str) -> None:
    assert text_of(page) == text
