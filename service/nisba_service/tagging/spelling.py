"""How a stored name may stand in a text: the pattern to look for, and what each place must show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nisba_service.gazetteer.model import Name, NameKind
from nisba_service.names.normalise import normal_form
from nisba_service.names.scripts import script_of
from nisba_service.names.types import EntityType, Script
from nisba_service.tagging import titles
from nisba_service.tagging.ordinary_words import is_ordinary
from nisba_service.tagging.proclitics import ALEF, ARTICLE
from nisba_service.tagging.titles import is_beside_names
from nisba_service.tagging.words import Words, texts_of

# Shorter single words are not looked for: too many of their places are chance.
MIN_LETTERS = 3
# Acronyms may be shorter (PA, UN), as they must be upper case.
MIN_ACRONYM = 2

# Written with a capital or without, whatever is stored: "al-Aruri", "Al-Aruri".
ARTICLES = frozenset({"al", "el", "ul", "an", "ar", "as", "ash", "at", "ad", "az"})
_OTHER_PARTICLES = "a the of for and in on de du la le bin ben ibn bint von van"
PARTICLES = ARTICLES | frozenset(_OTHER_PARTICLES.split())
# The kunya's first word as the object of a verb or after a particle: أبا مازن, لأبي مازن.
_KUNYA_CASES = {normal_form("أبو"): (normal_form("أبا"), normal_form("أبي"))}


@dataclass(frozen=True, slots=True)
class Spelling:
    """What a place in the text must show to be a stored name.

    Attributes:
        capitals: the words, by index, that must begin with a capital.
        upper: all letters are capitals.
        article: the pattern is without the alef of the article that the name begins with.
        skipped: words at the start that must be there and are outside the name: "the" Gaza Strip,
            "Sheikh" Yassin.
        ordinary: the name is an ordinary word as well.
        weight: the number of its words that say who it is, not what ("تنظيم فتح": 1).
    """

    capitals: tuple[int, ...] = ()
    upper: bool = False
    article: bool = False
    skipped: int = 0
    ordinary: bool = False
    weight: int = 1

    def form(self, pattern: str) -> str:
        """Return the words of the name that a pattern was made of."""
        return (ALEF if self.article else "") + pattern.strip()


_interned = lru_cache(maxsize=None)(Spelling)


def spellings(name: Name, type: EntityType) -> Iterator[tuple[str, Spelling]]:
    """Yield the patterns of an entity's name; none if it is too short or has no letters.

    A pattern is words, each followed by a space. A Latin one begins with a space too, an Arabic one
    does not, since particles may be joined to its left.
    """
    script = script_of(name.name)
    if script is Script.ARABIC:
        yield from _arabic(texts_of(name.name), type)
    elif script is Script.LATIN:
        yield from _latin(texts_of(name.name), name, type)


def _arabic(words: tuple[str, ...], type: EntityType) -> Iterator[tuple[str, Spelling]]:
    first, *rest = words
    if not rest and len(first) < MIN_LETTERS:
        return
    ordinary, weight = is_ordinary(words), _weight(words)
    skipped = titles.count_before(words) if type is EntityType.PERSON else 0
    if first.startswith(ARTICLE) and len(first) > len(ARTICLE):
        without_alef = " ".join((first.removeprefix(ALEF), *rest, ""))
        yield (
            without_alef,
            _interned(article=True, skipped=skipped, ordinary=ordinary, weight=weight),
        )
        return
    for form in (first, *_KUNYA_CASES.get(first, ())):
        yield (
            " ".join((form, *rest, "")),
            _interned(skipped=skipped, ordinary=ordinary, weight=weight),
        )


def _latin(texts: tuple[str, ...], name: Name, type: EntityType) -> Iterator[tuple[str, Spelling]]:
    written = _written(name.name, texts)
    upper = len(texts) == 1 and written[0].isupper()
    least = MIN_ACRONYM if upper or name.kind is NameKind.ACRONYM else MIN_LETTERS
    if len(texts) == 1 and len(texts[0]) < least:
        return
    skipped = int(texts[0] == "the" and len(texts) > 1 and _is_outside(written[0], type))
    if type is EntityType.PERSON:
        skipped += titles.count_before(texts[skipped:])
    content = texts[texts[0] == "the" and len(texts) > 1 :]
    capitals = tuple(
        index
        for index, text in enumerate(texts)
        if (text,) == content or (written[index][:1].isupper() and text not in PARTICLES)
    )
    yield (
        " ".join(("", *texts, "")),
        _interned(
            capitals=capitals,
            upper=upper,
            skipped=skipped,
            ordinary=is_ordinary(content),
            weight=_weight(texts),
        ),
    )


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
    return sum(not is_beside_names(word) for word in words)
