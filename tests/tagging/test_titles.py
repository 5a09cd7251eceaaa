from __future__ import annotations

import pytest

from nisba_service.tagging.titles import count_before, is_beside_names


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("president mahmoud abbas", 1),
        ("prime minister rami hamdallah", 2),
        ("former prime minister rami hamdallah", 3),
        ("الرييس محمود عباس", 1),
        ("رييس الوزرا رامي الحمد الله", 2),
        ("القيادي صالح العاروري", 1),
        ("mahmoud abbas", 0),
        ("king abdullah", 0),
        ("الملك عبد الله", 0),
        ("president", 0),
        ("", 0),
    ],
)
def test_titles_before_a_name(words: str, count: int) -> None:
    assert count_before(words.split()) == count


def test_words_that_are_part_of_no_name() -> None:
    assert all(map(is_beside_names, ["حركه", "و", "and", "president", ",", "(", "مدينه"]))
    assert not any(map(is_beside_names, ["مخيم", "معبر", "university", "islam", "حماس"]))
