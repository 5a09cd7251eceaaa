"""Countries and offices in texts, and what the gazetteer says of its entities."""

from __future__ import annotations

import pytest

from nisba_service.gazetteer.model import Gazetteer
from nisba_service.linking import lexicon
from nisba_service.linking.lexicon import ALWAYS, CountryShares, Profile, Profiles, years_of
from nisba_service.linking.vocabulary import Vocabulary
from nisba_service.tagging.words import Words
from tests.linking.world import WORLD, entity, gazetteer

WORDS = Vocabulary.of(WORLD)


def profile(entity_id: str, known: Gazetteer = WORLD) -> Profile:
    return Profiles(known.entities, Vocabulary.of(known)).of(entity_id)


def clues(text: str) -> list[tuple[str, str]]:
    """Return the words and the concept of each clue in a text."""
    words = Words.of(text).texts
    found = lexicon.clues(words, WORDS.beginning)
    return [(" ".join(words[clue.first : clue.last + 1]), clue.concept) for clue in found]


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Lebanon", "loc:lebanon"),
        ("Lebanese", "loc:lebanon"),
        ("Saudi Arabia", "loc:saudi-arabia"),
        ("Saudis", "loc:saudi-arabia"),
        ("لبنان", "loc:lebanon"),
        ("للبنان", "loc:lebanon"),
        ("اللبنانية", "loc:lebanon"),
        ("واللبنانيون", "loc:lebanon"),
        ("بالسعودية", "loc:saudi-arabia"),
        ("President", "president"),
        ("prime minister", "premier"),
        ("الرئيس", "president"),
        ("رئيس الوزراء", "premier"),
        ("العاهل", "king"),
    ],
)
def test_words_for_a_country_and_an_office(text: str, concept: str) -> None:
    assert [found for _, found in clues(text)] == [concept]


@pytest.mark.parametrize("text", ["Lebanons", "minister", "Swedish", "لبن", "وزير", "السويدي"])
def test_other_words_are_no_clues(text: str) -> None:
    """Nor are those of a country that the gazetteer does not have."""
    assert clues(text) == []


def test_the_longest_words_at_a_place() -> None:
    assert clues("the prime minister and the president of Lebanon") == [
        ("prime minister", "premier"),
        ("president", "president"),
        ("lebanon", "loc:lebanon"),
    ]


def test_a_name_that_another_place_has_too_is_no_word_for_a_country() -> None:
    assert clues("تونس") == []
    assert [concept for _, concept in clues("التونسي")] == ["loc:tunisia"]


def test_a_place_belongs_to_the_country_around_it() -> None:
    assert profile("loc:tripoli-libya") == Profile(frozenset({"loc:libya"}))
    assert profile("loc:libya").countries == {"loc:libya"}


def test_what_a_description_says_of_a_person() -> None:
    assert profile("per:abdullah-of-saudi-arabia") == Profile(
        frozenset({"loc:saudi-arabia"}), frozenset({"king"}), (2005, 2015)
    )
    assert profile("per:abdullah-of-jordan").years == (1999, ALWAYS)
    assert profile("per:mansour-abbas") == Profile(frozenset())


def test_a_member_belongs_where_the_organisation_does() -> None:
    known = gazetteer(
        entity("loc:libya", "Libya"),
        entity("org:senussi", "Senussi", description="Libyan order"),
        entity("per:omar", "Omar", to=["org:senussi"]),
    )
    assert profile("per:omar", known).countries == {"loc:libya"}


def test_places_that_hold_each_other_end() -> None:
    known = gazetteer(entity("loc:a", "A", to=["loc:b"]), entity("loc:b", "B", to=["loc:a"]))
    assert profile("loc:a", known) == Profile(frozenset())


@pytest.mark.parametrize(
    ("description", "years"),
    [
        ("President 2014-21", (2014, 2021)),
        ("President 2004–2022", (2004, 2022)),
        ("President since 2025", (2025, ALWAYS)),
        ("Commander killed in 2008", (2008, 2008)),
        ("Leader of March 14", None),
    ],
)
def test_the_years_of_a_description(description: str, years: tuple[int, int] | None) -> None:
    known = gazetteer(entity("per:a", "A", description=description))
    assert profile("per:a", known).years == years


def test_the_years_of_a_text() -> None:
    assert years_of(Words.of("In 2011, 3000 came; ١٩٦٧ was over.").texts) == [2011, 1967]


def test_shares_of_countries_without_one_of_the_entities() -> None:
    shares = CountryShares(
        {
            "a": frozenset({"libya"}),
            "b": frozenset({"libya", "egypt"}),
            "c": frozenset({"egypt"}),
            "d": frozenset(),
        }
    )
    assert shares.without(None) == {"libya": 2 / 3, "egypt": 2 / 3}
    assert shares.without("a") == {"libya": 1 / 2, "egypt": 1.0}
    assert shares.without("d") == shares.without(None)
    assert CountryShares({}).without("a") == {}
