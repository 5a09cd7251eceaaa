"""The service's own errors, and whose fault each is.

    NisbaServiceError
    ├── SettingsError        the operator's: a setting that cannot work
    ├── ModelsError          the operator's: tagging models missing or damaged
    ├── StoreError           the operator's: a store that cannot be opened, read or written
    │   └── StoreBusy        … because somebody else has been writing for too long
    ├── GazetteerError       the curator's: a record that breaks a rule, with file and line
    │   └── EditError        … an edit of a store's gazetteer
    ├── EtagConflict         nobody's: another curator was quicker
    ├── RevisionNotFound     the caller's: a number that no revision has
    ├── ExchangeError        the curator's: a file that cannot be read or written as asked
    ├── ArchiveError         the operator's: an archive cannot be worked on as asked
    │   ├── ArchiveBusy      … because another run holds its lock
    │   ├── ArchiveDamaged   … because a file of it is missing or not what was written
    │   ├── InputError       … because of an input: unreadable, or not what it was
    │   ├── TooManyRejects   … because too many rows of an input are unusable
    │   └── WorkerFailed     … because a shard killed each process that worked on it
    └── InvalidInput         the caller's: a request that breaks a rule, with field and limit
        ├── FieldRequired
        ├── FieldInvalid
        ├── TextTooLong
        ├── TooManyItems
        ├── LanguageUnsupported
        ├── ScriptUnsupported
        ├── PageTokenInvalid
        └── EntityNotFound

No message holds text of a document: a message may reach a log, an article may not.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class NisbaServiceError(Exception):
    """Expected: something outside this code is wrong, and the message says what to do."""


class SettingsError(NisbaServiceError):
    """Expected, the operator's fault: a setting that cannot work."""


class ModelsError(NisbaServiceError):
    """Expected, the operator's fault: tagging models that are missing or damaged."""


class StoreError(NisbaServiceError):
    """Expected, the operator's fault: a store that cannot be opened, read or written."""


class StoreBusy(StoreError):
    """Expected: another commit has held the store for longer than we wait; trying again helps."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One broken rule in a curator's file: `path:line: message`; line is 1-based, 0 if unknown."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}"


class GazetteerError(NisbaServiceError):
    """Expected, the curator's fault: records that break a rule, all of them at once."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class EditError(GazetteerError):
    """Expected, the curator's fault: edits that break a rule; nothing of them was written.

    The path and line of a problem are those of the file that the edit was read from, else "edit"
    and the edit's place in the commit, from 1.
    """


class EtagConflict(NisbaServiceError):
    """Expected, nobody's fault: an entity has changed since it was read; nothing was written.

    Attributes:
        given: the etag that came with the edit.
        current: the etag of what the ID stands for now; empty: of nothing.
    """

    def __init__(self, entity_id: str, given: str, current: str) -> None:
        super().__init__(f"{entity_id} has changed since it was read: read it and edit it again")
        self.entity_id = entity_id
        self.given = given
        self.current = current


class RevisionNotFound(NisbaServiceError):
    """Expected, the caller's fault: a number that no revision has."""

    def __init__(self, number: int, head: int) -> None:
        super().__init__(f"no revision has the number {number}: the newest is {head}")
        self.number = number
        self.head = head


class ExchangeError(NisbaServiceError):
    """Expected, the curator's fault: a file that cannot be read or written as asked."""


class ArchiveError(NisbaServiceError):
    """Expected, the operator's fault: an archive that cannot be worked on as asked."""


class ArchiveBusy(ArchiveError):
    """Expected: another run holds the archive's lock; trying again later helps."""


class ArchiveDamaged(ArchiveError):
    """Expected, the operator's fault: a file of an archive is missing or not what was written.

    Attributes:
        path: the file.
    """

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path}: is damaged ({what}); `nisba archive verify` says what else is")
        self.path = path
        self._what = what

    def __reduce__(self) -> tuple[type[ArchiveDamaged], tuple[Path, str]]:
        """Errors pass between processes, and are made again from what they were made of."""
        return type(self), (self.path, self._what)


class InputError(ArchiveError):
    """Expected, the operator's fault: an input that cannot be read or is not what it was."""


class TooManyRejects(ArchiveError):
    """Expected, the operator's fault: more rows of an input are unusable than were allowed."""


class WorkerFailed(ArchiveError):
    """Unexpected: a shard killed each process that worked on it, or a process could not start."""


class InvalidInput(NisbaServiceError):
    """Expected, the caller's fault. Names the field, the rule and the limit.

    Attributes:
        field: path of the field in the request, for example "documents[3].text".
        rule: one sentence that says what the field must be.
        limit: the limit that was broken, as text; empty if the rule has none.
        actual: the measure that broke it, as text; empty if the rule has none.
    """

    def __init__(self, field: str, rule: str, *, limit: str = "", actual: str = "") -> None:
        super().__init__(f"{field}: {rule}" + (f" (got {actual})" if actual else ""))
        self.field = field
        self.rule = rule
        self.limit = limit
        self.actual = actual


class FieldRequired(InvalidInput):
    """A required field is empty."""


class FieldInvalid(InvalidInput):
    """A field has a value outside its range or form."""


class TextTooLong(InvalidInput):
    """A text or name has too many code points."""


class TooManyItems(InvalidInput):
    """A list has too many items."""


class LanguageUnsupported(InvalidInput):
    """The language asked for is neither English nor Arabic."""


class ScriptUnsupported(InvalidInput):
    """Most letters of the text are neither Latin nor Arabic."""


class PageTokenInvalid(InvalidInput):
    """The page token is not ours, or belongs to another request or gazetteer."""


class EntityNotFound(InvalidInput):
    """The gazetteer has no entity of this ID."""

    def __init__(self, field: str, entity_ids: tuple[str, ...]) -> None:
        super().__init__(field, "the gazetteer has no entity " + ", ".join(entity_ids[:10]))
        self.entity_ids = entity_ids
