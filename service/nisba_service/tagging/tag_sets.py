"""What the tags of other people's tag sets mean here.

Read by the Stanza tagger, so that any Stanza NER model can be used. BIOES prefixes are Stanza's
affair; these are the bare tags.
"""

from __future__ import annotations

from collections.abc import Iterable

from nisba_service.names.types import EntityType

# One table serves all tag sets, for no tag means two things in them.
TYPES: dict[str, EntityType] = {
    # The bundled models; CoNLL-2003; ANERcorp writes PERS.
    "PER": EntityType.PERSON,
    "PERS": EntityType.PERSON,
    "LOC": EntityType.LOCATION,
    "ORG": EntityType.ORGANIZATION,
    "MISC": EntityType.MISC,
    # AQMAR: MIS and its four subject-specific kinds.
    "MIS": EntityType.MISC,
    "MIS0": EntityType.MISC,
    "MIS1": EntityType.MISC,
    "MIS2": EntityType.MISC,
    "MIS3": EntityType.MISC,
    # OntoNotes, and the nine classes of Stanza's worldwide English model.
    "PERSON": EntityType.PERSON,
    "GPE": EntityType.LOCATION,  # "Gaza", "Israel"
    "FAC": EntityType.LOCATION,  # "the Rafah crossing"
    "LOCATION": EntityType.LOCATION,
    "FACILITY": EntityType.LOCATION,
    "ORGANIZATION": EntityType.ORGANIZATION,
    "EVENT": EntityType.MISC,  # "the Six-Day War"
    "WORK_OF_ART": EntityType.MISC,
    "LAW": EntityType.MISC,  # "the Oslo Accords"
    "PRODUCT": EntityType.MISC,
    "MISCELLANEOUS": EntityType.MISC,
}

# These name nothing that a gazetteer of people, organisations and places holds. A NORP is a people,
# a faith or a demonym ("Israeli", "Palestinians"), which must not pass for the place.
DROPPED = frozenset(
    {
        "NORP",
        "LANGUAGE",
        "DATE",
        "TIME",
        "PERCENT",
        "MONEY",
        "QUANTITY",
        "ORDINAL",
        "CARDINAL",
    }
)


def entity_type(tag: str) -> EntityType | None:
    """Return what `tag` means here, None if its spans are dropped. Unknown tags are dropped too."""
    return TYPES.get(tag.upper())


def is_usable(tags: Iterable[str]) -> bool:
    """Say whether any tag of a model means a person, an organisation or a place."""
    return any(entity_type(tag) not in (None, EntityType.MISC) for tag in tags)
