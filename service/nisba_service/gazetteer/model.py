"""The gazetteer as the rest of the service sees it: immutable entities under stable IDs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from nisba_service.names.types import EntityType, Language


class NameKind(StrEnum):
    """How a name stands to its entity."""

    PRIMARY = "primary"
    VARIANT = "variant"
    ACRONYM = "acronym"
    KUNYA = "kunya"
    SHORT = "short"
    FORMER = "former"


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling of an entity."""

    name: str
    language: Language
    kind: NameKind = NameKind.VARIANT


@dataclass(frozen=True, slots=True)
class Relation:
    """A directed statement of one entity about another, for example leader_of org:fatah."""

    rel: str
    target_id: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation or place. `names` holds the primary names first, and at least one.

    `wikidata_id` is empty when it has not been verified.
    """

    id: str
    type: EntityType
    names: tuple[Name, ...]
    description: str = ""
    wikidata_id: str = ""
    # Python 3.11 cannot hash a mapping proxy: hence the factory, and no part in the hash.
    other_ids: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    relations: tuple[Relation, ...] = ()

    def primary_name(self, language: Language) -> str:
        """Return the name to show in `language`, else in the other one.

        Primary names come first, so the first name of a language is the one to show.
        """
        return next((n.name for n in self.names if n.language is language), self.names[0].name)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All entities by ID, in order of ID, and the content hash that names this state."""

    entities: Mapping[str, Entity]
    version: str

    @property
    def name_count(self) -> int:
        """Return the number of names of all entities."""
        return sum(len(entity.names) for entity in self.entities.values())
