"""What all edits of one commit work on, and what they have in common."""

from __future__ import annotations

from dataclasses import dataclass

from nisba_service.errors import EtagConflict
from nisba_service.gazetteer.rules import names_findings, names_of
from nisba_service.gazetteer.schema import Record, RedirectRecord
from nisba_service.gazetteer.source import SourceRecord
from nisba_service.gazetteer.store.links import Links
from nisba_service.gazetteer.store.problems import Problems
from nisba_service.gazetteer.store.states import State, entity_state, merged_state
from nisba_service.gazetteer.store.writing import Draft


@dataclass(frozen=True, slots=True)
class Commit:
    """The revision in the making, what is wrong with it, and the links to look at in the end."""

    draft: Draft
    problems: Problems
    links: Links

    def sound_state(self, record: Record | RedirectRecord, source: SourceRecord) -> State | None:
        """Return the state of an ID with this record; None: it breaks a rule, which is noted."""
        if isinstance(record, RedirectRecord):
            return merged_state(record.id, record.merged_into, self.draft.number)
        names = names_of(record)
        if self.problems.add(source, names_findings(record, names, source)):
            return None
        return entity_state(record, names, self.draft.number)

    def entity(self, entity_id: str, source: SourceRecord) -> State | None:
        """Return the state of an entity; None: the ID is that of none, which is noted."""
        state = self.draft.state(entity_id)
        if state is not None and state.is_entity:
            return state
        if state is not None and state.merged_into is not None:
            message = f'"{entity_id}" was merged: write "{state.merged_into}"'
        else:
            message = f'no entity has the ID "{entity_id}"'
        self.problems.add(source, [((), message)])
        return None


def hold_against(etag: str | None, state: State | None, entity_id: str) -> None:
    """Raise EtagConflict if an etag was given that is not that of the state."""
    current = "" if state is None else state.etag
    if etag is not None and etag != current:
        raise EtagConflict(entity_id, etag, current)
