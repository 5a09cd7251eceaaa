"""A stored revision as the rest of the service sees it: entities, without their sources."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from nisba_service.gazetteer.changes import GazetteerChanges
from nisba_service.gazetteer.collector import collector_paused
from nisba_service.gazetteer.model import Entity, Gazetteer
from nisba_service.gazetteer.rules import names_of, to_entity
from nisba_service.gazetteer.schema import Record
from nisba_service.gazetteer.store.model import Change, Revision
from nisba_service.gazetteer.store.served import served_entity
from nisba_service.gazetteer.store.store import Store


def load_gazetteer(store: Store, revision: int | None = None) -> Gazetteer:
    """Return a revision, the newest by default. Raises RevisionNotFound, StoreError."""
    at = store.head() if revision is None else store.revision(revision)
    entities: dict[str, Entity] = {}
    redirects: dict[str, str] = {}
    with collector_paused():
        for entity_id, text, merged_into in store.served(at.number):
            if text is not None:
                entities[entity_id] = served_entity(entity_id, text)
            elif merged_into is not None:
                redirects[entity_id] = merged_into
    return Gazetteer(MappingProxyType(entities), at.version, MappingProxyType(redirects), at.number)


def gazetteer_changes(store: Store, from_: int, to: int) -> GazetteerChanges:
    """Return what turns revision `from_` into `to`. Raises RevisionNotFound, StoreError."""
    return changes_of(store.diff(from_, to), store.revision(to))


def changes_of(changes: Iterable[Change], revision: Revision) -> GazetteerChanges:
    """Return changes, for example of a preview, as those of a gazetteer."""
    changed: list[Entity] = []
    removed: list[str] = []
    redirects: dict[str, str] = {}
    dropped: list[str] = []
    for change in changes:
        was, is_ = change.before, change.after
        if is_ is not None and is_.record is not None:
            changed.append(entity_of(is_.record))
        elif was is not None and was.record is not None:
            removed.append(change.entity_id)
        if is_ is not None and is_.merged_into is not None:
            redirects[change.entity_id] = is_.merged_into
        elif was is not None and was.merged_into is not None:
            dropped.append(change.entity_id)
    return GazetteerChanges(
        tuple(changed),
        tuple(removed),
        MappingProxyType(redirects),
        tuple(dropped),
        revision.version,
        revision.number,
    )


def entity_of(record: Record) -> Entity:
    """Return the entity of a record that breaks no rule."""
    return to_entity(record, names_of(record))
