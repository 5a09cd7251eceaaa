"""Files to the store and back: nothing of any sound record is lost."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from hypothesis import given, settings

from nisba_service.gazetteer.exchange.comparing import compare, content_of
from nisba_service.gazetteer.exchange.drafts import Reject, Tally
from nisba_service.gazetteer.exchange.folder import Mark, write_folder
from nisba_service.gazetteer.exchange.ftm_read import read_ftm
from nisba_service.gazetteer.exchange.ftm_write import write_ftm
from nisba_service.gazetteer.exchange.gathering import Gathering
from nisba_service.gazetteer.exchange.importing import Existing, contents, edits
from nisba_service.gazetteer.exchange.local import read_local
from nisba_service.gazetteer.location import StoreUrl, parse_location
from nisba_service.gazetteer.schema import Record, RedirectRecord
from nisba_service.gazetteer.store.model import Note, Put
from nisba_service.gazetteer.store.store import Store
from tests.gazetteer.exchange.conftest import numbered
from tests.gazetteer.exchange.examples import gazetteers, patient

Records = list[Record | RedirectRecord]
NOTE = Note("ليلى", "ذهابا وإيابا")


def new_store(folder: str) -> Store:
    url = parse_location(str(Path(folder, "gazetteer.db")))
    assert isinstance(url, StoreUrl)
    return Store.open(url)


@settings(patient, max_examples=15)
@given(records=gazetteers())
def test_yaml_to_the_store_to_yaml(records: Records) -> None:
    with tempfile.TemporaryDirectory() as name, new_store(name) as store:
        at = store.commit(map(Put, records), NOTE)
        stored = [content_of(one) for one in store.records()]
        folder = Path(name, "out")
        write_folder(folder, filter(None, stored), Mark(at.number, at.version), replace=False)

        local = read_local(folder)
        assert [local.contents[record.id] for record in records] == records
        assert not list(compare(store.records(1), store.records(), local.contents))


def ftm_lines(store: Store, tally: Tally) -> list[str]:
    every = list(filter(None, map(content_of, store.records())))
    old = [one for one in every if isinstance(one, RedirectRecord)]
    live = (one for one in every if isinstance(one, Record))

    def of(entity_id: str) -> list[str]:
        return [one.id for one in old if one.merged_into == entity_id]

    return list(write_ftm(live, of, tally))


def import_ftm(store: Store, lines: Iterable[str]) -> None:
    tally = Tally()
    with Gathering(tally, lambda _: False) as gathering:
        for item in read_ftm("a.json", numbered(*lines), tally):
            assert not isinstance(item, Reject), item
            gathering.add(item)
        store.commit(edits(contents(gathering), store.records(), Existing.REFUSE), NOTE)


@settings(patient, max_examples=15)
@given(records=gazetteers())
def test_ftm_to_the_store_to_ftm(records: Records) -> None:
    folders = (tempfile.TemporaryDirectory() for _ in range(3))
    with ExitStack() as stack:
        first, second, third = (
            stack.enter_context(new_store(stack.enter_context(folder))) for folder in folders
        )
        first.commit(map(Put, records), NOTE)
        import_ftm(second, ftm_lines(first, Tally()))
        tally = Tally()
        lines = ftm_lines(second, tally)
        import_ftm(third, lines)

        assert not +tally.left_out
        assert ftm_lines(third, Tally()) == lines
        assert third.head().version == second.head().version
