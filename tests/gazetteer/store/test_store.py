"""Revisions: each can be read for ever, and edits make the next one."""

from __future__ import annotations

from pathlib import Path

from nisba_service.gazetteer.files import read_records
from nisba_service.gazetteer.load import load
from nisba_service.gazetteer.schema import parse
from nisba_service.gazetteer.source import SourceRecord
from nisba_service.gazetteer.store.model import Note, Put
from nisba_service.gazetteer.store.serving import load_gazetteer
from nisba_service.gazetteer.store.store import Store

SEEDS = Path(__file__).parents[3] / "seeds" / "gazetteer"


def test_a_store_of_the_seeds_is_the_gazetteer_of_the_seeds(store: Store) -> None:
    sources = [item for item in read_records(SEEDS) if isinstance(item, SourceRecord)]
    revision = store.commit(
        (Put(parse(source), source=source) for source in sources), Note("ليلى", "seeds")
    )
    files, stored = load(SEEDS), load_gazetteer(store)

    assert stored.entities == files.entities
    assert stored.version == files.version == revision.version
    assert (revision.entity_count, revision.name_count) == (799, files.name_count)
    assert (stored.revision, files.revision) == (1, 0)
