from __future__ import annotations

import pytest

from nisba_service.evaluation.matching import match
from nisba_service.evaluation.mistakes import mistakes
from nisba_service.names.types import Language
from tests.evaluation import cases


@pytest.mark.parametrize("language", list(Language))
def test_what_is_not_right_in_order_of_place(language: Language) -> None:
    _, names, _, left = cases.TEXTS[language]
    _, fatah, _, munib, _, hamdallah, cairo = names
    made = mistakes([match(cases.document(language), cases.answers(language))])
    expected = {
        fatah: ("wrong", "org:fatah", ["org:fatah-al-islam"]),
        munib: ("missed", "NIL", ["per:mushir-al-masri"]),
        hamdallah: ("ambiguous", "per:rami-hamdallah", [""]),
        left: ("outside", "", ["loc:left"]),
        cairo: ("missed", "loc:cairo", []),
    }
    assert {m.text: (m.kind, m.gold, [a.entity_id for a in m.answers]) for m in made} == expected
    assert [m.start for m in made] == sorted(m.start for m in made)
    assert {m.text: m.tags for m in made}[hamdallah] == ("ambiguous", "short-name")
    assert {m.document_id for m in made} == {f"case-{language}"}
