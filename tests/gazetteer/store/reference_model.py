"""What a store must do, said in the shortest way: dictionaries in memory, every rule checked anew.

The store looks at what an edit can touch; the model looks at everything, every time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nisba_service.gazetteer.schema import Record, RedirectRecord
from nisba_service.gazetteer.store.merging import merged, repointed
from nisba_service.gazetteer.store.model import Create, Delete, Edit, Merge, Put, Split

Content = dict[str, Record | str]
"""What each ID stands for: a record, or the ID that it leads to."""

WRONG_ETAG = "not an etag"
RIGHT_ETAG = "the etag before the commit"


class Refused(Exception):
    """The edits break a rule."""


class Model:
    """The revisions so far, the empty one first."""

    def __init__(self) -> None:
        self.revisions: list[Content] = [{}]

    def commit(self, edits: Iterable[Edit]) -> None:
        """Add a revision, if the edits change anything. Raises Refused."""
        attempt = _Attempt(self.revisions)
        for edit in edits:
            attempt.apply(edit)
        attempt.check_links()
        self._add(attempt.now)

    def roll_back(self, to: int) -> None:
        """Add a revision with the content of an older one, if that is another."""
        self._add(dict(self.revisions[to]))

    def _add(self, content: Content) -> None:
        if content != self.revisions[-1]:
            self.revisions.append(content)


class _Attempt:
    def __init__(self, revisions: list[Content]) -> None:
        self.before = revisions[-1]
        self.now = dict(revisions[-1])
        self._used = {entity_id for content in revisions for entity_id in content}
        self._written: set[str] = set()

    def apply(self, edit: Edit) -> None:
        if isinstance(edit, Create | Put):
            self._put(edit)
        elif isinstance(edit, Delete):
            self._delete(edit)
        elif isinstance(edit, Merge):
            self._merge(edit)
        else:
            self._split(edit)

    def _set(self, entity_id: str, value: Record | str | None) -> None:
        if self.now.get(entity_id) != value:
            self._written.add(entity_id)
            self._used.add(entity_id)
        if value is None:
            self.now.pop(entity_id, None)
        else:
            self.now[entity_id] = value

    def _require(self, holds: bool) -> None:
        if not holds:
            raise Refused

    def _hold_against(self, etag: str | None, entity_id: str) -> None:
        self._require(etag != WRONG_ETAG)
        if etag == RIGHT_ETAG:
            self._require(self.now.get(entity_id) == self.before.get(entity_id))

    def _entity(self, entity_id: str) -> Record:
        value = self.now.get(entity_id)
        if not isinstance(value, Record):
            raise Refused
        return value

    def _put(self, edit: Create | Put) -> None:
        entity_id, record = edit.record.id, edit.record
        self._require(entity_id not in self._written)
        if isinstance(edit, Create):
            self._require(entity_id not in self._used)
        else:
            self._hold_against(edit.etag, entity_id)
        self._set(entity_id, record.merged_into if isinstance(record, RedirectRecord) else record)

    def _delete(self, edit: Delete) -> None:
        self._entity(edit.entity_id)
        self._hold_against(edit.etag, edit.entity_id)
        self._set(edit.entity_id, None)
        for other, value in list(self.now.items()):
            if value == edit.entity_id:
                self._set(other, None)
        if edit.cascade:
            self._repoint({edit.entity_id: None})

    def _merge(self, edit: Merge) -> None:
        target, sources = self._entity(edit.target_id), list(map(self._entity, edit.source_ids))
        self._hold_against(edit.etag, edit.target_id)
        ids = {edit.target_id, *edit.source_ids}
        self._require(len(ids) == 1 + len(sources) > 1)
        for entity_id in edit.source_ids:
            self._set(entity_id, edit.target_id)
        self._set(edit.target_id, merged(target, sources))
        self._repoint(dict.fromkeys(edit.source_ids, edit.target_id))

    def _split(self, edit: Split) -> None:
        self._entity(edit.remaining.id)
        self._hold_against(edit.etag, edit.remaining.id)
        for part in edit.parts:
            is_taken_back = self.now.get(part.id) == edit.remaining.id
            self._require(is_taken_back or part.id not in self._used)
        self._require(len({edit.remaining.id, *(p.id for p in edit.parts)}) == 1 + len(edit.parts))
        for record in (edit.remaining, *edit.parts):
            self._set(record.id, record)

    def _repoint(self, new_targets: Mapping[str, str | None]) -> None:
        for entity_id, value in list(self.now.items()):
            if isinstance(value, Record):
                if any(r.target in new_targets for r in value.relations or ()):
                    self._set(entity_id, repointed(value, new_targets))
            elif (target := new_targets.get(value)) is not None:
                self._set(entity_id, target)

    def check_links(self) -> None:
        for value in self.now.values():
            links = [value] if isinstance(value, str) else [r.target for r in value.relations or ()]
            for target in links:
                self._entity(target)
