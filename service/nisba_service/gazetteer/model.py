"""The gazetteer as the rest of the service sees it: immutable entities under stable IDs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
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


class NameUse(StrEnum):
    """When a name may denote its entity.

    FREE: whenever it fits best. NEEDS_CONTEXT: only where the document names something related to
    the entity. NEVER_ALONE: only where a longer name of the entity stands in the document.
    """

    FREE = "free"
    NEEDS_CONTEXT = "needs-context"
    NEVER_ALONE = "never-alone"


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling of an entity.

    `valid_from` and `valid_to` are the first and the last day on which the name denoted the entity,
    for example an office; None: no limit is known.
    """

    name: str
    language: Language
    kind: NameKind = NameKind.VARIANT
    use: NameUse = NameUse.FREE
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A directed statement of one entity about another, for example leader_of org:fatah."""

    rel: str
    target_id: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation or place. `names` holds the primary names first, and at least one.

    `wikidata_id` is empty when it has not been verified. `not_names` are spellings that must never
    be linked to it, however much they look like its names.
    """

    id: str
    type: EntityType
    names: tuple[Name, ...]
    description: str = ""
    wikidata_id: str = ""
    # Python 3.11 cannot hash a mapping proxy: hence the factory, and no part in the hash.
    other_ids: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    relations: tuple[Relation, ...] = ()
    not_names: tuple[str, ...] = ()

    def primary_name(self, language: Language) -> str:
        """Return the name to show in `language`, else in the other one.

        Primary names come first, so the first name of a language is the one to show.
        """
        return next((n.name for n in self.names if n.language is language), self.names[0].name)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """One state of the gazetteer.

    Attributes:
        entities: all entities by ID, in order of ID.
        version: the content hash that names this state.
        redirects: the IDs of merged entities, each with the ID of the entity it is a part of now.
        revision: the number of this state in its store; 0: it was read from files.
    """

    entities: Mapping[str, Entity]
    version: str
    redirects: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    revision: int = 0

    @property
    def name_count(self) -> int:
        """Return the number of names of all entities."""
        return sum(len(entity.names) for entity in self.entities.values())

    def find(self, entity_id: str) -> Entity | None:
        """Return the entity of this ID, or the one that it was merged into; None: there is none."""
        return self.entities.get(self.redirects.get(entity_id, entity_id))
