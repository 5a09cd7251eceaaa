from __future__ import annotations

from tests.training.tagger.test_corpus import sentence
from training.tagger.denoise import by_majority

KABUL = [sentence("[Kabul LOCATION] fell")] * 6


def test_the_majority_decides() -> None:
    assert by_majority([*KABUL, sentence("[Kabul ORGANIZATION] said no")]) == [
        *KABUL,
        sentence("[Kabul LOCATION] said no"),
    ]


def test_longer_names_are_names_of_their_own() -> None:
    longer = sentence("the [Kabul Post ORGANIZATION] said no")
    assert by_majority([*KABUL, longer])[-1] == longer


def test_few_mentions_and_even_ones_decide_nothing() -> None:
    few = [*KABUL[:3], sentence("[Kabul PERSON] said no")]
    assert by_majority(few) == few
    even = [*KABUL, *[sentence("[Kabul PERSON] said no")] * 6]
    assert by_majority(even) == even


def test_arabic() -> None:
    damascus = [sentence("سقطت [دمشق LOCATION]")] * 6
    (*_, last) = by_majority([*damascus, sentence("رفضت [دمشق ORGANIZATION] العرض")])
    assert last == sentence("رفضت [دمشق LOCATION] العرض")
