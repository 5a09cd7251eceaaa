"""Edits that change several entities at once: delete, merge, split."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain

from nisba_service.gazetteer.references import references_of
from nisba_service.gazetteer.rules import names_of
from nisba_service.gazetteer.schema import Record
from nisba_service.gazetteer.source import Finding, SourceRecord
from nisba_service.gazetteer.store.commit import Commit, hold_against
from nisba_service.gazetteer.store.merging import merged, repointed
from nisba_service.gazetteer.store.model import Delete, Merge, Split
from nisba_service.gazetteer.store.reading import pages
from nisba_service.gazetteer.store.states import (
    State,
    deleted_state,
    entity_state,
    merged_state,
    record_of,
)
from nisba_service.gazetteer.store.writing import Draft, Step


def delete(commit: Commit, edit: Delete, source: SourceRecord) -> None:
    """Let an ID, and those that lead to it, stand for nothing any longer."""
    draft = commit.draft
    before = commit.entity(edit.entity_id, source)
    if before is None:
        return
    hold_against(edit.etag, before, edit.entity_id)

    def without(referrer: State) -> State:
        if referrer.is_entity:
            return _repointed(draft, referrer, {edit.entity_id: None})
        return deleted_state(referrer.entity_id, draft.number)

    referrers = draft.referrers(edit.entity_id)
    _rewrite(draft, (r for r in referrers if edit.cascade or not r.is_entity), without)
    draft.write([Step(draft.state(edit.entity_id), deleted_state(edit.entity_id, draft.number))])
    if not edit.cascade:
        commit.links.deleted(edit.entity_id, source)


def merge(commit: Commit, edit: Merge, source: SourceRecord) -> None:
    """Let one entity take over others, their IDs, and the relations that name them."""
    draft = commit.draft
    target = commit.entity(edit.target_id, source)
    sources = [commit.entity(entity_id, source) for entity_id in edit.source_ids]
    merging = [state for state in (target, *sources) if state is not None]
    if target is None or len(merging) <= len(sources):
        return
    hold_against(edit.etag, target, edit.target_id)
    if commit.problems.add(source, _merge_findings(edit, merging)):
        return
    record = merged(record_of(target), [record_of(state) for state in merging[1:]])
    after = commit.sound_state(record, source)
    if after is None:
        return
    new_targets: dict[str, str | None] = dict.fromkeys(edit.source_ids, edit.target_id)

    def led_to_target(referrer: State) -> State:
        if referrer.is_entity:
            return _repointed(draft, referrer, new_targets)
        return merged_state(referrer.entity_id, edit.target_id, draft.number)

    merging_ids = {state.entity_id for state in merging}
    for entity_id in edit.source_ids:
        others = (r for r in draft.referrers(entity_id) if r.entity_id not in merging_ids)
        _rewrite(draft, others, led_to_target)
    gone = [merged_state(entity_id, edit.target_id, draft.number) for entity_id in edit.source_ids]
    draft.write(map(Step, merging, [after, *gone]))


def split(commit: Commit, edit: Split, source: SourceRecord) -> None:
    """Let one entity be several."""
    before = commit.entity(edit.remaining.id, source)
    if before is None:
        return
    hold_against(edit.etag, before, before.entity_id)
    known = commit.draft.states(part.id for part in edit.parts)
    records = [(r, _at(source, r)) for r in (edit.remaining, *edit.parts)]
    states = [commit.sound_state(record, at) for record, at in records]
    sound = [state for state in states if state is not None]
    if commit.problems.add(source, _split_findings(edit, known)) or len(sound) < len(states):
        return
    known[before.entity_id] = before
    commit.draft.write([Step(known.get(state.entity_id), state) for state in sound])
    commit.links.made(chain.from_iterable(references_of(record, at) for record, at in records))


def _at(source: SourceRecord, record: Record) -> SourceRecord:
    return SourceRecord(source.place, {"id": record.id})


def _merge_findings(edit: Merge, states: Iterable[State]) -> list[Finding]:
    if not edit.source_ids:
        return [((), "name at least one entity to merge into it")]
    if len({edit.target_id, *edit.source_ids}) <= len(edit.source_ids):
        return [((), "an entity cannot be merged twice, nor into itself")]
    target, *sources = map(record_of, states)
    return [
        (
            (),
            f"is of type {target.type}, {record.id} of {record.type}: give both one type first",
        )
        for record in sources
        if record.type is not target.type
    ]


def _split_findings(edit: Split, known: dict[str, State]) -> list[Finding]:
    if not edit.parts:
        return [((), "name at least one part to split off")]
    ids = {edit.remaining.id, *(part.id for part in edit.parts)}
    if len(ids) <= len(edit.parts):
        return [((), "each part needs an ID of its own")]
    return [
        ((), f"{entity_id} is used already: a part's ID is new, or was merged into the split one")
        for entity_id, state in known.items()
        if state.merged_into != edit.remaining.id
    ]


def _repointed(draft: Draft, state: State, new_targets: dict[str, str | None]) -> State:
    record = repointed(record_of(state), new_targets)
    return entity_state(record, names_of(record), draft.number)


def _rewrite(draft: Draft, states: Iterable[State], new: Callable[[State], State]) -> None:
    for some in pages(states):
        draft.write([Step(state, new(state)) for state in some])
