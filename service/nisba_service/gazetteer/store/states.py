"""What an ID stands for as the log keeps it, made from records and turned back into them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import from_json

from nisba_service.errors import StoreError
from nisba_service.gazetteer.model import Name
from nisba_service.gazetteer.rules import to_entity
from nisba_service.gazetteer.schema import Record, RedirectRecord
from nisba_service.gazetteer.store.model import Stored
from nisba_service.gazetteer.store.served import served_text
from nisba_service.gazetteer.version import entity_hash, redirect_hash

_ETAG_LENGTH = 32
_HASH_BYTES = 32
_NOTHING = bytes(_HASH_BYTES)


@dataclass(frozen=True, slots=True)
class State:
    """A row of the log: from `revision` on, the ID stands for this.

    Attributes:
        record: canonical JSON of the curator's record; None: the ID is merged or deleted.
        served: the entity that follows from it, see served.py; None as for the record.
        merged_into: the entity that the ID leads to; None: it is an entity, or deleted.
        member: what it adds to the sum that names the gazetteer's state, big-endian.
    """

    entity_id: str
    revision: int
    record: str | None
    served: str | None
    merged_into: str | None
    etag: str
    member: bytes
    name_count: int

    @property
    def is_entity(self) -> bool:
        """Say whether the ID is that of an entity: neither merged nor deleted."""
        return self.record is not None


def is_same(one: State | None, other: State | None) -> bool:
    """Say whether an ID stands for the same in both; None: it was never used."""
    return _content(one) == _content(other)


def _content(state: State | None) -> tuple[str, str | None]:
    return ("", None) if state is None else (state.etag, state.merged_into)


def entity_state(record: Record, names: Sequence[Name], revision: int) -> State:
    """Return the state of an ID with this record, whose names are `names`."""
    text, entity = _text(record), to_entity(record, names)
    member = entity_hash(entity).to_bytes(_HASH_BYTES, "big")
    return State(
        record.id, revision, text, served_text(entity), None, _etag(text), member, len(names)
    )


def merged_state(entity_id: str, merged_into: str, revision: int) -> State:
    """Return the state of an ID that leads to another."""
    member = redirect_hash(entity_id, merged_into).to_bytes(_HASH_BYTES, "big")
    etag = _redirect_etag(merged_into)
    return State(entity_id, revision, None, None, merged_into, etag, member, 0)


def deleted_state(entity_id: str, revision: int) -> State:
    """Return the state of an ID that stands for nothing any longer."""
    return State(entity_id, revision, None, None, None, "", _NOTHING, 0)


def etag_of(record: Record | RedirectRecord) -> str:
    """Return the etag of what an ID stands for with this record."""
    if isinstance(record, RedirectRecord):
        return _redirect_etag(record.merged_into)
    return _etag(_text(record))


def _text(record: Record) -> str:
    return record.model_dump_json(exclude_none=True)


def _redirect_etag(merged_into: str) -> str:
    return _etag(f"→{merged_into}")


def _etag(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_ETAG_LENGTH]


def record_of(state: State) -> Record:
    """Return the record of an entity. Raises StoreError if somebody changed it in the database."""
    assert state.record is not None, "only an entity has a record. This is a bug."
    try:
        return Record.model_validate_json(state.record)
    except ValidationError as error:
        raise StoreError(
            f"the record of {state.entity_id} in revision {state.revision} is damaged: restore a"
            " backup"
        ) from error


def stored_of(state: State | None) -> Stored | None:
    """Return what an ID stands for; None: nothing."""
    if state is None or (state.record is None and state.merged_into is None):
        return None
    record = record_of(state) if state.is_entity else None
    return Stored(state.entity_id, record, state.merged_into, state.etag, state.revision)


def targets_of(state: State | None) -> set[str]:
    """Return the IDs that the state refers to: its relations' targets, or what it leads to."""
    if state is None:
        return set()
    if state.merged_into is not None:
        return {state.merged_into}
    if state.record is None or '"relations":' not in state.record:  # told without parsing
        return set()
    return {relation["target"] for relation in from_json(state.record).get("relations") or ()}
