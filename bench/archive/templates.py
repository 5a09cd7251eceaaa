"""Templates of sentences, read once: words, and places where somebody is named.

    {A} {B} {C}     people; {O} {U} organisations; {P} {Q} {R} places
    {A:he/she}      one of two words, by who A is
    {topic}         one of the words of that kind in the language

A particle that Arabic joins to a name stands directly before it: و{A}, ل{O}.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from nisba_service.names.types import EntityType

ROLES = {
    **dict.fromkeys("ABC", EntityType.PERSON),
    **dict.fromkeys("OU", EntityType.ORGANIZATION),
    **dict.fromkeys("PQR", EntityType.LOCATION),
}
_PLACE = re.compile(r"\{([A-Z]|[a-z]+)(?::([^/}]*)/([^}]*))?\}")


@dataclass(frozen=True, slots=True)
class Named:
    """Where the player of a role is named."""

    role: str


@dataclass(frozen=True, slots=True)
class Gendered:
    """A word that depends on who plays a role."""

    role: str
    of_man: str
    of_woman: str


@dataclass(frozen=True, slots=True)
class Word:
    """One of the language's words of a kind."""

    kind: str


Piece = str | Named | Gendered | Word
Template = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Templates:
    """The sentences of a language, by what they do in an article.

    Attributes:
        following: say more of the A of the sentence before, without naming A.
        plain: name nobody.
        words: the kinds of words that templates ask for.
    """

    headlines: tuple[Template, ...]
    leads: tuple[Template, ...]
    bodies: tuple[Template, ...]
    following: tuple[Template, ...]
    plain: tuple[Template, ...]
    words: Mapping[str, tuple[str, ...]]


def read(text: str) -> tuple[Template, ...]:
    """Read templates, one a line."""
    return tuple(_template(line.strip()) for line in text.strip().splitlines())


def words(text: str) -> tuple[str, ...]:
    """Read words or phrases, a comma of either script between them."""
    return tuple(word.strip() for word in re.split("[,،]", text.replace("\n", " ")))


def roles(template: Template) -> list[str]:
    """Return the roles of a template that are named or meant, each once, in order."""
    return list(dict.fromkeys(p.role for p in template if isinstance(p, Named | Gendered)))


def _template(line: str) -> Template:
    pieces: list[Piece] = []
    end = 0
    for match in _PLACE.finditer(line):
        pieces += filter(None, [line[end : match.start()]])
        pieces.append(_piece(match))
        end = match.end()
    return *pieces, *filter(None, [line[end:]])


def _piece(match: re.Match[str]) -> Piece:
    name, of_man, of_woman = match.groups()
    if of_man is not None:
        return Gendered(name, of_man, of_woman)
    return Named(name) if name in ROLES else Word(name)
