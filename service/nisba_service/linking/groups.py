"""The distinct names of a document: one name of one type has one decision in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nisba_service.names.normalise import normal_form
from nisba_service.names.scripts import script_of
from nisba_service.names.types import EntityType, Language, Script
from nisba_service.names.words import PARENT
from nisba_service.tagging.model import Mention


@dataclass(frozen=True, slots=True)
class NameGroup:
    """The mentions of a document that share a name and a type.

    Attributes:
        name: the name as first written.
        type: what the name is taken to be; None where only the dictionary knows it.
        language: language of the first mention.
        mentions: their indices in the document, in order.
        type_is_certain: the caller said the type, so no entity of another type is meant; a tagger
            may err.
    """

    name: str
    type: EntityType | None
    language: Language
    mentions: tuple[int, ...]
    type_is_certain: bool = False

    @classmethod
    def alone(cls, name: str, type: EntityType | None) -> NameGroup:
        """Return a name that stands in no document."""
        language = Language.AR if script_of(name) is Script.ARABIC else Language.EN
        return cls(name, type, language, (), type_is_certain=type is not None)


def group(mentions: Sequence[Mention]) -> list[NameGroup]:
    """Return the distinct names in order of their first mention; MISC is left out."""
    types = _settled_types(mentions)
    members: dict[tuple[str, EntityType | None], list[int]] = defaultdict(list)
    for index, mention in enumerate(mentions):
        if mention.type is not EntityType.MISC:
            normal = _key(mention.name)
            members[normal, mention.type or types.get(normal)].append(index)
    return [
        NameGroup(mentions[first].name, type, mentions[first].language, tuple(indices))
        for (_, type), indices in members.items()
        for first in indices[:1]
    ]


def _key(name: str) -> str:
    """Return the normal form of a name, its kunya in one case: أبي مازن is أبو مازن."""
    return " ".join(PARENT.get(word, word) for word in normal_form(name).split())


def split_by_country(
    group: NameGroup, beside: Sequence[frozenset[str]], countries: frozenset[str]
) -> list[NameGroup]:
    """Return a name in parts if its mentions are said to be of different countries.

    "Tripoli, Lebanon" and "Tripoli, Libya" are two names; a later "Tripoli" is the nearer of them.

    Args:
        group: a name.
        beside: what stands with each mention of the document.
        countries: those that tell the bearers of the name apart.
    """
    said = {m: c for m in group.mentions for c in (beside[m] & countries if countries else ())}
    if len(set(said.values())) < 2:
        return [group]
    parts: dict[str, list[int]] = {}
    country = next(iter(said.values()))
    for mention in group.mentions:
        country = said.get(mention, country)
        parts.setdefault(country, []).append(mention)
    return [replace(group, mentions=tuple(mentions)) for mentions in parts.values()]


def _settled_types(mentions: Sequence[Mention]) -> dict[str, EntityType]:
    """Return the commonest tagged type of each name: it speaks for its untagged mentions too."""
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for mention in mentions:
        if mention.type is not None and mention.type is not EntityType.MISC:
            votes[_key(mention.name)][mention.type] += 1
    return {name: types.most_common(1)[0][0] for name, types in votes.items()}
