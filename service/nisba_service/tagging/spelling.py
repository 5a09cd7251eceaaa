"""How a stored name may stand in a text: its words, and what each place must show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from nisba_service.gazetteer.model import Name, NameKind
from nisba_service.names.normalise import normal_form
from nisba_service.names.scripts import script_of
from nisba_service.names.types import EntityType, Script
from nisba_service.tagging import titles
from nisba_service.tagging.ordinary_words import is_ordinary
from nisba_service.tagging.titles import is_beside_names
from nisba_service.tagging.words import Words, texts_of

# Shorter single words are not looked for: too many of their places are chance.
MIN_LETTERS = 3
# An Arabic place may be as short, if something vouches for it: "في الأهواز وقم".
MIN_PLACE = 2
# Acronyms may be shorter (PA, UN), as they must be upper case.
MIN_ACRONYM = 2

# Written with a capital or without, whatever is stored: "al-Aruri", "Al-Aruri".
ARTICLES = frozenset({"al", "el", "ul", "an", "ar", "as", "ash", "at", "ad", "az"})
_OTHER_PARTICLES = "a the of for and in on de du la le bin ben ibn bint von van"
PARTICLES = ARTICLES | frozenset(_OTHER_PARTICLES.split())
# The kunya's first word as the object of a verb or after a particle: أبا مازن, لأبي مازن.
KUNYA = normal_form("أبو")
_KUNYA_CASES = frozenset(map(normal_form, ("أبا", "أبي")))


@dataclass(frozen=True, slots=True)
class Spelling:
    """What a place in the text must show to be a stored name.

    Attributes:
        type: of the entity that bears the name.
        particles: Arabic particles may be joined to the first word.
        capitals: the words, by index, that must begin with a capital.
        upper: all letters are capitals.
        skipped: words at the start that must be there and are outside the name: "the" Gaza Strip,
            "Sheikh" Yassin.
        ordinary: the name is an ordinary word as well.
        weight: the number of its words that say who it is, not what ("تنظيم فتح": 1).
    """

    type: EntityType
    particles: bool = False
    capitals: tuple[int, ...] = ()
    upper: bool = False
    skipped: int = 0
    ordinary: bool = False
    weight: int = 1


_interned = lru_cache(maxsize=None)(Spelling)


def spelling(name: Name, type: EntityType) -> tuple[str, Spelling] | None:
    """Return the normal form of an entity's name and how it may stand in a text.

    None: it is too short to be looked for, or has no letters.
    """
    script = script_of(name.name)
    if script is Script.OTHER:
        return None
    texts = texts_of(name.name)
    found = _arabic(texts, type) if script is Script.ARABIC else _latin(texts, name, type)
    return None if found is None else (" ".join(texts), found)


def nominative(word: str) -> str:
    """Return a kunya's first word as names are stored with it, other words as they are."""
    return KUNYA if word in _KUNYA_CASES else word


def _arabic(texts: tuple[str, ...], type: EntityType) -> Spelling | None:
    is_short = len(texts) == 1 and len(texts[0]) < MIN_LETTERS
    if is_short and (type is not EntityType.LOCATION or len(texts[0]) < MIN_PLACE):
        return None
    skipped = titles.count_before(texts) if type is EntityType.PERSON else 0
    ordinary = is_short or is_ordinary(texts)
    return _interned(type, True, (), False, skipped, ordinary, _weight(texts))


def _latin(texts: tuple[str, ...], name: Name, type: EntityType) -> Spelling | None:
    written = _written(name.name, texts)
    upper = len(texts) == 1 and written[0].isupper()
    least = MIN_ACRONYM if upper or name.kind is NameKind.ACRONYM else MIN_LETTERS
    if len(texts) == 1 and len(texts[0]) < least:
        return None
    skipped = int(texts[0] == "the" and len(texts) > 1 and _is_outside(written[0], type))
    if type is EntityType.PERSON:
        skipped += titles.count_before(texts[skipped:])
    content = texts[texts[0] == "the" and len(texts) > 1 :]
    capitals = tuple(
        index
        for index, text in enumerate(texts)
        if (text,) == content or (written[index][:1].isupper() and text not in PARTICLES)
    )
    return _interned(type, False, capitals, upper, skipped, is_ordinary(content), _weight(texts))


def _written(name: str, texts: tuple[str, ...]) -> list[str]:
    """Return the words of a stored name as they are written."""
    apart = name.replace("-", " ").split()
    if [*map(str.lower, apart)] == [*texts]:
        return apart  # nearly all names; reading their places would take ten times as long
    words = Words.of(name)
    return [words.written(index) for index in range(len(texts))]


def _is_outside(article: str, type: EntityType) -> bool:
    """Say whether "the" is no part of a name: of a place's it is where it is stored as "The"."""
    return article == "the" or type is not EntityType.LOCATION


def _weight(words: tuple[str, ...]) -> int:
    return len(words) - sum(map(is_beside_names, words))
