"""The revisions of a fake: every state it was ever in, and how edits lead to the next."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from threading import Condition
from typing import Any

from nisba._curation_model import (
    CreateEntity,
    DeleteEntity,
    Edit,
    EntityChange,
    MergeEntities,
    Revision,
    UpdateEntity,
)
from nisba._errors import Conflict, ErrorReason, InvalidRequest, NotFound
from nisba._model import Entity
from nisba.testing._book import Book, State

AUTHOR = "fake"

# The fields of an entity that an edit may change.
_FIELDS = (
    "type", "names", "description", "wikidata_id", "wikidata_source", "wikidata_confidence",
    "other_ids", "relations", "not_names", "notes",
)  # fmt: skip


class History:
    """The states of a book by number; 1 is what it held before the first edit."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._states: list[State] = []
        self._revisions: list[Revision] = []
        self._changed = Condition()

    def wait_beyond(self, number: int, seconds: float) -> None:
        """Wait until there is a later revision than this one, or for so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self.newest > number, seconds)

    @property
    def newest(self) -> int:
        """The number of the newest revision."""
        self._begin()
        return len(self._revisions)

    def revision(self, number: int) -> Revision:
        """Return a revision. Raises NotFound."""
        if not 1 <= number <= self.newest:
            raise NotFound(
                f"no revision has the number {number}", reason=ErrorReason.REVISION_NOT_FOUND
            )
        return self._revisions[number - 1]

    def state(self, number: int) -> State:
        """Return the state of a revision; 0: nothing. Raises NotFound."""
        if number == 0:
            return State({}, {})
        self.revision(number)
        return self._states[number - 1]

    def touching(self, entity_id: str) -> list[Revision]:
        """Return the revisions that changed an entity, or all for no ID, newest first."""
        numbers = range(self.newest, 0, -1)
        return [
            self.revision(n)
            for n in numbers
            if not entity_id or any(c.entity_id == entity_id for c in self.diff(n - 1, n))
        ]

    def diff(self, from_: int, to: int) -> list[EntityChange]:
        """Return how two revisions differ."""
        return changes(self.state(from_), self.state(to))

    def edit(self, edits: Sequence[Edit], reason: str, *, write: bool) -> Revision:
        """Make one revision of some edits, or only check them."""
        before = self.state(self.newest)
        after = before
        for edit in edits:
            after = edited(after, edit)
        if not changes(before, after):
            return self.revision(self.newest)
        return self._commit(after, reason, None, write=write)

    def roll_back(self, number: int, reason: str, *, write: bool) -> Revision:
        """Return to an old revision by a new one. Raises NotFound."""
        self.revision(number)
        return self._commit(self.state(number), reason, number, write=write)

    def _begin(self) -> None:
        if not self._revisions:
            self._append(self._book.state, self._revision(1, self._book.state, State({}, {}), ""))

    def _commit(self, state: State, reason: str, restored: int | None, *, write: bool) -> Revision:
        before = self.state(self.newest)
        number = self.newest + 1 if write else 0
        revision = replace(self._revision(number, state, before, reason), restored=restored)
        if write:
            with self._changed:
                self._book.turn_to(state)
                self._append(self._book.state, revision)
                self._changed.notify_all()
        return revision

    def _append(self, state: State, revision: Revision) -> None:
        self._states.append(state)
        self._revisions.append(revision)

    def _revision(self, number: int, state: State, before: State, reason: str) -> Revision:
        kinds = [(c.before is not None, c.after is not None) for c in changes(before, state)]
        content = sorted((e.id, e.etag) for e in state.entities.values())
        version = repr((content, sorted(state.redirects.items()))).encode()
        return Revision(
            number=number,
            version=hashlib.sha256(version).hexdigest()[:16],
            created_at=datetime.now(UTC),
            author=AUTHOR,
            reason=reason,
            entity_count=len(state.entities),
            name_count=sum(len(entity.names) for entity in state.entities.values()),
            created_count=kinds.count((False, True)),
            updated_count=kinds.count((True, True)),
            deleted_count=kinds.count((True, False)),
        )


def changes(before: State, after: State) -> list[EntityChange]:
    """Return how two states differ, in order of ID."""
    ids = {*before.entities, *after.entities, *before.redirects, *after.redirects}
    pairs = [
        EntityChange(
            entity_id,
            before.entities.get(entity_id),
            after.entities.get(entity_id),
            before.redirects.get(entity_id, ""),
            after.redirects.get(entity_id, ""),
        )
        for entity_id in sorted(ids)
    ]
    return [
        pair
        for pair in pairs
        if pair.before != pair.after or pair.merged_into_before != pair.merged_into_after
    ]


def edited(state: State, edit: Edit) -> State:
    """Return the state after an edit. Raises Conflict, NotFound, InvalidRequest."""
    match edit:
        case CreateEntity(entity):
            return _created(state, entity)
        case UpdateEntity(entity, fields):
            current = _current(state, entity.id, entity.etag)
            return _with(state, replace(current, **_values(entity, fields)))
        case DeleteEntity(entity_id):
            _current(state, entity_id, "")
            return State(_without(state.entities.values(), {entity_id}), state.redirects)
        case MergeEntities(source_ids, into):
            return _merged(state, source_ids, into)


def check_unreferenced(state: State, entity_id: str) -> None:
    """Refuse to leave relations that point at nothing. Raises Conflict."""
    referrers = tuple(
        e.id for e in state.entities.values() if any(r.target_id == entity_id for r in e.relations)
    )
    if referrers:
        raise Conflict(
            f"{entity_id} is named by relations of {', '.join(referrers)}",
            reason=ErrorReason.ENTITY_REFERENCED,
            entity_ids=referrers,
        )


def check_etag(state: State, entity_id: str, etag: str) -> None:
    """Refuse an edit of what somebody else has changed. Raises Conflict, NotFound."""
    _current(state, entity_id, etag)


def _created(state: State, entity: Entity) -> State:
    if entity.id in state.entities or entity.id in state.redirects:
        raise Conflict(
            f"the ID {entity.id} is used, or was once",
            reason=ErrorReason.ENTITY_EXISTS,
            entity_ids=(entity.id,),
        )
    if not entity.names:
        raise InvalidRequest(
            "entity.names: must hold at least one name",
            reason=ErrorReason.FIELD_INVALID,
            field="entity.names",
        )
    return _with(state, entity)


def _current(state: State, entity_id: str, etag: str) -> Entity:
    entity = state.entities.get(entity_id)
    if entity is None:
        raise NotFound(f"the gazetteer has no entity {entity_id}", entity_ids=(entity_id,))
    if etag and etag != entity.etag:
        raise Conflict(
            f"{entity_id} has changed since it was read",
            reason=ErrorReason.ETAG_CONFLICT,
            entity_ids=(entity_id,),
            etag=entity.etag,
        )
    return entity


def _values(entity: Entity, fields: Sequence[str] | None) -> dict[str, Any]:
    chosen = _FIELDS if fields is not None and list(fields) == ["*"] else fields
    if chosen is None:
        chosen = [field for field in _FIELDS if getattr(entity, field)]
    unknown = [field for field in chosen if field not in _FIELDS]
    if unknown:
        raise InvalidRequest(
            f"update_mask: must name fields among {', '.join(_FIELDS)}",
            reason=ErrorReason.FIELD_INVALID,
            field="update_mask",
        )
    return {field: getattr(entity, field) for field in chosen}


def _merged(state: State, source_ids: Sequence[str], into: str) -> State:
    target = _current(state, into, "")
    sources = [_current(state, source_id, "") for source_id in source_ids]
    names = dict.fromkeys(n for entity in (target, *sources) for n in entity.names)
    entities = dict(state.entities)
    for source in sources:
        del entities[source.id]
    gone = {source.id for source in sources}
    entities[into] = replace(target, names=tuple(names))
    entities = {i: _pointing(entity, gone, into) for i, entity in entities.items()}
    redirects = {i: into if to in gone else to for i, to in state.redirects.items()}
    return State(entities, redirects | dict.fromkeys(gone, into))


def _pointing(entity: Entity, gone: set[str], into: str) -> Entity:
    relations = tuple(
        replace(r, target_id=into) if r.target_id in gone else r for r in entity.relations
    )
    return replace(entity, relations=relations)


def _with(state: State, entity: Entity) -> State:
    return State({**state.entities, entity.id: entity}, state.redirects)


def _without(entities: Iterable[Entity], gone: set[str]) -> dict[str, Entity]:
    return {
        entity.id: replace(
            entity, relations=tuple(r for r in entity.relations if r.target_id not in gone)
        )
        for entity in entities
        if entity.id not in gone
    }
