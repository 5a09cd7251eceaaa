"""The closed sets that every layer speaks of."""

from __future__ import annotations

from enum import StrEnum


class EntityType(StrEnum):
    """What kind of thing a name denotes. MISC is tagged but never linked."""

    PERSON = "PERSON"
    ORGANIZATION = "ORGANIZATION"
    LOCATION = "LOCATION"
    MISC = "MISC"


class Language(StrEnum):
    """A language that texts and names are read in (BCP 47)."""

    EN = "en"
    AR = "ar"


class Script(StrEnum):
    """The script of a name or passage. OTHER: no letter of either script."""

    LATIN = "Latn"
    ARABIC = "Arab"
    OTHER = "Zyyy"
