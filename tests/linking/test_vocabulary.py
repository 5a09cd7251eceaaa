"""Words for countries and offices: what begins with a word, and what a change makes of them."""

from __future__ import annotations

import pytest

from nisba_service.gazetteer.model import Entity, Gazetteer
from nisba_service.linking.vocabulary import Vocabulary, is_country
from nisba_service.tagging.words import texts_of
from tests.linking.world import WORLD, entity, gazetteer

WORDS = Vocabulary.of(WORLD)


@pytest.mark.parametrize(
    ("words", "concept"),
    [
        ("Saudi Arabia", "loc:saudi-arabia"),
        ("Saudi", "loc:saudi-arabia"),
        ("prime minister", "premier"),
        ("رئيس الوزراء", "premier"),
        ("لبناني", "loc:lebanon"),
    ],
)
def test_what_words_speak_of_by_their_first(words: str, concept: str) -> None:
    first, *rest = texts_of(words)
    assert WORDS.beginning(first)[tuple(rest)] == concept


@pytest.mark.parametrize("first", ["arabia", "tripoli", "swedish", "طرابلس", "سويدي"])
def test_words_that_begin_nothing(first: str) -> None:
    assert WORDS.beginning(first) == {}


def test_countries_and_offices() -> None:
    assert "loc:lebanon" in WORDS.countries
    assert "loc:tripoli-lebanon" not in WORDS.countries
    assert is_country("loc:lebanon")
    assert not is_country("premier")


def after(*changed: Entity) -> Gazetteer:
    return gazetteer(*{**WORLD.entities, **{e.id: e for e in changed}}.values())


@pytest.mark.parametrize(
    "changed",
    [
        entity("loc:libya", "=Libya", "=ليبيا", "Jamahiriya", "الجماهيرية"),
        entity("loc:egypt", "=Egypt", "=مصر"),
        entity("loc:old-lebanon", "=Mount Lebanon", "Lebanon", "لبنان"),
    ],
)
def test_a_place_that_changed_makes_what_is_made_anew(changed: Entity) -> None:
    later = after(changed)
    old = [WORLD.entities[changed.id]] if changed.id in WORLD.entities else []
    updated = WORDS.updated(later, old, [changed])
    assert updated == Vocabulary.of(later) != WORDS


def test_who_is_no_place_changes_no_word() -> None:
    salam = entity("per:salam", "=Nawaf Salam", "=نواف سلام")
    assert WORDS.updated(after(salam), [], [salam]) is WORDS
    assert Vocabulary.of(after(salam)) == WORDS
