"""Whatever curators do, in whatever order: the store is what the reference model is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from nisba_service.errors import EditError, EtagConflict
from nisba_service.gazetteer.location import StoreUrl
from nisba_service.gazetteer.schema import Record, RedirectRecord
from nisba_service.gazetteer.store.model import Create, Delete, Edit, Merge, Put, Split, Stored
from nisba_service.gazetteer.store.serving import load_gazetteer
from nisba_service.gazetteer.store.store import Store
from nisba_service.gazetteer.version import ContentHash
from tests.gazetteer.store.records import NOTE, content, execute, record
from tests.gazetteer.store.reference_model import RIGHT_ETAG, WRONG_ETAG, Model, Refused

# Six IDs: enough for chains of merges, few enough that edits meet.
IDS = [f"org:{letter}" for letter in "abcdef"]

ids = st.sampled_from(IDS)
etags = st.sampled_from([None, None, RIGHT_ETAG, WRONG_ETAG])
relations = st.dictionaries(st.sampled_from(["part_of", "ally_of"]), ids, max_size=2)
spellings = st.lists(st.sampled_from(["Fatah", "فتح", "حركة فتح"]), min_size=1, unique=True)


@st.composite
def records(draw: st.DrawFn) -> Record:
    return record(draw(ids), *draw(spellings), **draw(relations))


redirects = st.builds(RedirectRecord, id=ids, merged_into=ids)
edits = st.one_of(
    st.builds(Create, records()),
    st.builds(Put, records(), etags),
    st.builds(Put, redirects),
    st.builds(Delete, ids, etags, st.booleans()),
    st.builds(Merge, st.lists(ids, min_size=1, max_size=2).map(tuple), ids, etags),
    st.builds(Split, records(), st.lists(records(), min_size=1, max_size=2).map(tuple), etags),
)
commits = st.lists(edits, min_size=1, max_size=4)
roll_backs = st.integers(min_value=0, max_value=5)
# Half of all random edits are refused: a store is filled first, so that there is something to edit.
FILL: Sequence[Edit] = [
    Create(record("org:a", "ألف", part_of="org:b")),
    Create(record("org:b", "باء")),
    Create(record("org:c", "جيم", ally_of="org:a")),
    Create(record("org:d", "دال", part_of="org:c", ally_of="org:a")),
]


def _with_etags(store: Store, some: Sequence[Edit]) -> Iterator[Edit]:
    for edit in some:
        if not isinstance(edit, Create) and edit.etag == RIGHT_ETAG:
            yield replace(edit, etag=_etag(store, edit))
        else:
            yield edit


def _etag(store: Store, edit: Put | Delete | Merge | Split) -> str | None:
    if isinstance(edit, Put):
        entity_id = edit.record.id
    elif isinstance(edit, Delete):
        entity_id = edit.entity_id
    else:
        entity_id = edit.target_id if isinstance(edit, Merge) else edit.remaining.id
    stored = store.stored(entity_id)
    return "" if stored is None else stored.etag


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.one_of(commits, commits, roll_backs), min_size=1, max_size=6))
def test_a_store_is_what_the_model_is(
    store: Store, store_url: StoreUrl, steps: list[list[Edit] | int]
) -> None:
    for table in ("revision", "state", "reference"):
        execute(store_url, f"DELETE FROM {table}")
    model = Model()
    for step in [FILL, *steps]:
        if isinstance(step, int):
            to = step % len(model.revisions)
            model.roll_back(to)
            store.roll_back(to, NOTE)
        else:
            kinds = "+".join(sorted({type(edit).__name__ for edit in step}))
            event(f"{_commit(model, store, step)}: {kinds if len(step) < 2 else 'several'}")
        _assert_same(model, store)
    _assert_differences(model, store)


def _commit(model: Model, store: Store, step: Sequence[Edit]) -> str:
    try:
        model.commit(step)
    except Refused:
        with pytest.raises((EditError, EtagConflict)):
            store.commit(_with_etags(store, step), NOTE)
        return "refused"
    store.commit(list(_with_etags(store, step)), NOTE)
    return "made"


def _assert_same(model: Model, store: Store) -> None:
    head = store.head()
    assert head.number == len(model.revisions) - 1
    for number, expected in enumerate(model.revisions):
        assert content(store.records(number)) == expected
    gazetteer = load_gazetteer(store)
    total = ContentHash.of(gazetteer.entities.values(), gazetteer.redirects)
    assert head.version == gazetteer.version == total.version
    assert (head.entity_count, head.name_count) == (len(gazetteer.entities), gazetteer.name_count)


def _assert_differences(model: Model, store: Store) -> None:
    last = len(model.revisions) - 1
    for number, expected in enumerate(model.revisions):
        changes = {
            c.entity_id: (_value(c.before), _value(c.after)) for c in store.diff(number, last)
        }
        newest = model.revisions[-1]
        assert changes == {
            entity_id: (expected.get(entity_id), newest.get(entity_id))
            for entity_id in expected.keys() | newest.keys()
            if expected.get(entity_id) != newest.get(entity_id)
        }


def _value(stored: Stored | None) -> Record | str | None:
    if stored is None:
        return None
    return stored.record if stored.record is not None else stored.merged_into
