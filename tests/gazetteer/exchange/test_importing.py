"""What an import does to a store that others edit meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nisba_service.errors import EtagConflict, ExchangeError
from nisba_service.gazetteer.exchange.importing import Existing, edits
from nisba_service.gazetteer.location import StoreUrl, parse_location
from nisba_service.gazetteer.schema import Record, RedirectRecord
from nisba_service.gazetteer.store.model import Create, Delete, Merge, Note
from nisba_service.gazetteer.store.store import Store

IMPORT, CURATOR = Note("import", "قائمة"), Note("ليلى", "بيدها")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    url = parse_location(str(tmp_path / "gazetteer.db"))
    assert isinstance(url, StoreUrl)
    with Store.open(url) as opened:
        yield opened


def place(*names: str) -> Record:
    return Record.model_validate(
        {"id": "loc:tyre", "type": "LOCATION", "names": [{"name": name} for name in names]}
    )


def test_what_differs_is_refused_kept_or_replaced_as_told(store: Store) -> None:
    store.commit([Create(place("صور"))], CURATOR)
    theirs = [place("صور", "Tyre")]
    with pytest.raises(ExchangeError, match="1 of these entities already, and otherwise"):
        store.commit(edits(theirs, store.records(), Existing.REFUSE), IMPORT)
    assert store.commit(edits(theirs, store.records(), Existing.KEEP), IMPORT).number == 1
    assert store.commit(edits(theirs, store.records(), Existing.REPLACE), IMPORT).number == 2
    assert store.commit(edits(theirs, store.records(), Existing.REFUSE), IMPORT).number == 2


@pytest.mark.parametrize("existing", list(Existing))
@pytest.mark.parametrize(
    "content", [place("صور", "Tyre"), RedirectRecord(id="loc:tyre", merged_into="loc:sour")]
)
def test_what_a_curator_makes_while_an_import_is_read_is_not_overwritten(
    store: Store, existing: Existing, content: Record | RedirectRecord
) -> None:
    read = list(edits([content], store.records(), existing))
    store.commit([Create(place("صور"))], CURATOR)

    with pytest.raises(EtagConflict):
        store.commit(read, IMPORT)
    assert store.head().number == 1


def test_what_was_deleted_comes_back_with_an_import(store: Store) -> None:
    store.commit([Create(place("صور"))], CURATOR)
    store.commit([Delete("loc:tyre")], CURATOR)

    back = edits([place("صور")], store.records(), Existing.REFUSE)
    assert store.commit(back, IMPORT).entity_count == 1


def test_an_import_does_not_take_a_merge_back(store: Store) -> None:
    theirs = place("صور", "Sour").model_copy(update={"id": "loc:sour"})
    store.commit([Create(place("صور", "Tyre")), Create(theirs)], CURATOR)
    store.commit([Merge(("loc:sour",), "loc:tyre")], CURATOR)

    assert list(edits([theirs], store.records(), Existing.REPLACE)) == []
    elsewhere = RedirectRecord(id="loc:sour", merged_into="loc:sidon")
    assert len(list(edits([elsewhere], store.records(), Existing.REPLACE))) == 1
