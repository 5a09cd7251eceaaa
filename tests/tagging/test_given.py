"""Mentions at spans that somebody else knows: exactly there, with the name to look up."""

from __future__ import annotations

import pytest

from nisba_service.names.types import EntityType, Language
from nisba_service.tagging.given import at_spans
from nisba_service.tagging.model import Mention, Passage, TaggedSpan
from nisba_service.tagging.words import Words

KNOWN = {"السلطة", "اللجنة", "حماس", "وائل"}


def mentions(text: str, *names: str, language: Language = Language.AR) -> tuple[Mention, ...]:
    spans = [
        TaggedSpan(text.index(name), text.index(name) + len(name), EntityType.PERSON)
        for name in names
    ]
    passages = [Passage(0, len(text), language)]
    return at_spans(Words.of(text), passages, spans, KNOWN.__contains__)


@pytest.mark.parametrize(
    ("text", "given", "prefix", "name"),
    [
        ("قالت حماس", "حماس", "", "حماس"),
        ("فتح وحماس", "حماس", "و", "حماس"),
        ("للسلطة رأي", "لسلطة", "ل", "السلطة"),
        ("للجنة رأي", "لجنة", "ل", "اللجنة"),
        ("والسلطة ترى", "السلطة", "و", "السلطة"),
        ("ووائل معه", "وائل", "و", "وائل"),
        ("وائل معه", "وائل", "", "وائل"),
    ],
)
def test_arabic_particles_are_the_prefix(text: str, given: str, prefix: str, name: str) -> None:
    (mention,) = mentions(text, given)
    assert (mention.text, mention.prefix, mention.name) == (given, prefix, name)


@pytest.mark.parametrize("text", ["Hamas's men", "pro-Hamas men", "the “Hamas” men"])
def test_english_has_no_prefix(text: str) -> None:
    (mention,) = mentions(text, "Hamas", language=Language.EN)
    assert (mention.text, mention.prefix, mention.name) == ("Hamas", "", "Hamas")
    assert (mention.type, mention.language) == (EntityType.PERSON, Language.EN)


def test_marks_and_stretching_are_not_looked_up() -> None:
    (mention,) = mentions("قالت حَمـاس", "حَمـاس")
    assert mention.name == "حماس"


def test_each_passage_gives_its_language() -> None:
    text = "Hamas حماس"
    spans = [TaggedSpan(6, 10, EntityType.ORGANIZATION), TaggedSpan(0, 5, EntityType.ORGANIZATION)]
    passages = [Passage(0, 6, Language.EN), Passage(6, 10, Language.AR)]
    found = at_spans(Words.of(text), passages, spans, KNOWN.__contains__)
    assert [(m.text, m.language) for m in found] == [("Hamas", Language.EN), ("حماس", Language.AR)]
