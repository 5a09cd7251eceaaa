"""What the edits of a folder are, seen from the revision that the folder was exported at.

Three states of each ID: as exported, as it is in the store now, as it is in the folder. Where only
the folder changed it, that is an edit; where only the store did, there is nothing to do; where both
did, and not alike, it is a conflict, which a person must settle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from nisba_service.gazetteer.schema import Record, RedirectRecord
from nisba_service.gazetteer.store.model import Stored

Content: TypeAlias = Record | RedirectRecord


class Step(StrEnum):
    """What applying a folder does with an ID, or cannot do."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Difference:
    """An ID that the folder has changed.

    Attributes:
        base: what it was when the folder was exported; None: it was not there.
        head: what the store has now.
        local: what the folder has.
    """

    step: Step
    entity_id: str
    base: Content | None
    head: Stored | None
    local: Content | None


def content_of(stored: Stored | None) -> Content | None:
    """Return what an ID stands for as files have it: a record, a redirect, or nothing."""
    if stored is None:
        return None
    if stored.merged_into is not None:
        return RedirectRecord(id=stored.entity_id, merged_into=stored.merged_into)
    return stored.record


def compare(
    base: Iterable[Stored] | None, head: Iterable[Stored], local: Mapping[str, Content]
) -> Iterator[Difference]:
    """Yield what the folder has changed, in order of ID.

    Args:
        base: the state that the folder was exported at, in order of ID; None: it is not known, and
            whatever differs from the store counts as changed by the folder.
        head: the state of the store, in order of ID.
        local: what the folder holds, by ID.
    """
    heads = ((stored.entity_id, stored) for stored in head)
    bases = ((stored.entity_id, stored) for stored in base) if base is not None else iter(())
    locals_ = iter(sorted(local.items()))
    for entity_id, (was, now, here) in _joined(bases, heads, locals_):
        head_content = content_of(now)
        base_content = head_content if base is None else content_of(was)
        step = _step(base_content, head_content, here)
        if step is not None:
            yield Difference(step, entity_id, base_content, now, here)


def _step(base: Content | None, head: Content | None, local: Content | None) -> Step | None:
    if local in (base, head):
        return None
    if base != head:
        return Step.CONFLICT
    if local is None:
        # What was merged redirects for ever, whether or not a folder has kept it.
        return None if isinstance(head, RedirectRecord) else Step.DELETE
    return Step.CREATE if head is None else Step.UPDATE


def _joined(
    bases: Iterator[tuple[str, Stored]],
    heads: Iterator[tuple[str, Stored]],
    locals_: Iterator[tuple[str, Content]],
) -> Iterator[tuple[str, tuple[Stored | None, Stored | None, Content | None]]]:
    """Yield each ID of three streams in order of ID, with what each stream has of it."""
    was, now, here = next(bases, None), next(heads, None), next(locals_, None)
    while entity_id := min((item[0] for item in (was, now, here) if item is not None), default=""):
        found_was = found_now = found_here = None
        if was is not None and was[0] == entity_id:
            found_was, was = was[1], next(bases, None)
        if now is not None and now[0] == entity_id:
            found_now, now = now[1], next(heads, None)
        if here is not None and here[0] == entity_id:
            found_here, here = here[1], next(locals_, None)
        yield entity_id, (found_was, found_now, found_here)


def side_by_side(
    contents: Iterable[Content], head: Iterable[Stored]
) -> Iterator[tuple[Content, Stored | None]]:
    """Yield each content with what the store has under its ID; both streams in order of ID."""
    heads = ((stored.entity_id, stored) for stored in head)
    locals_ = ((content.id, content) for content in contents)
    for _, (_, stored, content) in _joined(iter(()), heads, locals_):
        if content is not None:
            yield content, stored
