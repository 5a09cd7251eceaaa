"""Curators' edits, held against the rules and turned into what IDs stand for next.

Edits are looked at in order, each in the light of those before it. What concerns other entities, a
relation's target, is looked at after the last one, so that a record may name one that comes later.
Records are looked up and written in batches; what changes several entities at once, by itself:
see structure.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nisba_service.gazetteer.references import Reference, references_of
from nisba_service.gazetteer.source import SourceRecord
from nisba_service.gazetteer.store import structure
from nisba_service.gazetteer.store.commit import Commit, hold_against
from nisba_service.gazetteer.store.links import Links
from nisba_service.gazetteer.store.model import Create, Delete, Edit, Merge, Put
from nisba_service.gazetteer.store.problems import Problems, numbered
from nisba_service.gazetteer.store.reading import PAGE
from nisba_service.gazetteer.store.states import State, etag_of
from nisba_service.gazetteer.store.writing import Draft, Step

_Record = tuple[Create | Put, SourceRecord]


def apply(edits: Iterable[Edit], draft: Draft, problems: Problems) -> None:
    """Write what the edits make of the gazetteer into the draft; gather what is wrong with them.

    Raises EtagConflict, and EditError when problems are too many to go on.
    """
    commit = Commit(draft, problems, Links(draft, problems))
    batch: list[_Record] = []
    for number, edit in enumerate(edits, start=1):
        if isinstance(edit, Create | Put):
            batch.append((edit, edit.source or numbered(number, edit.record.id)))
        if len(batch) == PAGE or not isinstance(edit, Create | Put):
            _put(commit, batch)
            batch.clear()
        if isinstance(edit, Delete):
            structure.delete(commit, edit, numbered(number, edit.entity_id))
        elif isinstance(edit, Merge):
            structure.merge(commit, edit, numbered(number, edit.target_id))
        elif not isinstance(edit, Create | Put):
            structure.split(commit, edit, numbered(number, edit.remaining.id))
    _put(commit, batch)
    commit.links.check()


def _put(commit: Commit, batch: Sequence[_Record]) -> None:
    known = commit.draft.states(edit.record.id for edit, _ in batch)
    steps: dict[str, Step] = {}
    references: list[Reference] = []
    for edit, source in batch:
        entity_id, before = edit.record.id, known.get(edit.record.id)
        is_second = entity_id in steps or _is_of(before, commit.draft.number)
        message = "is used twice in one commit" if is_second else _refusal(edit, before)
        if message is not None:
            commit.problems.add(source, [(("id",), message)])
            continue
        if before is not None and before.etag == etag_of(edit.record):
            continue  # most of an import that comes every night
        references += references_of(edit.record, source)
        after = commit.sound_state(edit.record, source)
        if after is not None:
            steps[entity_id] = Step(before, after)
            if before is not None and before.is_entity and not after.is_entity:
                commit.links.merged(entity_id, source)
    commit.draft.write(steps.values())
    commit.links.made(references)


def _is_of(state: State | None, revision: int) -> bool:
    return state is not None and state.revision == revision


def _refusal(edit: Create | Put, before: State | None) -> str | None:
    if isinstance(edit, Put):
        hold_against(edit.etag, before, edit.record.id)
        return None
    if before is None:
        return None
    if before.is_entity:
        return "is used already"
    past = "was deleted" if before.merged_into is None else f"was merged into {before.merged_into}"
    return f"{past}: no ID is used twice"
