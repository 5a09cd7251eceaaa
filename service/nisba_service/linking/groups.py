"""The distinct names of a document: one name of one type has one decision in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from nisba_service.names.normalise import normal_form
from nisba_service.names.scripts import script_of
from nisba_service.names.types import EntityType, Language, Script
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
            normal = normal_form(mention.name)
            members[normal, mention.type or types.get(normal)].append(index)
    return [
        NameGroup(mentions[first].name, type, mentions[first].language, tuple(indices))
        for (_, type), indices in members.items()
        for first in indices[:1]
    ]


def _settled_types(mentions: Sequence[Mention]) -> dict[str, EntityType]:
    """Return the commonest tagged type of each name: it speaks for its untagged mentions too."""
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for mention in mentions:
        if mention.type is not None and mention.type is not EntityType.MISC:
            votes[normal_form(mention.name)][mention.type] += 1
    return {name: types.most_common(1)[0][0] for name, types in votes.items()}
