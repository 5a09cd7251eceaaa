from __future__ import annotations

import pytest

from nisba_service.tagging.particles import Particles

# In order of frequency.
VOCABULARY = """
    حماس في وقال قال وزارة وزير السلطة وفي فتح كوفي فيصل يصل العراق اللجنة سيزور محمود وحماس
    واشنطن لبنان اشنطن بلير وبلير
"""


@pytest.fixture(scope="module")
def particles() -> Particles:
    return Particles(VOCABULARY.split())


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("وسيزور", "و سيزور"),
        ("ومحمود", "و محمود"),
        ("بالعراق", "ب العراق"),
        ("وبالعراق", "و ب العراق"),
        ("بلبنان", "ب لبنان"),
        ("وبلبنان", "و ب لبنان"),
        ("للسلطة", "ل السلطة"),
        ("وللسلطة", "و ل السلطة"),
        ("للجنة", "ل اللجنة"),
        ("فقال", "ف قال"),
        ("سيصل", "س يصل"),
        ("وحماس", "و حماس"),  # known, and much rarer than حماس
    ],
)
def test_particles_are_taken_off(particles: Particles, word: str, parts: str) -> None:
    assert particles.apart(word) == tuple(parts.split())


@pytest.mark.parametrize(
    "word",
    [
        "وزارة",  # زارة is no word
        "واشنطن",  # اشنطن is a rare one
        "وقال",  # as common as قال
        "فيصل",  # no ف + يصل
        "كوفي",  # no ك + وفي
        "بلير",  # لير is no word
        "لبنان",
        "وهم",  # too short to tell
        "حماس",
        "ذهب",
        "و",
        "",
    ],
)
def test_words_that_stay_whole(particles: Particles, word: str) -> None:
    assert particles.apart(word) == (word,)


def test_the_rest_of_a_word_has_all_of_its_place(particles: Particles) -> None:
    assert list(particles.seen("وللسلطة", (5, 12))) == [
        ("و", (5, 5)),
        ("ل", (5, 5)),
        ("السلطة", (5, 12)),
    ]
