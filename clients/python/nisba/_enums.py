"""The closed sets of the answers.

UNKNOWN stands for what a newer service says and this version of the client has no word for. It
occurs in answers only.
"""

from __future__ import annotations

from enum import StrEnum


class EntityType(StrEnum):
    """What kind of thing a name denotes."""

    PERSON = "PERSON"
    """A person, real or reported."""
    ORGANIZATION = "ORGANIZATION"
    """A party, movement, state body, company, agency or armed group."""
    LOCATION = "LOCATION"
    """A country, region, town, street, building or water."""
    MISC = "MISC"
    """Something named that is none of these: it is found in text, never linked."""
    UNKNOWN = "UNKNOWN"
    """Not decided, or a type of a newer service."""


class NameKind(StrEnum):
    """How a name stands to its entity."""

    PRIMARY = "primary"
    """The name to show; one for each language."""
    VARIANT = "variant"
    """Another spelling or another full name."""
    ACRONYM = "acronym"
    """Initials, for example "PLO"."""
    KUNYA = "kunya"
    """A teknonym or nom de guerre, for example "Abu Mazen" or "أبو مازن"."""
    SHORT = "short"
    """A part used alone, for example "Hamdallah"; often shared by several entities."""
    FORMER = "former"
    """A name no longer in use."""
    UNKNOWN = "unknown"
    """A kind of a newer service."""


class NameUse(StrEnum):
    """When a name may denote its entity."""

    FREE = "free"
    """Whenever it fits best."""
    NEEDS_CONTEXT = "needs-context"
    """Only where the document names something related to the entity."""
    NEVER_ALONE = "never-alone"
    """Only where a longer name of the entity stands in the document."""
    UNKNOWN = "unknown"
    """A use of a newer service."""


class EntityView(StrEnum):
    """How much of an entity an answer holds."""

    BASIC = "basic"
    """ID, type, description and primary names."""
    FULL = "full"
    """Everything that linking knows."""
    RECORD = "record"
    """The record as curators keep it, with its etag; from a service whose gazetteer is a store."""


class FollowState(StrEnum):
    """How a service stands to the store of its gazetteer."""

    CURRENT = "current"
    """The newest revision is served, or being loaded; or files are served."""
    STORE_UNAVAILABLE = "store-unavailable"
    """The store cannot be reached: what was read last is served, edits fail."""
    LOAD_FAILED = "load-failed"
    """The newest revision could not be loaded: the one before is served."""
    UNKNOWN = "unknown"
    """A state of a newer service, or a service that is older than this client."""


class Outcome(StrEnum):
    """The decision for a mention or a name."""

    LINKED = "LINKED"
    """It denotes one entity."""
    AMBIGUOUS = "AMBIGUOUS"
    """Several entities fit and nothing decides between them."""
    NIL = "NIL"
    """Nothing in the gazetteer fits."""
    UNKNOWN = "UNKNOWN"
    """An outcome of a newer service."""


class MentionSource(StrEnum):
    """Who found a mention."""

    TAGGER = "tagger"
    """The named-entity tagger."""
    DICTIONARY = "dictionary"
    """The search for names of the gazetteer."""
    BOTH = "both"
    """Both, with the same span."""
    UNKNOWN = "unknown"
    """A source of a newer service."""
