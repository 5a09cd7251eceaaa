"""What a store tells and is told: revisions, stored records, changes between revisions, edits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nisba_service.errors import Problem
from nisba_service.gazetteer.schema import Record, RedirectRecord
from nisba_service.gazetteer.source import SourceRecord


@dataclass(frozen=True, slots=True)
class Note:
    """Who makes a change, and why.

    Attributes:
        author: 1 to 200 characters.
        reason: at most 2 000 characters; may be empty.
    """

    author: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ChangeCounts:
    """How many entities a revision created, changed and removed (deleted or merged)."""

    created: int = 0
    updated: int = 0
    removed: int = 0


@dataclass(frozen=True, slots=True)
class Revision:
    """One immutable state of the gazetteer, and how it came about.

    Attributes:
        number: 1, 2, 3 … without gaps; 0 is the empty store that no commit has reached yet.
        version: the content hash, the same as that of files with these records.
        created_at: UTC, by the clock of the machine that wrote it.
        restores: the number of the earlier revision that a roll-back went back to; None: an edit.
        entity_count: entities, without redirects.
        changes: what it changed of the revision before it.
    """

    number: int
    version: str
    created_at: datetime
    author: str
    reason: str
    restores: int | None
    entity_count: int
    name_count: int
    changes: ChangeCounts


@dataclass(frozen=True, slots=True)
class Stored:
    """What an ID stands for: either a record, or the ID of the entity that it was merged into.

    Attributes:
        etag: changes whenever the content does; give it back with an edit, so that nobody's
            change is overwritten unseen.
        revision: the number of the revision that made it so.
    """

    entity_id: str
    record: Record | None
    merged_into: str | None
    etag: str
    revision: int


@dataclass(frozen=True, slots=True)
class Change:
    """What an ID stood for, and what it stands for now. None: it was not used, or was deleted."""

    entity_id: str
    before: Stored | None
    after: Stored | None


@dataclass(frozen=True, slots=True)
class EntityChange:
    """One step in the history of an ID."""

    revision: Revision
    change: Change


@dataclass(frozen=True, slots=True)
class Create:
    """A new entity. An ID that was ever used, also one deleted or merged since, is refused.

    `source` is where the record was read, for messages with file and line.
    """

    record: Record
    source: SourceRecord | None = None


@dataclass(frozen=True, slots=True)
class Put:
    """From now on, this ID is this record or redirect, whatever it was before: as files say it.

    With an etag, what it was before must be that; with an empty one, nothing. `source` as for
    Create.
    """

    record: Record | RedirectRecord
    etag: str | None = None
    source: SourceRecord | None = None


@dataclass(frozen=True, slots=True)
class Delete:
    """No entity has this ID any longer, and none will have it again.

    Refused while relations of others name it, unless `cascade` removes those relations. IDs that
    were merged into it go with it.
    """

    entity_id: str
    etag: str | None = None
    cascade: bool = False


@dataclass(frozen=True, slots=True)
class Merge:
    """Several entities are one: the target takes over all that is known of the sources.

    The sources' IDs lead to the target for ever, as do the IDs that led to the sources; relations
    that named a source name the target. `etag` is the target's.
    """

    source_ids: tuple[str, ...]
    target_id: str
    etag: str | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """One entity is several.

    Attributes:
        remaining: what the ID that is split stands for from now on.
        parts: the others. The ID of a part is new, or was merged into the split one: a merge
            that was wrong is taken back so.
        etag: that of the entity that is split.
    """

    remaining: Record
    parts: tuple[Record, ...]
    etag: str | None = None


Edit = Create | Put | Delete | Merge | Split


@dataclass(frozen=True, slots=True)
class CommitPreview:
    """What a commit would do.

    Attributes:
        problems: the rules that it would break; there is nothing else to tell then.
        revision: the revision that it would make; the newest one, if it would change nothing.
        changes: the first of its changes, in order of ID.
    """

    problems: tuple[Problem, ...]
    revision: Revision | None
    changes: tuple[Change, ...]
