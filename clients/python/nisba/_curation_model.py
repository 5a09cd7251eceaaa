"""What curators send and get: edits, revisions, changes, previews, new names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from nisba._enums import EntityType
from nisba._errors import NisbaError
from nisba._model import Entity, Mention, Provenance


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of the gazetteer in its store, and the edit that made it."""

    number: int
    """1, 2, 3 and so on. 0: it is not written, since an edit was only checked; or files are
    served."""
    version: str
    """Content hash, as in `Provenance.gazetteer_version`."""
    created_at: datetime | None = None
    author: str = ""
    reason: str = ""
    restored: int | None = None
    """The number of the earlier revision that a roll-back returned to; None: it is an edit."""
    entity_count: int = 0
    name_count: int = 0
    created_count: int = 0
    """Number of entities that it added."""
    updated_count: int = 0
    """Number of entities that it changed."""
    deleted_count: int = 0
    """Number of entities that it removed or merged into others."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit left: the entity as stored, with its new etag, and the revision."""

    entity: Entity
    revision: Revision


@dataclass(frozen=True, slots=True)
class CreateEntity:
    """For `preview`: add an entity."""

    entity: Entity


@dataclass(frozen=True, slots=True)
class UpdateEntity:
    """For `preview`: change some fields of an entity."""

    entity: Entity
    fields: Sequence[str] | None = None
    """Which; None: those that are not empty."""


@dataclass(frozen=True, slots=True)
class DeleteEntity:
    """For `preview`: remove an entity, and the relations that point at it."""

    entity_id: str


@dataclass(frozen=True, slots=True)
class MergeEntities:
    """For `preview`: make one entity of several."""

    source_ids: Sequence[str]
    into: str


Edit = CreateEntity | UpdateEntity | DeleteEntity | MergeEntities


@dataclass(frozen=True, slots=True)
class EntityChange:
    """How one entity differs between two states. None: it is not there, or is merged."""

    entity_id: str
    before: Entity | None
    after: Entity | None
    merged_into_before: str = ""
    merged_into_after: str = ""


@dataclass(frozen=True, slots=True)
class MentionChange:
    """A mention before and after an edit. None: it is, or would be, no mention."""

    before: Mention | None
    after: Mention | None


@dataclass(frozen=True, slots=True)
class DocumentPreview:
    """How the links of one document would change."""

    id: str
    changes: tuple[MentionChange, ...]
    """The mentions that would differ, in order of start."""
    unchanged_count: int = 0
    error: NisbaError | None = None
    """Why the document cannot be linked, if so."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an edit would do."""

    documents: tuple[DocumentPreview, ...]
    """One for each document, in their order."""
    changes: tuple[EntityChange, ...]
    """The edit as it would be stored; a merge changes several entities."""
    provenance: Provenance
    """What made the links before the edit."""


@dataclass(frozen=True, slots=True)
class NewName:
    """Spellings that seem to be of one name which the gazetteer lacks."""

    key: str
    """As in `Mention.new_name_key`."""
    type: EntityType
    spellings: tuple[tuple[str, int], ...]
    """Each with the number of its mentions, most often met first."""
    mention_count: int
    document_count: int
    first_seen: datetime
    last_seen: datetime
