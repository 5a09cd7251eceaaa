"""Revisions, and what differs between two states, for a person or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from nisba_service.cli.counting import counted
from nisba_service.gazetteer.exchange.yaml_write import flow
from nisba_service.gazetteer.schema import Record, RedirectRecord
from nisba_service.gazetteer.store.model import Revision

Content = Record | RedirectRecord | None


def change(entity_id: str, before: Content, after: Content) -> Iterator[str]:
    """Yield the lines that tell how an ID changes: + new, - gone, > merged, ~ changed."""
    if isinstance(after, RedirectRecord):
        yield f"> {entity_id} is merged into {after.merged_into}"
    elif after is None:
        yield f"- {entity_id} {_title(before)}".rstrip()
    elif not isinstance(before, Record):
        yield f"+ {entity_id} {_title(after)}"
    else:
        yield f"~ {entity_id}"
        yield from _fields(_content(before), _content(after))


def change_json(entity_id: str, before: Content, after: Content) -> str:
    """Return the same as one JSON object: the record before and after, or null."""
    states = {"before": before, "after": after}
    content = {key: None if state is None else _content(state) for key, state in states.items()}
    return json.dumps({"id": entity_id, **content}, ensure_ascii=False)


def revision_lines(revision: Revision) -> Iterator[str]:
    """Yield the lines that tell of a revision."""
    when = revision.created_at.strftime("%Y-%m-%d %H:%M")
    yield f"revision {revision.number}  {when} UTC  {revision.author}  version {revision.version}"
    if revision.restores is not None:
        yield f"    back to revision {revision.restores}"
    yield from (f"    {line}" for line in revision.reason.splitlines())
    yield f"    {summary(revision)}"


def summary(revision: Revision) -> str:
    """Return what a revision changed, and how large it is."""
    changes = revision.changes
    size = (
        f"now {counted(revision.entity_count, 'entity', 'entities')}, "
        f"{counted(revision.name_count, 'name')}"
    )
    return (
        f"{changes.created:,} created, {changes.updated:,} updated, {changes.removed:,} removed; "
        + size
    )


def revision_json(revision: Revision) -> str:
    """Return a revision as one JSON object."""
    return json.dumps(
        {
            "revision": revision.number,
            "version": revision.version,
            "created_at": revision.created_at.isoformat(),
            "author": revision.author,
            "reason": revision.reason,
            "restores": revision.restores,
            "entities": revision.entity_count,
            "names": revision.name_count,
            "created": revision.changes.created,
            "updated": revision.changes.updated,
            "removed": revision.changes.removed,
        },
        ensure_ascii=False,
    )


def _content(state: Record | RedirectRecord) -> Mapping[str, object]:
    return state.model_dump(mode="json", exclude_none=True)


def _title(state: Content) -> str:
    if not isinstance(state, Record):
        return ""
    primary = [name.name for name in state.names if name.kind == "primary"]
    return f"{state.type} {' / '.join(primary or [state.names[0].name])}"


def _fields(before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[str]:
    for key in Record.model_fields:
        was, is_ = before.get(key), after.get(key)
        if was == is_:
            continue
        if isinstance(was or is_, list):
            yield from _items(key, was, is_)
        else:
            yield from _value(key, was, is_)


def _items(key: str, before: object, after: object) -> Iterator[str]:
    was, is_ = ([flow(item) for item in v] if isinstance(v, list) else [] for v in (before, after))
    yield from (f"    - {key}: {item}" for item in was if item not in is_)
    yield from (f"    + {key}: {item}" for item in is_ if item not in was)
    if sorted(was) == sorted(is_):
        yield f"      {key}: in another order"


def _value(key: str, before: object, after: object) -> Iterator[str]:
    if before is not None:
        yield f"    - {key}: {flow(before)}"
    if after is not None:
        yield f"    + {key}: {flow(after)}"
