"""Whoever can be named in an article, and how each language names them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bench.archive.names import OFFICES, WOMEN_OF_THE_SEEDS
from nisba_service.gazetteer.model import Entity, NameKind
from nisba_service.names.types import EntityType, Language

INVENTED = "syn:"
"""How the IDs of those begin who do not exist."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """How one language names somebody.

    Attributes:
        full: every way to write the full name; at least one.
        short: names for those who have been introduced; empty: the full ones.
        kunyas: names such as Abu Mazen.
        acronym: letters that stand for the name; empty if there are none.
        title: what stands before the name of a person at first; may be empty.
    """

    full: tuple[str, ...]
    short: tuple[str, ...] = ()
    kunyas: tuple[str, ...] = ()
    acronym: str = ""
    title: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All names, without the title."""
        return *self.full, *self.short, *self.kunyas, *filter(None, [self.acronym])


@dataclass(frozen=True, slots=True)
class Player:
    """A person, organisation or place that articles are about.

    Attributes:
        body: the ID of the organisation that a person belongs to; None: of none.
        is_known: the gazetteer has it.
    """

    id: str
    type: EntityType
    english: Spoken
    arabic: Spoken
    is_woman: bool = False
    body: str | None = None
    is_known: bool = False

    @property
    def is_invented(self) -> bool:
        """Say whether it is not of the seed gazetteer."""
        return self.id.startswith(INVENTED)

    def spoken(self, language: Language) -> Spoken:
        """Return how a language names this player."""
        return self.arabic if language is Language.AR else self.english


def of_entity(entity: Entity) -> Player:
    """Return an entity of the seed gazetteer, with all its spellings."""
    bodies = [r.target_id for r in entity.relations if r.target_id.startswith("org:")]
    return Player(
        entity.id,
        entity.type,
        _spoken(entity, Language.EN),
        _spoken(entity, Language.AR),
        is_woman=entity.names[0].name.split()[0] in WOMEN_OF_THE_SEEDS,
        body=bodies[0] if bodies and entity.type is EntityType.PERSON else None,
        is_known=True,
    )


def _spoken(entity: Entity, language: Language) -> Spoken:
    full = list(_of_kind(entity, language, NameKind.PRIMARY, NameKind.VARIANT, NameKind.FORMER))
    spoken = Spoken(
        tuple(full) or (entity.primary_name(language),),
        tuple(_of_kind(entity, language, NameKind.SHORT)),
        tuple(_of_kind(entity, language, NameKind.KUNYA)),
        next(_of_kind(entity, language, NameKind.ACRONYM), ""),
    )
    if entity.type is not EntityType.PERSON:
        return spoken
    whole = tuple(name for name in full if " " in name)
    return replace(spoken, full=whole or spoken.full, title=_office(entity.description, language))


def _of_kind(entity: Entity, language: Language, *kinds: NameKind) -> Iterator[str]:
    """Yield the names of these kinds, without "the Gaza Strip", which would end a title."""
    for name in entity.names:
        is_written = not name.name.startswith("the ")
        if name.language is language and name.kind in kinds and is_written:
            yield name.name


def _office(description: str, language: Language) -> str:
    found = (office for office in OFFICES if office[0] in description.lower())
    _, english, arabic = next(found, ("", "", ""))
    return arabic if language is Language.AR else english


def ids_of(players: Sequence[Player], type: EntityType) -> list[str]:
    """Return the IDs of the players of one type."""
    return [player.id for player in players if player.type is type]
