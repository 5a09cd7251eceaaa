"""Nobody may name an entity that is none: what only the last edit of a commit decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from nisba_service.errors import Problem
from nisba_service.gazetteer.references import Reference, references_of
from nisba_service.gazetteer.source import SourceRecord
from nisba_service.gazetteer.store.problems import Problems
from nisba_service.gazetteer.store.reading import pages
from nisba_service.gazetteer.store.states import State, record_of, targets_of
from nisba_service.gazetteer.store.writing import Draft

# Of an entity that is named by thousands, a message lists these.
_SHOWN_REFERRERS = 5


class Links:
    """Remembers what must be looked at again: few, though edits be many."""

    def __init__(self, draft: Draft, problems: Problems) -> None:
        self._draft = draft
        self._problems = problems
        self._unresolved: list[Reference] = []
        self._deleted: dict[str, SourceRecord] = {}
        self._merged: dict[str, SourceRecord] = {}

    def made(self, references: Iterable[Reference]) -> None:
        """Note the references of records that are written by now."""
        new = list(references)
        known = self._draft.states({reference.target for reference in new})
        self._unresolved += (r for r in new if not _is_entity(known.get(r.target)))

    def deleted(self, entity_id: str, source: SourceRecord) -> None:
        """Note that an entity was deleted, though others may name it."""
        self._deleted[entity_id] = source

    def merged(self, entity_id: str, source: SourceRecord) -> None:
        """Note that an entity was replaced by a redirect, though others may name it."""
        self._merged[entity_id] = source

    def check(self) -> None:
        """Gather every reference to what is no entity after all."""
        for references in pages(self._unresolved):
            self._check_unresolved(references)
        for entity_id, source in self._deleted.items():
            self._check_deleted(entity_id, source)
        for entity_id, source in self._merged.items():
            self._check_merged(entity_id, source)

    def _check_unresolved(self, references: Sequence[Reference]) -> None:
        # A broken record was not written: what it names counts, and that it is named is no matter.
        broken = self._problems.broken_ids
        now = self._draft.states({id for r in references for id in (r.entity_id, r.target)})
        for reference in references:
            made = reference.target in targets_of(now.get(reference.entity_id))
            if (made or reference.entity_id in broken) and reference.target not in broken:
                self._problems.extend(_wrong(reference, now.get(reference.target)))

    def _check_deleted(self, entity_id: str, source: SourceRecord) -> None:
        if _is_entity(self._draft.state(entity_id)):
            return
        first = islice(self._draft.referrers(entity_id), _SHOWN_REFERRERS + 1)
        ids = [state.entity_id for state in first]
        if ids:
            others = " and others" if len(ids) > _SHOWN_REFERRERS else ""
            names = ", ".join(ids[:_SHOWN_REFERRERS])
            message = f"relations of {names}{others} name it: remove them first, or with it"
            self._problems.add(source, [((), message)])

    def _check_merged(self, entity_id: str, source: SourceRecord) -> None:
        state = self._draft.state(entity_id)
        if _is_entity(state):
            return
        for referrer in self._draft.referrers(entity_id):
            if referrer.is_entity:
                at = SourceRecord(source.place, {"id": referrer.entity_id})
                for reference in references_of(record_of(referrer), at):
                    if reference.target == entity_id:
                        self._problems.extend(_wrong(reference, state))


def _is_entity(state: State | None) -> bool:
    return state is not None and state.is_entity


def _wrong(reference: Reference, target: State | None) -> list[Problem]:
    if target is not None and target.merged_into is not None:
        return [reference.merged(target.merged_into)]
    return [] if _is_entity(target) else [reference.dangling()]
