"""An entity as it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nisba_service.gazetteer.model import Entity
from nisba_service.names.types import EntityType, Language


@dataclass(frozen=True, slots=True)
class Card:
    """An entity as it is shown: its type, and its name in each language."""

    type: EntityType
    names: Mapping[Language, str]

    @classmethod
    def of(cls, entity: Entity) -> Card:
        """Return the card of an entity."""
        return cls(entity.type, {language: entity.primary_name(language) for language in Language})
